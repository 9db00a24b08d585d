import type { ApiObject, ApiObjectMetadata, Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { PodMonitor, type PodMonitorSpecPodMetricsEndpoints } from '../../imports/monitoring.coreos.com-podmonitor';
import { addObject } from '../common/api-object';
import { defined } from '../common/defined';
import { invalid } from '../common/invalid';
import { requireSeconds } from '../common/quantities';
import { authoritySecret } from '../ingress/service-spec';
import { ApiScheme, schemeOf } from '../network/api-pods';
import type { RestrictedService } from '../network/restricted-service';

/**
 * A PodMonitor, because a ServiceMonitor reads ports of a Service, and the Service has the port of the API alone.
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PodMonitor
 */
export function addPodMonitor(
  scope: Construct,
  metadata: ApiObjectMetadata,
  service: RestrictedService,
  scrapeInterval: Duration | undefined,
): ApiObject {
  requireMonitored(service);
  const interval =
    scrapeInterval === undefined ? undefined : `${requireSeconds('Observability scrapeInterval', scrapeInterval)}s`;
  return addObject(scope, 'PodMonitor', PodMonitor, {
    metadata,
    spec: {
      selector: { matchLabels: service.pods.selectorLabels },
      podMetricsEndpoints: endpoints(service).map((endpoint) => defined({ ...endpoint, interval })),
    },
  });
}

/** How the Prometheus Operator calls the job of a PodMonitor: the label `job` of everything that it reads. */
export function podMonitorJob(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

/** The metrics on the API port, and those on a port of their own. */
function endpoints(service: RestrictedService): PodMonitorSpecPodMetricsEndpoints[] {
  const { api, metricsPort, portName } = service;
  const found = [
    ...(api.metricsPath === undefined ? [] : [{ port: portName, path: api.metricsPath, ...encryption(service) }]),
    ...(metricsPort === undefined ? [] : [{ port: metricsPort.name, path: metricsPort.path }]),
  ];
  if (found.length === 0) {
    throw invalid({
      what: 'Observability service',
      value: { metricsPath: api.metricsPath, metricsPort },
      because: 'the pods serve no metrics, on the port of the API as on a port of their own',
      instead: 'name the path of the metrics in the api of the pods (metricsPath), or their metricsPort',
    });
  }
  return found;
}

/** How Prometheus checks the certificate of the pods: by the name of the Service, although it calls each pod by its address. */
function encryption({ api, tls }: RestrictedService): Partial<PodMonitorSpecPodMetricsEndpoints> {
  const scheme = schemeOf(api);
  if (scheme === ApiScheme.HTTP) {
    return {};
  }
  if (tls === undefined) {
    throw invalid({
      what: 'Observability service scheme',
      value: scheme,
      because: 'nothing says which certificate the pods show, so Prometheus could not check it',
      instead: 'write tls: InternalTls.fromSecretName(…) beside the scheme, or let the pods listen without TLS',
    });
  }
  const authority = { name: authoritySecret(tls), key: 'ca.crt' };
  return { scheme: 'https', tlsConfig: { serverName: tls.serverName, ca: { secret: authority } } };
}

/** Refuses a service whose network policy keeps Prometheus out: every scrape would fail. */
function requireMonitored(service: RestrictedService): void {
  if (!service.monitored) {
    throw invalid({
      what: 'Observability service monitoring',
      value: [],
      because: 'the network policy lets no monitoring pod in, so nothing could read the metrics',
      instead:
        "write monitoring: [Peer.pods({ labels: { 'app.kubernetes.io/name': 'prometheus' }, namespace: 'monitoring' })]",
    });
  }
}
