import type { INetworkPolicyPeer } from 'cdk8s-plus-28';
import { peer } from '../../../common/cdk8s-kinds';
import { enumOf, listOf, text } from '../../../common/kinds';
import { optional, type PropTable, required, struct } from '../../../common/props';
import { GATEWAY_REFERENCE, type GatewayReference } from '../gateway-options';
import { GatewayImplementation } from './implementations';

/** Options of `IngressController.gatewayApi`. */
export interface GatewayApiOptions {
  /** Who implements the Gateway. Envoy Gateway has a controller of its own, with limits and logins: `IngressController.envoyGateway`. */
  readonly implementation: GatewayImplementation;
  /** The Gateway that routes attach to. */
  readonly gateway: GatewayReference;
  /**
   * Where the connections of its proxies come from; the network policy of the service opens for them. There is no default, because each
   * installation places them elsewhere: `docs/controllers.md` says where. Empty with Cilium, whose proxies no NetworkPolicy can name.
   */
  readonly proxies: INetworkPolicyPeer[];
  /**
   * The version of the implementation that runs in the cluster.
   * @default - the version whose conformance report was read
   */
  readonly version?: string;
}

export const GATEWAY_API_OPTIONS: PropTable<GatewayApiOptions> = {
  implementation: required(enumOf({ GatewayImplementation })),
  gateway: required(struct<GatewayReference>(GATEWAY_REFERENCE)),
  proxies: required(listOf(peer)),
  version: optional(text),
};
