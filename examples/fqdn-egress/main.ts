import { App, Chart, YamlOutputType } from 'cdk8s';
import {
  Egress,
  EmbeddingModel,
  Guardrails,
  ModelCache,
  NgcCredentials,
  OpenShiftEgressFirewall,
  Peer,
  SecurityProfile,
  TextEmbeddingNim,
} from 'cdk8s-nim';

const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });

const clients = [Peer.pods({ labels: { 'app.kubernetes.io/name': 'retriever' }, namespace: 'rag' })];

// A cluster with Cilium: a CiliumNetworkPolicy names the hosts that the Job with the NGC key may download from.
const cilium = new Chart(app, 'cilium', { namespace: 'embeddings-cilium' });

new TextEmbeddingNim(cilium, 'text-embedding', {
  model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_VL_1B_V2,
  credentials: NgcCredentials.fromSecretNames(cilium, 'ngc'),
  modelCache: ModelCache.prefetched(ModelCache.claim()),
  egress: Egress.ciliumFqdns(),
  clients,
});

// OpenShift: an EgressFirewall names them for every pod of the namespace, and the network policy stays as it is.
const openShift = new Chart(app, 'openshift', { namespace: 'embeddings-openshift' });

new OpenShiftEgressFirewall(openShift, 'egress-firewall');

new TextEmbeddingNim(openShift, 'text-embedding', {
  model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_VL_1B_V2,
  credentials: NgcCredentials.fromSecretNames(openShift, 'ngc'),
  securityProfile: SecurityProfile.OPENSHIFT,
  modelCache: ModelCache.prefetched(ModelCache.claim()),
  clients,
});

Guardrails.of(app);
app.synth();
