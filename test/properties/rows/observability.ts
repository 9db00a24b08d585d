import { type Chart, Duration } from 'cdk8s';
import { Observability, type ObservabilityOptions, RestrictedService } from 'cdk8s-nim';
import { PROMETHEUS, watchedNim } from '../../support/observability';
import { nimDeployment } from '../../support/nims';
import type { PropRow, PropRows } from './row';

function watched(options: ObservabilityOptions, changes: string[]): PropRow {
  return {
    without: (chart) => watchedNim({ observability: {} }, chart),
    with: (chart) => watchedNim({ observability: options }, chart),
    changes,
  };
}

/** Two services before the same pods, of which one is watched. */
function alone(watched: 'one' | 'other'): (chart: Chart) => void {
  return (chart) => {
    const pods = nimDeployment({}, chart);
    const services = {
      one: new RestrictedService(chart, 'one', { pods, monitoring: [PROMETHEUS] }),
      other: new RestrictedService(chart, 'other', { pods, monitoring: [PROMETHEUS] }),
    };
    new Observability(chart, 'observability', { service: services[watched] });
  };
}

export const OBSERVABILITY_ROWS: Record<string, PropRows> = {
  ObservabilityProps: {
    service: {
      without: alone('one'),
      with: alone('other'),
      changes: ['-PodMonitor one', '+PodMonitor other'],
    },
  },
  ObservabilityOptions: {
    prometheusLabels: watched({ prometheusLabels: { release: 'stack' } }, ['PodMonitor metadata.labels.release']),
    scrapeInterval: watched({ scrapeInterval: Duration.seconds(30) }, [
      'PodMonitor spec.podMetricsEndpoints[0].interval',
    ]),
  },
};
