import { App, Chart, YamlOutputType } from 'cdk8s';
import { PersistentVolumeAccessMode, PersistentVolumeClaim } from 'cdk8s-plus-28';
import { EmbeddingModel, Guardrails, ModelCache, NgcCredentials, Peer, TextEmbeddingNim } from 'cdk8s-nim';

const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });

// The namespace of the NIMService, because a claim is found in its own namespace only.
const chart = new Chart(app, 'embeddings', { namespace: 'embeddings' });

new TextEmbeddingNim(chart, 'text-embedding', {
  model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_VL_1B_V2,
  // What the samples of the operator call the Secrets.
  credentials: NgcCredentials.fromSecretNames(chart, 'ngc', { apiKeySecretName: 'ngc-api-secret' }),
  // The claim that the operator made for the NIMCache "embed", with the model in it: nothing is downloaded.
  modelCache: ModelCache.fromNimOperator(PersistentVolumeClaim.fromClaimName(chart, 'operator', 'embed-pvc'), {
    nimCache: 'embed',
    accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY,
  }),
  replicas: 3,
  clients: [Peer.pods({ labels: { 'app.kubernetes.io/name': 'retriever' }, namespace: 'rag' })],
});

Guardrails.of(app);
app.synth();
