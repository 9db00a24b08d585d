import { App, Chart, YamlOutputType } from 'cdk8s';
import { Egress, EmbeddingModel, Guardrails, NgcCredentials, Peer, TextEmbeddingNim } from 'cdk8s-nim';

const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });

const chart = new Chart(app, 'embeddings', { namespace: 'embeddings' });

new TextEmbeddingNim(chart, 'text-embedding', {
  model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_VL_1B_V2,
  credentials: NgcCredentials.fromSecretNames(chart, 'ngc'),

  // Pods that have IPv6 addresses alone, or first.
  listenOnIpv6: true,
  clients: [Peer.pods({ labels: { 'app.kubernetes.io/name': 'retriever' }, namespace: 'rag' })],
  // NGC, and beside it a store in the cluster, on two ports.
  egress: Egress.of([
    Egress.publicHttps(),
    Egress.tcpTo([Peer.pods({ labels: { app: 'minio' }, namespace: 'storage' })], [9000, 9443]),
  ]),
});

Guardrails.of(app);
app.synth();
