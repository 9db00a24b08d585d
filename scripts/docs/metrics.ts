import { CONTROLLERS } from '../../lib/ingress/controllers';
import type { ApiMetric } from '../../lib/network/api-pods';
import { Gpu } from '../../lib/nim/gpu';
import { gpuMetrics, TRITON_METRICS } from '../../lib/nim/nvidia-metrics';
import { METRICS } from '../../lib/observability/metrics';
import { page, table } from './markdown';

/** Every metric that an alert or a panel asks for, and where it is documented. */
export function metricsPage(): string {
  const named = (exporter: string, metrics: readonly ApiMetric[]): string[][] =>
    metrics.flatMap(({ name, per, source }) =>
      [name, ...(per === undefined ? [] : [per])].map((metric) => [`\`${metric}\``, exporter, source]),
    );
  const rows = [
    ...Object.values(METRICS).map(({ name, exporter, source }) => [`\`${name}\``, exporter, source]),
    ...named('DCGM exporter', gpuMetrics(Gpu.whole())),
    ...named('Triton in 1.x images, port 8002', TRITON_METRICS),
    ...CONTROLLERS.flatMap(({ name, metrics: { answers } }) =>
      answers === undefined ? [] : [[`\`${answers.metric}\``, shortName(name), answers.source]],
    ),
  ];
  const distinct = [...new Map(rows.map((row) => [row[0], row])).values()];
  return page(
    'Metrics that alerts and panels ask for',
    '`lib/observability/metrics.ts`, `lib/nim/nvidia-metrics.ts` and `lib/ingress/controllers`',
    'Each name was read in the documentation or the source of its exporter, which the last column names. NVIDIA publishes no names of metrics of 2.x ' +
      'images: no alert and no panel asks for one.',
    table(['metric', 'counted by', 'documented in'], distinct),
    '## Ingress controllers',
    table(
      [
        'controller',
        'errors of the server',
        'refused by the rate limit',
        'what has to be set, and what is not counted',
      ],
      CONTROLLERS.map(({ name, metrics: { answers, note } }) => [
        shortName(name),
        answers === undefined ? 'not counted' : `\`${answers.serverErrors}\``,
        answers?.rateLimited === undefined ? 'not counted' : `\`${answers.rateLimited}\``,
        note,
      ]),
    ),
  );
}

/** `IngressController.f5Nginx()` as `f5Nginx`. */
function shortName(name: string): string {
  return name.replace(/^IngressController\.|\(.*\)$/g, '');
}
