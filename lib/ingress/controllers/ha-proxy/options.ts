import type { Duration } from 'cdk8s';
import { duration } from '../../../common/cdk8s-kinds';
import { optional, type PropTable } from '../../../common/props';
import { INGRESS_CONTROLLER_OPTIONS, type IngressControllerOptions } from '../../controller-profile';

/** Options of `IngressController.haProxy`. */
export interface HaProxyOptions extends IngressControllerOptions {
  /**
   * Added to the window of the rate limit, which is `burst` divided by the rate. Ingresses with equal windows share their
   * counters, so two of them in one app are refused.
   * @default - from nothing to a tenth of the window, by the namespace and the name of the ingress
   */
  readonly rateWindowOffset?: Duration;
}

export const HA_PROXY_OPTIONS: PropTable<HaProxyOptions> = {
  ...INGRESS_CONTROLLER_OPTIONS,
  rateWindowOffset: optional(duration),
};
