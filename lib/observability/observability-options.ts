import type { Duration } from 'cdk8s';
import { duration } from '../common/cdk8s-kinds';
import { enumOf, listOf, recordOf, text } from '../common/kinds';
import { optional, type PropTable } from '../common/props';

/**
 * What can be rendered to watch a service.
 *
 * @example
 * new nim.Observability(chart, 'watch', { service, parts: [nim.ObservabilityPart.ALERTS] });
 */
export enum ObservabilityPart {
  /** A PodMonitor, by which Prometheus reads the metrics of the pods. */
  SCRAPE = 'scrape',
  /** A PrometheusRule with alerts. */
  ALERTS = 'alerts',
  /** A dashboard of Grafana in a ConfigMap. */
  DASHBOARD = 'dashboard',
}

/** What can be chosen about how a service is watched. */
export interface ObservabilityOptions {
  /**
   * What is rendered. Refused: nothing at all, a part that would have nothing to say of the service, and options of what is not rendered.
   * @default - every part
   */
  readonly parts?: ObservabilityPart[];
  /**
   * Further labels of the objects that the Prometheus Operator reads, by which the Prometheus of the cluster selects them
   * (`podMonitorSelector`, `ruleSelector`): `{ release: 'kube-prometheus-stack' }` with the Helm chart kube-prometheus-stack under that
   * name.
   * @default - none: for a Prometheus that selects all
   */
  readonly prometheusLabels?: Record<string, string>;
  /**
   * How often the metrics are read. The alerts about shares of errors need four readings within five minutes, so write a minute at most.
   * @default - as the Prometheus of the cluster does (`scrapeInterval`)
   */
  readonly scrapeInterval?: Duration;
  /**
   * Where your team publishes `docs/alerts.md`, which is in the package: every alert then links to its section
   * (`runbook_url`, with the name of the alert as fragment).
   * @default - none: the annotation `runbook` names the page and the section
   */
  readonly runbookUrl?: string;
  /**
   * Further labels of the ConfigMap with the dashboard, by which the sidecar of Grafana finds it.
   * @default - { grafana_dashboard: '1' }, as the sidecar of the Helm charts of Grafana and kube-prometheus-stack takes it
   */
  readonly dashboardLabels?: Record<string, string>;
}

export const OBSERVABILITY_OPTIONS: PropTable<ObservabilityOptions> = {
  parts: optional(listOf(enumOf({ ObservabilityPart }))),
  prometheusLabels: optional(recordOf(text)),
  scrapeInterval: optional(duration),
  runbookUrl: optional(text),
  dashboardLabels: optional(recordOf(text)),
};
