/** Random apps with one or two NIMs in a namespace, each with what it is meant to allow. */
import type { Chart } from 'cdk8s';
import { type INetworkPolicyPeer, Namespaces, NetworkPolicyIpBlock, Pods, Secret } from 'cdk8s-plus-28';
import {
  ClusterDns,
  EmbeddingModel,
  Egress,
  GatewayImplementation,
  IngressAuthentication,
  IngressController,
  IngressFeature,
  IngressTls,
  ModelCache,
  Peer as NetworkPeer,
  RateLimit,
  type SecureIngressOptions,
  TextEmbeddingNim,
} from 'cdk8s-nim';
import fc from 'fast-check';
import { credentialsOf } from '../support/nims';
import { KUBE_DNS, type NimIntent, OPENSHIFT_DNS, type Party, PUBLIC_HTTPS } from './intent';

export const NAMESPACE = 'embeddings';
const PATHS = ['/v1/embeddings', '/v1/models'];

/** A peer of a network policy, and the parties that it means. */
interface Peer {
  readonly make: (chart: Chart, id: string) => INetworkPolicyPeer;
  readonly means: readonly Party[];
}

function pods(labels: Record<string, string>, ...namespaces: string[]): Peer {
  return {
    make: (chart, id) =>
      Pods.select(chart, id, {
        labels,
        ...(namespaces.length === 0
          ? {}
          : { namespaces: Namespaces.select(chart, `${id}-namespaces`, { names: namespaces }) }),
      }),
    means: (namespaces.length === 0 ? [NAMESPACE] : namespaces).map((namespace) => ({ namespace, labels })),
  };
}

function block(cidr: string, except: string[], ...addresses: string[]): Peer {
  return {
    make: (chart, id) =>
      cidr.includes(':')
        ? NetworkPolicyIpBlock.ipv6(chart, id, cidr, except)
        : NetworkPolicyIpBlock.ipv4(chart, id, cidr, except),
    means: [{ addresses }],
  };
}

const PEERS: readonly Peer[] = [
  pods({ app: 'retriever' }),
  pods({ app: 'retriever' }, 'rag'),
  pods({ app: 'retriever' }, 'rag', 'search'),
  pods({ app: 'indexer', tier: 'batch' }, 'rag'),
  pods({}, 'tools'),
  pods({ 'app.kubernetes.io/name': 'prometheus' }, 'monitoring'),
  block('10.60.0.0/16', ['10.60.7.0/24'], '10.60.1.2', '10.60.255.255'),
  block('10.61.0.16/28', [], '10.61.0.16', '10.61.0.31'),
  block('fd60:1::/64', ['fd60:1::8000/113'], 'fd60:1::7', 'fd60:1::7fff'),
];

const peers = fc.uniqueArray(fc.constantFrom(...PEERS), { maxLength: 3 });
const somePeers = fc.uniqueArray(fc.constantFrom(...PEERS), { minLength: 1, maxLength: 3 });

/** A value of a prop, and what it means. */
interface Choice<Value, Meaning> {
  readonly make: (chart: Chart, id: string) => Value;
  readonly means: Meaning;
}
type EgressChoice = Choice<Egress, NimIntent['egress']>;
type DnsChoice = Choice<ClusterDns, NimIntent['dns']>;

function madeOf(chosen: readonly Peer[], chart: Chart, id: string): INetworkPolicyPeer[] {
  return chosen.map(({ make }, index) => make(chart, `${id}-${index}`));
}

const egress: fc.Arbitrary<EgressChoice> = fc.oneof(
  fc.constant<EgressChoice>({ make: () => Egress.none(), means: 'none' }),
  fc.constant<EgressChoice>({ make: () => Egress.publicHttps(), means: PUBLIC_HTTPS }),
  somePeers.map((chosen): EgressChoice => ({
    make: (chart, id) => Egress.httpsTo(madeOf(chosen, chart, id)),
    means: { to: meaningOf(chosen), port: 443 },
  })),
  fc.tuple(somePeers, fc.integer({ min: 1, max: 65_535 })).map(([chosen, port]): EgressChoice => ({
    make: (chart, id) => Egress.of([Egress.tcpTo(madeOf(chosen, chart, id), [port]), Egress.none()]),
    means: { to: meaningOf(chosen), port },
  })),
  fc.tuple(somePeers, fc.integer({ min: 1, max: 65_535 })).map(([chosen, port]): EgressChoice => ({
    make: (chart, id) => Egress.viaProxy(`http://proxy.egress.svc.cluster.local:${port}`, madeOf(chosen, chart, id)),
    means: { to: meaningOf(chosen), port },
  })),
);

const dns: fc.Arbitrary<DnsChoice> = fc.oneof(
  fc.constant<DnsChoice>({ make: () => ClusterDns.KUBE_DNS, means: KUBE_DNS }),
  fc.constant<DnsChoice>({ make: () => ClusterDns.OPENSHIFT, means: OPENSHIFT_DNS }),
  fc.tuple(somePeers, fc.integer({ min: 1, max: 65_535 })).map(([chosen, port]): DnsChoice => ({
    make: (chart, id) => ClusterDns.custom(madeOf(chosen, chart, id), port),
    means: { servers: meaningOf(chosen), port },
  })),
);

function meaningOf(chosen: readonly Peer[]): Party[] {
  return chosen.flatMap(({ means }) => means);
}

