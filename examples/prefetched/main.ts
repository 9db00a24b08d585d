import { App, Chart, YamlOutputType } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-28';
import {
  EmbeddingModel,
  Guardrails,
  IngressAuthentication,
  IngressController,
  IngressTls,
  ModelCache,
  NgcCredentials,
  RateLimit,
  SecretStoreRef,
  TextEmbeddingNim,
} from 'cdk8s-nim';

const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
const chart = new Chart(app, 'embeddings', { namespace: 'embeddings' });

const credentials = NgcCredentials.fromExternalSecrets(chart, 'ngc', {
  store: SecretStoreRef.cluster('vault'),
  apiKey: { key: 'nvidia/ngc', property: 'api-key' },
});

new TextEmbeddingNim(chart, 'text-embedding', {
  model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_VL_1B_V2,
  replicas: 3,
  credentials,
  // A Job fills a directory of the volume for this image; the pods have no key and no way out of the cluster.
  modelCache: ModelCache.prefetched(
    ModelCache.claim({ accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY, storageClassName: 'shared' }),
  ),
  ingress: {
    host: 'embeddings.example.com',
    controller: IngressController.traefik(),
    tls: IngressTls.fromClusterIssuer('letsencrypt'),
    rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 60 }),
    authentication: IngressAuthentication.oauth2Proxy({ namespace: 'auth' }),
  },
});

Guardrails.of(app);
app.synth();
