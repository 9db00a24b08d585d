import { flag, recordOf, text } from '../../../common/kinds';
import { optional, type PropTable, required, struct } from '../../../common/props';
import { GATEWAY_REFERENCE, type GatewayReference } from '../gateway-options';

/** Options of `IngressController.envoyGateway`. */
export interface EnvoyGatewayOptions {
  /** The Gateway that routes attach to. */
  readonly gateway: GatewayReference;
  /**
   * The version of Envoy Gateway that runs in the cluster. A feature that this version lacks is refused.
   * @default - the version that the rendering was written for
   */
  readonly version?: string;
  /**
   * Whether the HTTPS listener is for this ingress alone. Then a ClientTrafficPolicy for it is rendered into the
   * namespace of the Gateway, and enforces TLS version, client address and client certificates. Two such policies for
   * one
   * listener conflict, and the older one wins. Otherwise those settings are prerequisites that the platform team sets.
   * @default false
   */
  readonly ownsListener?: boolean;
  /**
   * Whether each proxy counts for itself, instead of all of them in Redis. Needs no Redis, but before Envoy Gateway 1.9.2
   * (and 1.8.5 of 1.8) a proxy tracks only 20 clients at once: the next one pushes one out, which comes back with a full allowance
   * (https://github.com/envoyproxy/gateway/issues/9973). Each path then counts for itself too.
   * @default false
   */
  readonly localRateLimits?: boolean;
  /**
   * Namespace of the proxies, for the network policy: that of the Gateway in deployment mode GatewayNamespace.
   * @default 'envoy-gateway-system'
   */
  readonly namespace?: string;
  /**
   * Labels of the proxies, for the network policy: needed when several Gateways share one set of proxies.
   * @default - what Envoy Gateway puts on the proxies of the Gateway
   */
  readonly podLabels?: Record<string, string>;
}

export const ENVOY_GATEWAY_OPTIONS: PropTable<EnvoyGatewayOptions> = {
  gateway: required(struct<GatewayReference>(GATEWAY_REFERENCE)),
  version: optional(text),
  ownsListener: optional(flag),
  localRateLimits: optional(flag),
  namespace: optional(text),
  podLabels: optional(recordOf(text)),
};
