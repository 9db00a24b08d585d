import type { ControllerLanguage } from '../../controller-language';
import { BACKEND_TLS_POLICY } from '../../controller-words';
import { HTTP_ROUTE, SERVICE } from '../../door-kinds';

/** Limits and logins are in kinds of each implementation, which are not read. */
export const GATEWAY_API_LANGUAGE: ControllerLanguage = {
  name: 'another implementation of Gateway API',
  door: HTTP_ROUTE,
  rateLimits: [],
  authentications: [],
  // What an implementation makes of the port alone differs: Traefik goes by its number and name, others by its protocol.
  backendSchemes: [
    BACKEND_TLS_POLICY,
    { kind: SERVICE, isOfPort: true, path: ['appProtocol'], tls: '^(.*/)?[Hh][Tt][Tt][Pp][Ss]$' },
    { kind: SERVICE, isOfPort: true, path: ['name'], tls: '^https' },
    { kind: SERVICE, isOfPort: true, path: ['port'], tls: '^443$' },
  ],
};
