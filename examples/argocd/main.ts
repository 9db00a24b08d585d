import { App, Chart, YamlOutputType } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-28';
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
  RateLimit,
  SecretStoreRef,
  TextEmbeddingNim,
} from 'cdk8s-nim';

/** One environment on one cluster. */
interface Environment {
  readonly cluster: ArgoCdCluster;
  readonly namespace: string;
  readonly host: string;
  readonly replicas: number;
}

const staging: Environment = {
  cluster: ArgoCdCluster.IN_CLUSTER,
  namespace: 'embeddings-staging',
  host: 'embeddings.staging.example.com',
  replicas: 1,
};

const production: Environment = {
  cluster: ArgoCdCluster.named('eu-1'),
  namespace: 'embeddings-eu',
  host: 'embeddings.eu.example.com',
  replicas: 3,
};

/** Each row is rendered into the folder of its name. */
const ENVIRONMENTS: Readonly<Record<string, Environment>> = {
  staging,
  'production-eu': production,
  'production-us': {
    ...production,
    cluster: ArgoCdCluster.named('us-1'),
    namespace: 'embeddings-us',
    host: 'embeddings.us.example.com',
  },
};

const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
const argoCd = new Chart(app, 'argocd', { namespace: 'argocd' });
const repository = 'https://git.example.com/platform/manifests.git';
const project = new ArgoCdProject(argoCd, 'embeddings', { repository });

for (const [name, { cluster, namespace, host, replicas }] of Object.entries(ENVIRONMENTS)) {
  const chart = new Chart(app, name, { namespace });
  new TextEmbeddingNim(chart, 'text-embedding', {
    model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2,
    replicas,
    modelCache: ModelCache.claim({
      accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY,
      storageClassName: 'shared',
    }),
    credentials: NgcCredentials.fromExternalSecrets(chart, 'ngc', {
      store: SecretStoreRef.cluster('vault'),
      apiKey: { key: 'nvidia/ngc', property: 'api-key' },
    }),
    ingress: {
      host,
      controller: IngressController.traefik(),
      tls: IngressTls.fromClusterIssuer('letsencrypt'),
      rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 60 }),
      authentication: IngressAuthentication.oauth2Proxy({ namespace: 'auth' }),
    },
  });
  new ArgoCdApplication(argoCd, `embeddings-${name}`, { project, chart, cluster });
}

// The Application of the Applications, which somebody applies once. It is in neither of the folders that are synced.
const root = new Chart(app, 'root', { namespace: 'argocd' });
new ArgoCdApplication(root, 'embeddings', {
  project: new ArgoCdProject(root, 'embeddings-root', { repository }),
  chart: argoCd,
  path: 'argocd',
  createNamespace: false,
});

// The folder to render; all of them without it.
const only = process.env['CDK8S_ENVIRONMENT'];
if (only) {
  const names = app.charts.map(({ node }) => node.id);
  if (!names.includes(only)) throw new Error(`CDK8S_ENVIRONMENT: there is no "${only}", but ${names.join(', ')}`);
  names.filter((name) => name !== only).forEach((name) => app.node.tryRemoveChild(name));
}

Guardrails.of(app);
app.synth();