/** A controller as its own installation has it: where it connects from, how it matches paths, what it needs besides. */
interface ControllerChoice {
  readonly controller: () => IngressController;
  readonly connectsFrom: readonly Party[];
  readonly match: 'Exact' | 'PathPrefix';
  readonly options: Partial<SecureIngressOptions>;
}

const withoutBodyLimit: Partial<SecureIngressOptions> = {
  acceptUnenforced: [{ feature: IngressFeature.BODY_SIZE, reason: 'the NIM refuses larger batches itself' }],
};

const CONTROLLERS: Readonly<Record<string, ControllerChoice>> = {
  f5Nginx: {
    controller: () => IngressController.f5Nginx(),
    connectsFrom: [{ namespace: 'nginx-ingress', labels: { 'app.kubernetes.io/name': 'nginx-ingress' } }],
    match: 'Exact',
    options: {},
  },
  ingressNginx: {
    controller: () => IngressController.ingressNginx({ namespace: 'edge', podLabels: { app: 'edge', tier: 'proxy' } }),
    connectsFrom: [{ namespace: 'edge', labels: { app: 'edge', tier: 'proxy' } }],
    match: 'Exact',
    // From 120 requests a minute on, in steps that the controller can say.
    options: { rateLimit: RateLimit.perClient({ requestsPerSecond: 10, burst: 50 }) },
  },
  haProxy: {
    controller: () => IngressController.haProxy(),
    connectsFrom: [{ namespace: 'haproxy-controller', labels: { 'app.kubernetes.io/name': 'kubernetes-ingress' } }],
    match: 'Exact',
    options: withoutBodyLimit,
  },
  traefik: {
    controller: () => IngressController.traefik(),
    connectsFrom: [{ namespace: 'traefik', labels: { 'app.kubernetes.io/name': 'traefik' } }],
    match: 'Exact',
    options: {},
  },
  awsAlb: {
    controller: () =>
      IngressController.awsAlb({
        webAclArn:
          'arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/embeddings/01234567-89ab-cdef-0123-456789abcdef',
        loadBalancerSubnets: ['10.70.0.0/24', '10.70.1.0/24'],
      }),
    connectsFrom: [{ addresses: ['10.70.0.1', '10.70.1.255'] }],
    match: 'Exact',
    options: {
      ...withoutBodyLimit,
      rateLimit: RateLimit.perClient({ requestsPerSecond: 10, burst: 600 }),
      tls: IngressTls.fromAcmCertificate(
        'arn:aws:acm:eu-central-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef',
      ),
      authentication: IngressAuthentication.none('the gateway in front authenticates'),
    },
  },
  envoyGateway: {
    controller: () => IngressController.envoyGateway({ gateway: { name: 'public', namespace: 'gateways' } }),
    connectsFrom: [
      {
        namespace: 'envoy-gateway-system',
        labels: {
          'app.kubernetes.io/managed-by': 'envoy-gateway',
          'app.kubernetes.io/component': 'proxy',
          'gateway.envoyproxy.io/owning-gateway-name': 'public',
          'gateway.envoyproxy.io/owning-gateway-namespace': 'gateways',
        },
      },
    ],
    match: 'Exact',
    options: {
      rateLimit: RateLimit.perClient({ requestsPerSecond: 10, burst: 10 }),
      tls: IngressTls.fromGatewayListener(),
    },
  },
  gatewayApi: {
    controller: () =>
      IngressController.gatewayApi({
        implementation: GatewayImplementation.ISTIO,
        gateway: { name: 'public', namespace: 'gateways' },
        proxies: [NetworkPeer.pods({ labels: { gateway: 'public' }, namespace: 'gateways' })],
      }),
    connectsFrom: [{ namespace: 'gateways', labels: { gateway: 'public' } }],
    match: 'Exact',
    options: {
      acceptUnenforced: [
        IngressFeature.RATE_PER_SECOND,
        IngressFeature.RATE_BURST,
        IngressFeature.STATUS_429,
        IngressFeature.BODY_SIZE,
      ].map((feature) => ({ feature, reason: 'what stands before the Gateway does it' })),
      authentication: IngressAuthentication.none('what stands before the Gateway authenticates'),
      tls: IngressTls.fromGatewayListener(),
    },
  },
  openShiftRoute: {
    controller: () => IngressController.openShiftRoute(),
    connectsFrom: [
      {
        namespace: 'openshift-ingress',
        labels: { 'ingresscontroller.operator.openshift.io/deployment-ingresscontroller': 'default' },
      },
    ],
    match: 'PathPrefix',
    options: {
      acceptUnenforced: [IngressFeature.BODY_SIZE, IngressFeature.STATUS_429].map((feature) => ({
        feature,
        reason: 'the proxy behind the Route does it',
      })),
      rateLimit: RateLimit.perClient({ requestsPerSecond: 10, burst: 100 }),
      authentication: IngressAuthentication.none('the proxy behind the Route authenticates'),
    },
  },
};

/** The controllers that the random apps use, by the names of their factories. */
export const CONTROLLER_NAMES = Object.keys(CONTROLLERS);

/** A way in: through a controller where it is usually installed, or one that connects from given addresses. */
const ingress = fc.record({
  controller: fc.constantFrom(...Object.values(CONTROLLERS)),
  onHostNetwork: fc.boolean(),
});
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
