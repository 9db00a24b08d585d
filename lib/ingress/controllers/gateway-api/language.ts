import type { ControllerLanguage } from '../../controller-language';
import { HTTP_ROUTE } from '../../door-kinds';

/** Limits and logins are in kinds of each implementation, which are not read. */
export const GATEWAY_API_LANGUAGE: ControllerLanguage = {
  name: 'another implementation of Gateway API',
  door: HTTP_ROUTE,
  rateLimits: [],
  authentications: [],
};
