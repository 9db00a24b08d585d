import type { ApiObject, ApiObjectMetadata, Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { PodMonitor, type PodMonitorSpecPodMetricsEndpoints } from '../../imports/monitoring.coreos.com-podmonitor';
import { addObject } from '../common/api-object';
import { defined } from '../common/defined';
import { invalid } from '../common/invalid';
import { requireSeconds } from '../common/quantities';
import { ApiScheme } from '../network/api-pods';
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

/** The metrics on the API port, and those on a port of their own. */
function endpoints({ api, metricsPort, portName }: RestrictedService): PodMonitorSpecPodMetricsEndpoints[] {
  const found = [
    ...(api.metricsPath === undefined ? [] : [{ port: portName, path: requirePlain(api.metricsPath, api.scheme) }]),
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

function requirePlain(path: string, scheme: ApiScheme = ApiScheme.HTTP): string {
  if (scheme !== ApiScheme.HTTP) {
    throw invalid({
      what: 'Observability service scheme',
      value: scheme,
      because: 'Prometheus would have to know by which authority to check the certificate of the pods',
      instead: 'write ApiScheme.HTTP, or make a PodMonitor with tlsConfig yourself',
    });
  }
  return path;
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
