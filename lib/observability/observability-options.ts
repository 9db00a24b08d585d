import type { Duration } from 'cdk8s';
import { duration } from '../common/cdk8s-kinds';
import { recordOf, text } from '../common/kinds';
import { optional, type PropTable } from '../common/props';

/** What can be chosen about how a service is watched. */
export interface ObservabilityOptions {
  /**
   * Further labels of the objects that the Prometheus Operator reads, by which the Prometheus of the cluster selects them
   * (`podMonitorSelector`, `ruleSelector`): `{ release: 'kube-prometheus-stack' }` with the Helm chart kube-prometheus-stack under that
   * name.
   * @default - none: for a Prometheus that selects all
   */
  readonly prometheusLabels?: Record<string, string>;
  /**
   * How often the metrics are read.
   * @default - as the Prometheus of the cluster does (`scrapeInterval`)
   */
  readonly scrapeInterval?: Duration;
}

export const OBSERVABILITY_OPTIONS: PropTable<ObservabilityOptions> = {
  prometheusLabels: optional(recordOf(text)),
  scrapeInterval: optional(duration),
};
