import type { Chart } from 'cdk8s';
import {
  EmbeddingModel,
  IngressAuthentication,
  IngressTls,
  ModelCache,
  RateLimit,
  type SecureIngressOptions,
  TextEmbeddingNim,
} from 'cdk8s-nim';
import { type INetworkPolicyPeer, Secret } from 'cdk8s-plus-28';
import fc from 'fast-check';
import { credentialsOf } from '../support/nims';
import { KUBE_DNS, PUBLIC_HTTPS } from './intent';
import { ingress } from './random-controllers';
import { NAMESPACE, block, peers, madeOf, egress, dns, meaningOf } from './random-peers';
import type { NimIntent } from './world';

const PATHS = ['/v1/embeddings', '/v1/models'];

const NODES_OF_CONTROLLER = block('10.80.0.0/24', [], '10.80.0.4');

const nim = fc.record({
  replicas: fc.integer({ min: 1, max: 3 }),
  port: fc.integer({ min: 1024, max: 65_535 }).filter((port) => ![8001, 8002, 8080].includes(port)),
  clients: peers,
  monitoring: peers,
  tritonMetrics: fc.boolean(),
  egress: fc.option(egress, { nil: undefined }),
  dns: fc.option(dns, { nil: undefined }),
  ingress: fc.option(ingress, { nil: undefined }),
  // Whether another NIM of the namespace, if there is one, may call.
  openToOther: fc.boolean(),
});

/** The props of one random NIM. */
export type RandomNim = typeof nim extends fc.Arbitrary<infer Value> ? Value : never;

/** One or two NIMs for one namespace. */
export const randomNims = fc.array(nim, { minLength: 1, maxLength: 2 });

const NAMES = ['alpha', 'beta'];

function nameAt(index: number): string {
  return NAMES[index] ?? `nim-${index}`;
}

/** Addresses are refused where the port for metrics opens. */
function offersMetrics({ tritonMetrics, monitoring }: RandomNim): boolean {
  return tritonMetrics && meaningOf(monitoring).every((party) => 'labels' in party);
}

/** Adds the NIMs to a chart. */
export function addNims(chart: Chart, nims: readonly RandomNim[]): void {
  nims.reduce<TextEmbeddingNim | undefined>((previous, props, index) => {
    const name = nameAt(index);
    return new TextEmbeddingNim(chart, name, {
      model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2,
      credentials: credentialsOf(chart),
      replicas: props.replicas,
      modelCache: ModelCache.ephemeral(),
      port: props.port,
      clients: [
        ...madeOf(props.clients, chart, `${name}-client`),
        ...(props.openToOther && previous !== undefined ? [previous.deployment] : []),
      ],
      monitoring: madeOf(props.monitoring, chart, `${name}-monitoring`),
      tritonMetrics: offersMetrics(props),
      ...(props.egress === undefined ? {} : { egress: props.egress.make(chart, `${name}-egress`) }),
      ...(props.dns === undefined ? {} : { dns: props.dns.make(chart, `${name}-dns`) }),
      ...(props.ingress === undefined ? {} : waysIn(chart, name, props.ingress)),
    });
  }, undefined);
}

function waysIn(
  chart: Chart,
  name: string,
  { controller, onHostNetwork }: NonNullable<RandomNim['ingress']>,
): { ingress: SecureIngressOptions; ingressControllers?: INetworkPolicyPeer[] } {
  const secret = (id: string): ReturnType<typeof Secret.fromSecretName> =>
    Secret.fromSecretName(chart, `${name}-${id}`, `${name}-${id}`);
  return {
    ingress: {
      host: `${name}.example.com`,
      controller: controller.controller(),
      tls: IngressTls.fromSecret(secret('certificate')),
      rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 60 }),
      authentication: IngressAuthentication.basic(secret('users')),
      ...controller.options,
    },
    ...(onHostNetwork ? { ingressControllers: madeOf([NODES_OF_CONTROLLER], chart, `${name}-nodes`) } : {}),
  };
}

/** What the NIMs are meant to allow. */
export function intentOf(nims: readonly RandomNim[]): NimIntent[] {
  return nims.map((props, index) => {
    const name = nameAt(index);
    const { ingress: way } = props;
    return {
      namespace: NAMESPACE,
      name,
      replicas: props.replicas,
      port: props.port,
      ingressControllers:
        way === undefined ? [] : way.onHostNetwork ? NODES_OF_CONTROLLER.means : way.controller.connectsFrom,
      clients: [
        ...meaningOf(props.clients),
        ...(props.openToOther && index > 0
          ? [
              {
                namespace: NAMESPACE,
                labels: {
                  'app.kubernetes.io/name': 'text-embedding-nim',
                  'app.kubernetes.io/instance': nameAt(index - 1),
                },
              },
            ]
          : []),
      ],
      monitoring: meaningOf(props.monitoring),
      ...(offersMetrics(props) ? { metricsPort: 8002 } : {}),
      // The library's defaults.
      dns: props.dns?.means ?? KUBE_DNS,
      egress: props.egress?.means ?? PUBLIC_HTTPS,
      paths: way === undefined ? [] : PATHS.map((path) => `${name}.example.com${path}`),
      match: way?.controller.match ?? 'Exact',
    };
  });
}
