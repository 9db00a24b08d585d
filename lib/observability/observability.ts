import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { requirePlace } from '../common/cdk8s-kinds';
import { instanceOf } from '../common/class-kinds';
import { optional, type PropTable, required, requireProps } from '../common/props';
import { SecureIngress } from '../ingress/secure-ingress';
import { RestrictedService } from '../network/restricted-service';
import { NgcCredentials } from '../secrets/ngc-credentials';
import type { Alert } from './alerts/alert';
import { doorAlerts } from './alerts/door-alerts';
import { objectAlerts } from './alerts/object-alerts';
import { scrapeAlerts } from './alerts/scrape-alerts';
import { workloadAlerts } from './alerts/workload-alerts';
import { addDashboard } from './dashboard/config-map';
import type { Panel } from './dashboard/panel';
import { doorPanels, objectPanels, servedPanels, workloadPanels } from './dashboard/panels';
import { selectedLabels } from './labels';
import { OBSERVABILITY_OPTIONS, type ObservabilityOptions, ObservabilityPart } from './observability-options';
import { observedObjects, type ObservedObjects } from './observed-objects';
import { requireContents, requireParts } from './parts';
import { addPodMonitor, podMonitorJob } from './pod-monitor';
import { addPrometheusRule } from './prometheus-rule';
import { requireRunbookUrl } from './runbook-url';

/** @see https://github.com/prometheus-community/helm-charts/blob/main/charts/kube-prometheus-stack/values.yaml */
const DASHBOARD_LABELS = { grafana_dashboard: '1' };

/** Props of `Observability`. */
export interface ObservabilityProps extends ObservabilityOptions {
  /** The service that is watched. Its `monitoring` has to let in the Prometheus of the cluster, which reads its metrics. */
  readonly service: RestrictedService;
  /**
   * The way in, for alerts about its answers and its certificate.
   * @default - none
   */
  readonly ingress?: SecureIngress;
  /**
   * The secrets of the pods, for alerts about the ExternalSecrets that make them. There are none about what other operators make.
   * @default - none
   */
  readonly credentials?: NgcCredentials;
}

export const OBSERVABILITY_PROPS: PropTable<ObservabilityProps> = {
  service: required(instanceOf(RestrictedService)),
  ingress: optional(instanceOf(SecureIngress)),
  credentials: optional(instanceOf(NgcCredentials)),
  ...OBSERVABILITY_OPTIONS,
};

/**
 * How a service is watched with the Prometheus Operator: the metrics of its pods are read (PodMonitor), and alerts say what is wrong with
 * the pods, the secrets, the certificate and the way in (PrometheusRule); a dashboard of Grafana shows them (ConfigMap). Both need the
 * exporters that count for them, which `docs/metrics.md` lists.
 *
 * @example
 * new nim.Observability(chart, 'watch', {
 *   service: new nim.RestrictedService(chart, 'service', {
 *     pods: deployment,
 *     monitoring: [nim.Peer.pods({ labels: { 'app.kubernetes.io/name': 'prometheus' }, namespace: 'monitoring' })],
 *   }),
 *   prometheusLabels: { release: 'kube-prometheus-stack' },
 * });
 */
export class Observability extends Construct {
  /** The PodMonitor, when the metrics are read. */
  public readonly podMonitor: ApiObject | undefined;
  /** The PrometheusRule, when there are alerts. */
  public readonly prometheusRule: ApiObject | undefined;
  /** The ConfigMap with the dashboard, when there is one. */
  public readonly dashboard: ApiObject | undefined;

  public constructor(scope: Construct, id: string, props: ObservabilityProps) {
    super(...requirePlace('Observability', scope, id));
    requireProps('Observability', props, OBSERVABILITY_PROPS);
    const { service, scrapeInterval, runbookUrl } = props;
    const parts = requireParts(props);
    const metadata = {
      name: service.name,
      labels: {
        ...service.labels,
        ...selectedLabels('Observability prometheusLabels', props.prometheusLabels, service),
      },
    };
    this.podMonitor = parts.includes(ObservabilityPart.SCRAPE)
      ? addPodMonitor(this, metadata, service, scrapeInterval)
      : undefined;
    this.prometheusRule = parts.includes(ObservabilityPart.ALERTS)
      ? addPrometheusRule(
          this,
          metadata,
          service,
          requireContents(ObservabilityPart.ALERTS, alertsOf(props, this.podMonitor)),
          runbookUrl === undefined ? undefined : requireRunbookUrl(runbookUrl),
        )
      : undefined;
    this.dashboard = parts.includes(ObservabilityPart.DASHBOARD)
      ? addDashboard(
          this,
          service,
          selectedLabels('Observability dashboardLabels', props.dashboardLabels ?? DASHBOARD_LABELS, service),
          requireContents(ObservabilityPart.DASHBOARD, panelsOf(props, this.podMonitor)),
        )
      : undefined;
  }
}

/** Only what there is: no alert about a certificate that somebody else renews. */
function alertsOf(props: ObservabilityProps, podMonitor: ApiObject | undefined): Alert[] {
  const { ingress } = props;
  const { namespace, pods, name } = props.service;
  return [
    ...(pods.workload === undefined ? [] : workloadAlerts(namespace, pods.workload)),
    ...(podMonitor === undefined ? [] : scrapeAlerts(podMonitorJob(namespace, name), namespace)),
    ...objectAlerts(namespace, objectsOf(props)),
    ...(ingress === undefined ? [] : doorAlerts(ingress.host, ingress._answers)),
  ];
}

/** Only what there is: no panel about answers without a way in. */
function panelsOf(props: ObservabilityProps, podMonitor: ApiObject | undefined): Panel[] {
  const { namespace, pods, name, metricsPort } = props.service;
  return [
    ...(pods.workload === undefined ? [] : workloadPanels(namespace, pods.workload)),
    ...(podMonitor === undefined || metricsPort === undefined
      ? []
      : servedPanels(podMonitorJob(namespace, name), metricsPort)),
    ...doorPanels(props.ingress?._answers),
    ...objectPanels(namespace, objectsOf(props)),
  ];
}

function objectsOf({ service, ingress, credentials }: ObservabilityProps): ObservedObjects {
  const certificates = [service.certificate, ingress?.certificate].filter((certificate) => certificate !== undefined);
  return observedObjects([...(credentials?.objects ?? []), ...certificates]);
}
