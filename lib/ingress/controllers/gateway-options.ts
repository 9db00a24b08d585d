import { requireNamespaceName, requireObjectName } from '../../common/names';
import { text } from '../../common/kinds';
import { optional, type PropTable, required } from '../../common/props';
import type { GatewayListeners } from './gateway-routes';

/** The Gateway, and the listeners of it, that routes attach to. It belongs to the platform team. */
export interface GatewayReference {
  /** Name of the Gateway. */
  readonly name: string;
  /** Namespace of the Gateway. */
  readonly namespace: string;
  /**
   * Name of the HTTPS listener. Its `allowedRoutes` has to admit HTTPRoutes of the chart's namespace.
   * @default 'https'
   */
  readonly listener?: string;
  /**
   * Name of the HTTP listener, for the redirect. Its `allowedRoutes` has to admit HTTPRoutes of the chart's namespace.
   * @default 'http'
   */
  readonly httpListener?: string;
}

export const GATEWAY_REFERENCE: PropTable<GatewayReference> = {
  name: required(text),
  namespace: required(text),
  listener: optional(text),
  httpListener: optional(text),
};

/** The listeners of a Gateway, with checked names. */
export function listenersOf(what: string, gateway: GatewayReference): GatewayListeners {
  return {
    name: requireObjectName(`${what} name`, gateway.name),
    namespace: requireNamespaceName(`${what} namespace`, gateway.namespace),
    listener: requireObjectName(`${what} listener`, gateway.listener ?? 'https'),
    httpListener: requireObjectName(`${what} httpListener`, gateway.httpListener ?? 'http'),
  };
}
