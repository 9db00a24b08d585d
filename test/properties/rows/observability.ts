import { type Chart, Duration } from 'cdk8s';
import {
  NgcCredentials,
  Observability,
  type ObservabilityOptions,
  ObservabilityPart,
  RestrictedService,
  SecretStoreRef,
  SecureIngress,
} from 'cdk8s-nim';
import { ingressOptions, nimDeployment } from '../../support/nims';
import { PROMETHEUS, watchedNim } from '../../support/observability';
import type { PropRow, PropRows } from './row';

function watched(options: ObservabilityOptions, changes: string[]): PropRow {
  return {
    without: (chart) => watchedNim({ observability: {} }, chart),
    with: (chart) => watchedNim({ observability: options }, chart),
    changes,
  };
}

/** Two services before the same pods, of which one is watched, and what is around them. */
function alone(
  watched: 'one' | 'other',
  around: { readonly ingress?: true; readonly credentials?: true } = {},
): (chart: Chart) => void {
  return (chart) => {
    const pods = nimDeployment({}, chart);
    const services = {
      one: new RestrictedService(chart, 'one', { pods, monitoring: [PROMETHEUS] }),
      other: new RestrictedService(chart, 'other', { pods, monitoring: [PROMETHEUS] }),
    };
    const ingress = new SecureIngress(chart, 'ingress', { ...ingressOptions(chart), service: services.one });
    const credentials = NgcCredentials.fromExternalSecrets(chart, 'made', {
      store: SecretStoreRef.cluster('vault'),
      apiKey: { key: 'nvidia/ngc' },
    });
    new Observability(chart, 'observability', {
      service: services[watched],
      ...(around.ingress === undefined ? {} : { ingress }),
      ...(around.credentials === undefined ? {} : { credentials }),
    });
  };
}

export const OBSERVABILITY_ROWS: Record<string, PropRows> = {
  ObservabilityProps: {
    service: {
      without: alone('one'),
      with: alone('other'),
      changes: [
        '-ConfigMap one-dashboard',
        '+ConfigMap other-dashboard',
        '-PodMonitor one',
        '+PodMonitor other',
        '-PrometheusRule one',
        '+PrometheusRule other',
      ],
    },
    ingress: {
      without: alone('one'),
      with: alone('one', { ingress: true }),
      changes: [
        'ConfigMap data.embeddings.one.json',
        'PrometheusRule spec.groups[embeddings/one].rules[8]',
        'PrometheusRule spec.groups[embeddings/one].rules[9]',
      ],
    },
    credentials: {
      without: alone('one'),
      with: alone('one', { credentials: true }),
      changes: ['PrometheusRule spec.groups[embeddings/one].rules[8]'],
    },
  },
  ObservabilityOptions: {
    parts: watched({ parts: [ObservabilityPart.ALERTS] }, [
      '-ConfigMap text-embedding-dashboard',
      '-PodMonitor text-embedding',
      'PrometheusRule spec.groups[embeddings/text-embedding].rules[7]',
    ]),
    prometheusLabels: watched({ prometheusLabels: { release: 'stack' } }, [
      'PodMonitor metadata.labels.release',
      'PrometheusRule metadata.labels.release',
    ]),
    scrapeInterval: watched({ scrapeInterval: Duration.seconds(30) }, [
      'PodMonitor spec.podMetricsEndpoints[0].interval',
    ]),
    dashboardLabels: watched({ dashboardLabels: { folder: 'nims' } }, [
      'ConfigMap metadata.labels.folder',
      'ConfigMap metadata.labels.grafana_dashboard',
    ]),
    runbookUrl: watched({ runbookUrl: 'https://docs.example.com/nim/alerts' }, [
      'PrometheusRule spec.groups[embeddings/text-embedding].rules*',
    ]),
  },
};
