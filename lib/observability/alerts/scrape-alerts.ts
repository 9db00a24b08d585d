import { METRICS } from '../metrics';
import { series } from '../promql';
import { type Alert, MINUTE, Severity } from './alert';

/** Metrics that cannot be read. Only of ready pods: one that still loads its model does not listen yet. */
export function scrapeAlerts(job: string, namespace: string): Alert[] {
  return [
    {
      name: 'ApiNotScraped',
      severity: Severity.WARNING,
      expr:
        `${series(METRICS.up, { job })} == 0 and on (namespace, pod) ` +
        `${series(METRICS.podReady, { namespace, condition: 'true' })} == 1`,
      forSeconds: 10 * MINUTE,
      summary: `The metrics of ${job} cannot be read.`,
      description: '{{ $labels.pod }} is ready, and Prometheus gets no metrics of it on {{ $labels.endpoint }}.',
    },
  ];
}
