import { Peer, type TextEmbeddingNim, type TextEmbeddingNimProps } from 'cdk8s-nim';
import { type Manifest, render, testChart } from './manifests';
import { type Given, given, textEmbeddingNim } from './nims';

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
