import { App, Chart, Duration, YamlOutputType } from 'cdk8s';
import { PersistentVolumeAccessMode, Secret } from 'cdk8s-plus-28';
import {
  ArgoCdApplication,
  ArgoCdCluster,
  ArgoCdProject,
  EmbeddingModel,
  Guardrails,
  IngressAuthentication,
  IngressController,
  IngressTls,
  ModelCache,
  NgcCredentials,
  Peer,
  RateLimit,
  type SecureIngressOptions,
  SecretStoreRef,
  TextEmbeddingNim,
  type TextEmbeddingNimProps,
  TlsVersion,
} from './lib';

/** What every environment has. */
const SHARED = { model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2 };

/** One environment on one cluster. */
interface Environment {
  readonly cluster: ArgoCdCluster;
  readonly namespace: string;
  readonly host: string;
  /** The rest, for the chart whose Secrets it names. */
  readonly nim: (chart: Chart) => Omit<TextEmbeddingNimProps, keyof typeof SHARED | 'ingress'>;
  readonly ingress: (chart: Chart) => Omit<SecureIngressOptions, 'host'>;
}

/** One replica, Secrets and certificate made by hand, a password for the team. */
const staging: Environment = {
  cluster: ArgoCdCluster.IN_CLUSTER,
  namespace: 'embeddings-staging',
  host: 'embeddings.staging.example.com',
  nim: (chart) => ({
    // ngc-secret and ngc-api-secret are in the namespace already; the README has the commands.
    credentials: NgcCredentials.fromSecretNames(chart, 'ngc'),
  }),
  ingress: (chart) => ({
    controller: IngressController.f5Nginx(),
    tls: IngressTls.fromSecret(Secret.fromSecretName(chart, 'certificate', 'embeddings-staging-tls')),
    rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 60 }),
    // A Secret of type nginx.org/htpasswd.
    authentication: IngressAuthentication.basic(Secret.fromSecretName(chart, 'users', 'embeddings-users')),
  }),
};

/** Three replicas, Vault, cert-manager, single sign-on, office addresses only. */
const production: Environment = {
  cluster: ArgoCdCluster.IN_CLUSTER,
  namespace: 'embeddings',
  host: 'embeddings.example.com',
  nim: (chart) => ({
    replicas: 3,
    // A Job fills the shared volume, and the pods wait for it: right from the first sync on. They have no key and no way out of the
    // cluster. docs/fill-the-cache.md says what the storage class `shared` has to do.
    modelCache: ModelCache.prefetched(
      ModelCache.claim({ accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY, storageClassName: 'shared' }),
    ),
    // A pod serves on until the proxies have taken it out; without it an update drops requests. Kubernetes 1.30 or newer.
    drainDelay: Duration.seconds(15),
    maxQueueSize: 256,
    credentials: NgcCredentials.fromExternalSecrets(chart, 'ngc', {
      store: SecretStoreRef.cluster('vault'),
      apiKey: { key: 'nvidia/ngc', property: 'api-key' },
      refreshInterval: Duration.minutes(15),
    }),
    // In-cluster callers that skip the ingress, and the pods that scrape /v1/metrics.
    clients: [Peer.pods({ labels: { 'app.kubernetes.io/name': 'retriever' }, namespace: 'rag' })],
    monitoring: [Peer.pods({ labels: { 'app.kubernetes.io/name': 'prometheus' }, namespace: 'monitoring' })],
  }),
  ingress: () => ({
    controller: IngressController.traefik(),
    // Traefik sets the lowest TLS version for each host; with the nginx controllers it is a setting of the whole controller.
    tls: IngressTls.fromClusterIssuer('letsencrypt', { minimumVersion: TlsVersion.TLS_1_2 }),
    rateLimit: RateLimit.perClient({ requestsPerSecond: 10, burst: 30, concurrentConnections: 20 }),
    authentication: IngressAuthentication.oauth2Proxy({ namespace: 'auth' }),
    sourceRanges: ['203.0.113.0/24', '2001:db8:10::/48'],
  }),
};

/** Each row is rendered into the folder of its name. One more cluster: `'production-us': { ...production, cluster: …, host: … }`. */
const ENVIRONMENTS: Readonly<Record<string, Environment>> = { staging, production };

// One folder for each chart, one file for each resource. `argocd` has what Argo CD is told; its project allows what the others render.
const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
const argoCd = new Chart(app, 'argocd', { namespace: 'argocd' });
const project = new ArgoCdProject(argoCd, 'embeddings', {
  repository: 'https://git.example.com/platform/manifests.git',
});

for (const [name, { cluster, namespace, host, nim, ingress }] of Object.entries(ENVIRONMENTS)) {
  const chart = new Chart(app, name, { namespace });
  new TextEmbeddingNim(chart, 'text-embedding', { ...SHARED, ...nim(chart), ingress: { ...ingress(chart), host } });
  new ArgoCdApplication(argoCd, `embeddings-${name}`, { project, chart, cluster });
}

// The folder to render; all of them without it.
const only = process.env['CDK8S_ENVIRONMENT'];
if (only) {
  const names = app.charts.map(({ node }) => node.id);
  if (!names.includes(only)) throw new Error(`CDK8S_ENVIRONMENT: there is no "${only}", but ${names.join(', ')}`);
  names.filter((name) => name !== only).forEach((name) => app.node.tryRemoveChild(name));
}

Guardrails.of(app);
app.synth();
