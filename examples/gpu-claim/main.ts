import { App, Chart, YamlOutputType } from 'cdk8s';
import { EmbeddingModel, Gpu, Guardrails, InternalTls, NgcCredentials, Peer, TextEmbeddingNim } from 'cdk8s-nim';

const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });

const chart = new Chart(app, 'embeddings', { namespace: 'embeddings' });

new TextEmbeddingNim(chart, 'text-embedding', {
  model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2,
  credentials: NgcCredentials.fromSecretNames(chart, 'ngc'),

  // A device that the platform team describes in a ResourceClaimTemplate, in place of a count of GPUs.
  gpu: Gpu.fromResourceClaimTemplate('one-gpu'),

  // TLS to the pods with a certificate that somebody else renews.
  internalTls: InternalTls.fromSecretName('text-embedding-internal-tls'),
  clients: [Peer.pods({ labels: { 'app.kubernetes.io/name': 'retriever' }, namespace: 'rag' })],
});

// Without the version, nobody would say that an older cluster drops the claim.
Guardrails.of(app, { kubernetesVersion: '1.34' });
app.synth();
