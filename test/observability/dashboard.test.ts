import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EmbeddingModel, Gpu, IngressController, type TextEmbeddingNimProps } from 'cdk8s-nim';
import { CONTROLLERS } from '../../lib/ingress/controllers';
import { gpuMetrics, TRITON_METRICS } from '../../lib/nim/nvidia-metrics';
import { METRICS } from '../../lib/observability/metrics';
import { find } from '../support/manifests';
import { type Given, ingressOptions } from '../support/nims';
import { dashboardText, EVERYTHING, metricsIn, panelsIn, renderWatchedNim } from '../support/observability';
import { expectRefusal } from '../support/refusals';

const OF_PODS = ['Pods', 'Restarts in an hour', 'Memory'];
const OF_GPUS = ['How busy the GPU is', 'Memory of the GPU in use'];

function titles(props: Given<TextEmbeddingNimProps> = {}): string[] {
  return panelsIn(renderWatchedNim(props)).map(({ title }) => title);
}

describe('the dashboard', () => {
  it('is a ConfigMap that the sidecar of Grafana finds, in a file of its own name', () => {
    const map = find(renderWatchedNim(), 'ConfigMap');

    expect(map.metadata).toMatchObject({ name: 'text-embedding-dashboard', labels: { grafana_dashboard: '1' } });
    expect(Object.keys(map['data'] as object)).toEqual(['embeddings.text-embedding.json']);
  });

  it('has other labels for another sidecar', () => {
    const map = find(renderWatchedNim({ observability: { dashboardLabels: { folder: 'nims' } } }), 'ConfigMap');

    expect(map.metadata.labels).toMatchObject({ folder: 'nims' });
    expect(map.metadata.labels).not.toHaveProperty('grafana_dashboard');
  });

  it('shows what there is, and leaves out the rest', () => {
    expect(titles()).toEqual([...OF_PODS, ...OF_GPUS]);
    expect(titles(EVERYTHING)).toEqual([
      ...OF_PODS,
      ...OF_GPUS,
      ...TRITON_METRICS.map(({ title }) => title),
      'Answers at the ingress controller',
      'Share of errors at the ingress controller',
      'Time until the certificate ends',
    ]);
  });

  it('shows no metrics of 2.x, whose names nobody publishes', () => {
    expect(titles({ model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_VL_1B_V2 })).toEqual([...OF_PODS, ...OF_GPUS]);
  });

  it('does not ask how busy a MIG slice is, which the driver does not count', () => {
    expect(titles({ gpu: Gpu.mig('1g.10gb') })).toEqual([...OF_PODS, 'Memory of the GPU in use']);
  });

  it('shows no answers of a controller that does not count them', () => {
    expect(titles((chart) => ({ ingress: ingressOptions(chart) }))).toEqual([
      ...OF_PODS,
      ...OF_GPUS,
      'Time until the certificate ends',
    ]);
  });

  it('puts panels beside each other, and none over another', () => {
    const cells = panelsIn(renderWatchedNim(EVERYTHING)).flatMap(({ gridPos: { x, y, w, h } }) => {
      expect(x + w).toBeLessThanOrEqual(24);
      return Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`);
    });

    expect(new Set(cells).size).toBe(cells.length);
  });

  it('gives each panel its own id, and each query an expression and a legend', () => {
    const panels = panelsIn(renderWatchedNim(EVERYTHING));

    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    for (const { targets } of panels) {
      expect(targets.length).toBeGreaterThan(0);
      targets.forEach(({ expr, legendFormat }) => {
        expect(metricsIn(expr)).not.toEqual([]);
        expect(legendFormat).not.toBe('');
      });
    }
  });

  it('asks for nothing but metrics that are documented', () => {
    const documented = [
      ...Object.values(METRICS).map(({ name }): string => name),
      ...[...TRITON_METRICS, ...gpuMetrics(Gpu.whole())].flatMap(({ name, per = name }) => [name, per]),
      ...CONTROLLERS.flatMap(({ metrics }) => (metrics.answers === undefined ? [] : [metrics.answers.metric])),
    ];
    const asked = panelsIn(renderWatchedNim(EVERYTHING)).flatMap(({ targets }) =>
      targets.flatMap(({ expr }) => metricsIn(expr)),
    );

    expect(asked.length).toBeGreaterThan(15);
    expect(asked.filter((name) => !documented.includes(name))).toEqual([]);
  });

  it('keeps its identifier, and one that Grafana takes', () => {
    const uid = (name: string): string =>
      (JSON.parse(dashboardText(renderWatchedNim({ name }))) as { readonly uid: string }).uid;
    const long = 'a-name-that-is-longer-than-grafana-takes-it';

    expect(uid('text-embedding')).toBe('text-embedding--embeddings-');
    expect(uid(long)).toMatch(/^a-name-that-is-longer-than-graf-[0-9a-f]{8}$/);
    expect(uid(long)).not.toBe(uid(`${long}-too`));
  });

  it('asks for the answers of this front door', () => {
    const ofTraefik = panelsIn(
      renderWatchedNim((chart) => ({
        ingress: { ...ingressOptions(chart), controller: IngressController.traefik() },
      })),
    );

    expect(ofTraefik.find(({ title }) => title.startsWith('Share'))?.targets[0]?.expr).toBe(
      'sum(rate(traefik_router_requests_total{router=~"embeddings-text-embedding-embeddings-example-com-.+@kubernetes",code=~"5.."}[$__rate_interval]))' +
        ' / sum(rate(traefik_router_requests_total{router=~"embeddings-text-embedding-embeddings-example-com-.+@kubernetes"}[$__rate_interval]))',
    );
  });

  it('refuses labels that the construct sets', () => {
    const dashboardLabels = { 'app.kubernetes.io/name': 'x' };

    expectRefusal(() => renderWatchedNim({ observability: { dashboardLabels } }), {
      what: 'Observability dashboardLabels key',
      value: '"app.kubernetes.io/name"',
      because: 'the construct sets it',
      instead: 'leave it out',
    });
  });
});

describe('the page of metrics', () => {
  it('has every metric that is asked for, with its source', () => {
    const page = readFileSync('docs/metrics.md', 'utf8');
    const asked = panelsIn(renderWatchedNim(EVERYTHING)).flatMap(({ targets }) =>
      targets.flatMap(({ expr }) => metricsIn(expr)),
    );

    expect([...new Set(asked)].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});
