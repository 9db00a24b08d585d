import { App, Chart, YamlOutputType } from 'cdk8s';
import { Egress, EmbeddingModel, Guardrails, ModelCache, NgcCredentials, Peer, TextEmbeddingNim } from 'cdk8s-nim';

const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });

// A cluster with Cilium: a CiliumNetworkPolicy names the hosts that the Job with the NGC key may download from.
const cilium = new Chart(app, 'cilium', { namespace: 'embeddings-cilium' });

new TextEmbeddingNim(cilium, 'text-embedding', {
  model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_VL_1B_V2,
  credentials: NgcCredentials.fromSecretNames(cilium, 'ngc'),
  modelCache: ModelCache.prefetched(ModelCache.claim()),
  egress: Egress.ciliumFqdns(),
  clients: [Peer.pods({ labels: { 'app.kubernetes.io/name': 'retriever' }, namespace: 'rag' })],
});

Guardrails.of(app);
app.synth();
