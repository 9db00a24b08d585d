// Wrong programs, and what each of them is told, as JSON. `refused.py` is the same in Python: CI compares what both print.
import { App, Chart, JsonPatch } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-28';
import {
  ContainerImage,
  EmbeddingModel,
  Gpu,
  Guardrails,
  IngressAuthentication,
  IngressController,
  IngressPath,
  IngressTls,
  NgcCredentials,
  Peer,
  RateLimit,
  type SecureIngressOptions,
  TextEmbeddingNim,
  type TextEmbeddingNimProps,
} from 'cdk8s-nim';

function nim(chart: Chart, props: Partial<TextEmbeddingNimProps> = {}): TextEmbeddingNim {
  return new TextEmbeddingNim(chart, 'text-embedding', {
    model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2,
    credentials: NgcCredentials.fromSecretNames(chart, 'ngc'),
    ...props,
  });
}

function door(options: Partial<SecureIngressOptions> = {}): SecureIngressOptions {
  return {
    host: 'embeddings.example.com',
    controller: IngressController.traefik(),
    tls: IngressTls.fromClusterIssuer('letsencrypt'),
    rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 60 }),
    authentication: IngressAuthentication.oauth2Proxy({ namespace: 'auth' }),
    ...options,
  };
}

const PROGRAMS: Record<string, (chart: Chart, app: App) => unknown> = {
  'no burst': () => RateLimit.perClient({ requestsPerSecond: 20, burst: 0 }),
  'an address without a prefix': () => Peer.cidr('10.0.0.0'),
  'labels that select every pod': () => Peer.pods({ labels: { app: '' } }),
  'a reason that is empty': () => IngressAuthentication.none(' '),
  'a path with a wildcard': () => IngressPath.exact('/v1/*'),
  'half a GPU': () => Gpu.whole(0.5),
  'a tag that moves': () => ContainerImage.fromReference('nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2:latest'),
  'a ConfigMap for a Secret': (chart) =>
    IngressTls.fromSecret(ConfigMap.fromConfigMapName(chart, 'map', 'map') as never),
  'no replica': (chart) => nim(chart, { replicas: 0 }),
  'two faults': (chart) => nim(chart, { replicas: -1, maxQueueSize: 1.5 }),
  'a credential in the environment': (chart) => nim(chart, { env: { NGC_API_KEY: 'made-up' } }),
  'a host with a scheme': (chart) => nim(chart, { ingress: door({ host: 'https://embeddings.example.com' }) }),
  'a range without a prefix': (chart) => nim(chart, { ingress: door({ sourceRanges: ['203.0.113.7'] }) }),
  'features that the controller lacks': (chart) =>
    nim(chart, { ingress: door({ controller: IngressController.haProxy() }) }),
  'a finding of the guardrails': (chart, app) => {
    nim(chart).deployment.deployment.addJsonPatch(JsonPatch.add('/spec/template/spec/hostNetwork', true));
    Guardrails.of(app, { acknowledgements: [{ rule: 'nim-has-callers', reason: 'nobody accepts the rest' }] });
    app.synth();
  },
};

/** The error of a program, in an app of its own. */
function refusalOf(program: (chart: Chart, app: App) => unknown): string | undefined {
  const app = new App();
  try {
    program(new Chart(app, 'chart', { namespace: 'embeddings' }), app);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

const refusals = Object.entries(PROGRAMS).map(([name, program]) => [name, refusalOf(program)]);
console.log(JSON.stringify(Object.fromEntries(refusals)));
