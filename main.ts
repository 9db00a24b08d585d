import { App, Chart, Duration, YamlOutputType } from 'cdk8s';
import { PersistentVolumeAccessMode, Secret } from 'cdk8s-plus-28';
import {
  EmbeddingModel,
  Guardrails,
  IngressAuthentication,
  IngressController,
  IngressTls,
  ModelCache,
  NgcCredentials,
  Peer,
  RateLimit,
  SecretStoreRef,
  TextEmbeddingNim,
  TlsVersion,
} from './lib';

// One folder per environment, one file per resource: dist/staging/…, dist/production/…
const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });

// ---- staging: one replica, Secrets and certificate made by hand, a password for the team -------------------------------

const staging = new Chart(app, 'staging', { namespace: 'embeddings-staging' });

new TextEmbeddingNim(staging, 'text-embedding', {
  model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2,
  // ngc-secret and ngc-api-secret are in the namespace already; the README has the commands.
  credentials: NgcCredentials.fromSecretNames(staging, 'ngc'),
  ingress: {
    host: 'embeddings.staging.example.com',
    controller: IngressController.f5Nginx(),
    tls: IngressTls.fromSecret(Secret.fromSecretName(staging, 'certificate', 'embeddings-staging-tls')),
    rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 60 }),
    // A Secret of type nginx.org/htpasswd.
    authentication: IngressAuthentication.basic(Secret.fromSecretName(staging, 'users', 'embeddings-users')),
  },
});

// ---- production: three replicas, Vault, cert-manager, single sign-on, office addresses only ----------

const production = new Chart(app, 'production', { namespace: 'embeddings' });

new TextEmbeddingNim(production, 'text-embedding', {
  model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2,
  replicas: 3,
  // A Job fills the shared volume, and the pods wait for it: right from the first sync on. They have no key and no way out of the
  // cluster. docs/fill-the-cache.md says what the storage class `shared` has to do.
  modelCache: ModelCache.prefetched(
    ModelCache.claim({ accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY, storageClassName: 'shared' }),
  ),
  // A pod serves on until the proxies have taken it out; without it an update drops requests. Kubernetes 1.30 or newer.
  drainDelay: Duration.seconds(15),
  maxQueueSize: 256,
  credentials: NgcCredentials.fromExternalSecrets(production, 'ngc', {
    store: SecretStoreRef.cluster('vault'),
    apiKey: { key: 'nvidia/ngc', property: 'api-key' },
    refreshInterval: Duration.minutes(15),
  }),
  ingress: {
    host: 'embeddings.example.com',
    controller: IngressController.traefik(),
    // Traefik sets the lowest TLS version for each host; with the nginx controllers it is a setting of the whole controller.
    tls: IngressTls.fromClusterIssuer('letsencrypt', { minimumVersion: TlsVersion.TLS_1_2 }),
    rateLimit: RateLimit.perClient({ requestsPerSecond: 10, burst: 30, concurrentConnections: 20 }),
    authentication: IngressAuthentication.oauth2Proxy({ namespace: 'auth' }),
    sourceRanges: ['203.0.113.0/24', '2001:db8:10::/48'],
  },
  // In-cluster callers that skip the ingress, and the pods that scrape /v1/metrics.
  clients: [Peer.pods({ labels: { 'app.kubernetes.io/name': 'retriever' }, namespace: 'rag' })],
  monitoring: [Peer.pods({ labels: { 'app.kubernetes.io/name': 'prometheus' }, namespace: 'monitoring' })],
});

Guardrails.of(app);
app.synth();
