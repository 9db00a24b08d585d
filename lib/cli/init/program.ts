import { PROJECT_CONTROLLERS, type ProjectOptions } from './options';

/** The program of a new project. */
export function programOf({ namespace, host, controller, issuer, store, repository }: ProjectOptions): string {
  return `import { App, Chart, YamlOutputType } from 'cdk8s';
import {${repository === undefined ? '' : '\n  ArgoCdApplication,\n  ArgoCdProject,'}
  EmbeddingModel,
  Guardrails,
  IngressAuthentication,
  IngressController,
  IngressTls,
  NgcCredentials,
  RateLimit,
  SecretStoreRef,
  TextEmbeddingNim,
} from 'cdk8s-nim';

// One folder per chart, one file per resource: dist/production/…
const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
const chart = new Chart(app, 'production', { namespace: '${namespace}' });

new TextEmbeddingNim(chart, 'text-embedding', {
  model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2,
  // The key of NGC, in the store of External Secrets; or NgcCredentials.fromSecretNames(chart, 'ngc').
  credentials: NgcCredentials.fromExternalSecrets(chart, 'ngc', {
    store: SecretStoreRef.cluster('${store}'),
    apiKey: { key: 'nvidia/ngc', property: 'api-key' },
  }),
  ingress: {
    host: '${host}',
    controller: IngressController.${PROJECT_CONTROLLERS[controller]}(),
    tls: IngressTls.fromClusterIssuer('${issuer}'),
    rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 60 }),
    authentication: IngressAuthentication.oauth2Proxy({ namespace: 'auth' }),
  },
});
${repository === undefined ? '' : argoCd(namespace, repository)}
// Fails the synth on what the rules find; \`npm run check\` says the same of dist.
Guardrails.of(app);
app.synth();
`;
}

function argoCd(namespace: string, repository: string): string {
  return `
// What Argo CD is told, in a folder of its own. It reads envs/production of the repository.
const argoCd = new Chart(app, 'argocd', { namespace: 'argocd' });
const project = new ArgoCdProject(argoCd, '${namespace}', { repository: '${repository}' });
new ArgoCdApplication(argoCd, '${namespace}-production', { project, chart });
`;
}
