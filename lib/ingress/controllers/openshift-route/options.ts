import { flag, text } from '../../../common/kinds';
import { optional, type PropTable } from '../../../common/props';

/** Options of `IngressController.openShiftRoute`. */
export interface OpenShiftRouteOptions {
  /**
   * The version of OpenShift, as "major.minor". A feature that this version lacks is refused.
   * @default - the version that the rendering was written for
   */
  readonly version?: string;
  /**
   * Name of the IngressController whose router pods may connect, for the network policy.
   * @default 'default'
   */
  readonly ingressController?: string;
  /**
   * Whether the router runs on the host network (endpoint publishing strategy HostNetwork). Its packets then come from the
   * nodes, so the network policy has to admit everything that runs on the host network of a node.
   * @default false
   */
  readonly hostNetwork?: boolean;
}

export const OPENSHIFT_ROUTE_OPTIONS: PropTable<OpenShiftRouteOptions> = {
  version: optional(text),
  ingressController: optional(text),
  hostNetwork: optional(flag),
};
