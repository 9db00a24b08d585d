import {
  IngressController,
  NgcCredentials,
  Peer,
  SecretStoreRef,
  type TextEmbeddingNim,
  type TextEmbeddingNimProps,
} from 'cdk8s-nim';
import { find, type Manifest, render, testChart } from './manifests';
import { type Given, given, ingressOptions, textEmbeddingNim } from './nims';

/** The Prometheus of the cluster. */
export const PROMETHEUS = Peer.pods({ labels: { 'app.kubernetes.io/name': 'prometheus' }, namespace: 'monitoring' });

/** A TextEmbeddingNim that Prometheus watches. */
export function watchedNim(props: Given<TextEmbeddingNimProps> = {}, chart = testChart()): TextEmbeddingNim {
  return textEmbeddingNim({ monitoring: [PROMETHEUS], observability: {}, ...given(props, chart) }, chart);
}

export function renderWatchedNim(props: Given<TextEmbeddingNimProps> = {}): Manifest[] {
  const chart = testChart();
  watchedNim(props, chart);
  return render(chart);
}

/** The names of metrics in an expression of PromQL whose selectors all have braces. */
export function metricsIn(expr: string): string[] {
  return [...expr.matchAll(/([A-Za-z_:][A-Za-z0-9_:]*)\{/g)].map(([, name = '']) => name);
}

/** A panel of a rendered dashboard. */
export interface RenderedPanel {
  readonly id: number;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets: readonly { readonly expr: string; readonly legendFormat: string }[];
}

/** The text of the one dashboard among rendered objects. */
export function dashboardText(objects: readonly Manifest[]): string {
  const { data = {} } = find(objects, 'ConfigMap') as Manifest & { readonly data?: Record<string, string> };
  return Object.values(data).join('');
}

export function panelsIn(objects: readonly Manifest[]): RenderedPanel[] {
  return (JSON.parse(dashboardText(objects)) as { readonly panels: RenderedPanel[] }).panels;
}

/** Everything that alerts and panels can be about. */
export const EVERYTHING: Given<TextEmbeddingNimProps> = (chart) => ({
  tritonMetrics: true,
  credentials: NgcCredentials.fromExternalSecrets(chart, 'made', {
    store: SecretStoreRef.cluster('vault'),
    apiKey: { key: 'nvidia/ngc' },
  }),
  ingress: { ...ingressOptions(chart), controller: IngressController.traefik() },
});
