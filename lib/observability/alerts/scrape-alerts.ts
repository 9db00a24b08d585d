import { METRICS } from '../metrics';
import { series } from '../promql';
import { type Alert, MINUTE, Severity } from './alert';

/**
 * Metrics that cannot be read. Only of ready pods: one that still loads its model does not listen yet.
 *
 * @param podMonitor the PodMonitor, after which the Prometheus Operator calls the job.
 */
export function scrapeAlerts(podMonitor: { readonly namespace: string; readonly name: string }): Alert[] {
  const { namespace, name } = podMonitor;
  return [
    {
      name: 'ApiNotScraped',
      severity: Severity.WARNING,
      expr:
        `${series(METRICS.up, { job: `${namespace}/${name}` })} == 0 and on (namespace, pod) ` +
        `${series(METRICS.podReady, { namespace, condition: 'true' })} == 1`,
      forSeconds: 10 * MINUTE,
      summary: `The metrics of ${name} cannot be read.`,
      description: '{{ $labels.pod }} is ready, and Prometheus gets no metrics of it on {{ $labels.endpoint }}.',
    },
  ];
}
