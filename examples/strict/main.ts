import { App, Chart, YamlOutputType } from 'cdk8s';
import { PersistentVolumeAccessMode, PersistentVolumeClaim, Secret } from 'cdk8s-plus-28';
import {
  ContainerImage,
  EmbeddingModel,
  IngressAuthentication,
  IngressController,
  IngressTls,
  ModelCache,
  NgcCredentials,
  RateLimit,
  RestrictedNamespace,
  SecretStoreRef,
  SecurityProfile,
  TextEmbeddingNim,
  TlsVersion,
} from 'cdk8s-nim';

const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });

// Policies that ask whose an object is: the labels of a chart are on each of its objects.
const chart = new Chart(app, 'embeddings', { namespace: 'embeddings', labels: { owner: 'search-platform' } });

new RestrictedNamespace(chart, 'namespace');

const nim = new TextEmbeddingNim(chart, 'text-embedding', {
  model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2,
  // A mirror inside the network. The digest is made up: write the one that your registry reports.
  image: ContainerImage.fromReference(
    'registry.example.com/nim/nvidia/llama-nemotron-embed-1b-v2:1.13.0' +
      '@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
  ),
  securityProfile: SecurityProfile.STRICT,
  // With the model in the volume the pods need no NGC API key, and nothing outside the cluster.
  credentials: NgcCredentials.fromExternalSecrets(chart, 'ngc', {
    airGapped: true,
    store: SecretStoreRef.cluster('vault'),
    dockerConfig: { key: 'registry/pull', property: 'dockerconfigjson' },
  }),
  replicas: 3,
  modelCache: ModelCache.existingClaim(
    PersistentVolumeClaim.fromClaimName(chart, 'model', 'llama-nemotron-embed-1b-v2'),
    { accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY },
  ),
  priorityClassName: 'inference',
  ingress: {
    host: 'embeddings.example.com',
    controller: IngressController.traefik(),
    tls: IngressTls.fromClusterIssuer('internal', { minimumVersion: TlsVersion.TLS_1_3 }),
    rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 60 }),
    authentication: IngressAuthentication.clientCertificates(
      Secret.fromSecretName(chart, 'client-ca', 'embeddings-client-ca'),
    ),
    sourceRanges: ['203.0.113.0/24'],
  },
});
nim.deployment.deployment.metadata.addAnnotation('email', 'search-platform@example.com');

app.synth();
