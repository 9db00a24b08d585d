import { App, Chart, YamlOutputType } from 'cdk8s';
import {
  EmbeddingModel,
  Guardrails,
  ModelCache,
  NgcCredentials,
  Peer,
  RestrictedNamespace,
  ServiceMesh,
  TextEmbeddingNim,
} from 'cdk8s-nim';

const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });

/** The same NIM in a namespace of its own for each mesh; a cluster has one of them. */
function embeddings(name: string, mesh: ServiceMesh): void {
  const chart = new Chart(app, name, { namespace: `embeddings-${name}` });
  // A proxy that is added to the pods has to keep to it as well.
  new RestrictedNamespace(chart, 'namespace');

  new TextEmbeddingNim(chart, 'text-embedding', {
    // NVIDIA does not publish how an image 2.2 or newer takes a certificate: the mesh encrypts in its place.
    model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_VL_1B_V2,
    credentials: NgcCredentials.fromSecretNames(chart, 'ngc'),
    mesh,
    // The Job that fills the cache stays out of the mesh: a proxy beside it would keep it from ending.
    modelCache: ModelCache.prefetched(ModelCache.claim()),
    // In the mesh too, or nothing is encrypted between them and the NIM.
    clients: [Peer.pods({ labels: { 'app.kubernetes.io/name': 'retriever' }, namespace: 'rag' })],
  });
}

// A proxy in every pod.
embeddings('istio-sidecar', ServiceMesh.istioSidecar());
// A proxy on every node; nothing is added to the pods.
embeddings('istio-ambient', ServiceMesh.istioAmbient());
// A proxy in every pod. The control plane is where the project's own installation has it.
embeddings('linkerd', ServiceMesh.linkerd({ controlPlaneNamespace: 'linkerd' }));

Guardrails.of(app);
app.synth();
