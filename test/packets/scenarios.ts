/** Apps as they are rendered, with a small world around each: everything gets a network namespace of its own. */
import { LabelExpression, Namespaces, NetworkPolicyIpBlock, Pods } from 'cdk8s-plus-28';
import { ClusterDns, Egress, EmbeddingModel, TextEmbeddingNim } from 'cdk8s-nim';
import { type Cluster, clusterOf, type Endpoint, type Outside, type Pod } from '../reachability/cluster';
import { podWith } from '../reachability/world';
import { renderedObjects } from '../reachability/programs';
import { type Manifest, render, testChart } from '../support/manifests';
import { credentialsOf } from '../support/nims';

/** A rendered app, and what is around it. */
export interface Scenario {
  readonly cluster: Cluster;
  readonly world: readonly Endpoint[];
  /** Ports that are tried in both directions, beside some that are chosen by chance. */
  readonly ports: { readonly tcp: readonly number[]; readonly udp: readonly number[] };
}

/** Ports of the NIM's inner servers, of the kubelet and of secure shell: nobody but the own node reaches them. */
const INNER_PORTS = [22, 8001, 8002, 8080, 10_250];

/** Addresses of documentation ranges stand for the internet. */
const ADDRESSES = [
  '203.0.113.80',
  '198.51.100.7',
  '10.1.2.3',
  '10.96.0.1',
  '100.64.3.3',
  '169.254.20.10',
  '169.254.20.11',
  '169.254.169.254',
  '172.16.9.9',
  '192.168.50.50',
  '2001:db8::80',
  'fd00:10:96::1',
];

/** `main.ts`, production. */
export function production(change: (objects: Manifest[]) => Manifest[] = (same) => same): Scenario {
  const objects = renderedObjects('main.ts').filter(({ metadata }) => metadata.namespace === 'embeddings');
  const cluster = clusterOf(change(objects));
  return {
    cluster,
    world: [
      podWith('traefik', { 'app.kubernetes.io/name': 'traefik' }),
      podWith('rag', { 'app.kubernetes.io/name': 'retriever', version: '7' }),
      podWith('rag', { app: 'stranger' }),
      podWith('elsewhere', { 'app.kubernetes.io/name': 'retriever' }),
      podWith('embeddings', { 'app.kubernetes.io/name': 'retriever' }),
      podWith('monitoring', { 'app.kubernetes.io/name': 'prometheus' }),
      podWith('kube-system', { 'k8s-app': 'kube-dns' }),
      podWith('kube-system', { app: 'stranger' }),
      ...around(cluster),
    ],
    ports: { tcp: [53, 80, 443, 8000, ...INNER_PORTS], udp: [53, 443, 8000] },
  };
}

/** Two NIMs in a namespace: one behind a proxy, open to addresses; the other open to the first one, and sending nothing out. */
export function twoNims(): Scenario {
  const chart = testChart({ namespace: 'embeddings' });
  const model = EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2;
  const credentials = credentialsOf(chart);
  const first = new TextEmbeddingNim(chart, 'first', {
    model,
    credentials,
    clients: [
      NetworkPolicyIpBlock.ipv4(chart, 'offices', '172.16.0.0/12', ['172.16.8.0/22']),
      NetworkPolicyIpBlock.ipv6(chart, 'offices-ipv6', '2001:db8::/64'),
    ],
    egress: Egress.viaProxy('http://proxy.egress.svc.cluster.local:3128', [
      Pods.select(chart, 'proxy', {
        labels: { app: 'proxy' },
        namespaces: Namespaces.select(chart, 'egress', { names: ['egress'] }),
      }),
      NetworkPolicyIpBlock.ipv4(chart, 'proxy-addresses', '198.51.100.0/24', ['198.51.100.128/25']),
    ]),
    dns: ClusterDns.OPENSHIFT,
  });
  new TextEmbeddingNim(chart, 'second', {
    model,
    credentials,
    port: 9000,
    clients: [first.deployment],
    monitoring: [
      Pods.select(chart, 'scrapers', {
        expressions: [LabelExpression.in('app', ['prometheus', 'victoria']), LabelExpression.doesNotExist('test')],
        namespaces: Namespaces.select(chart, 'observability', { labels: { team: 'observability' } }),
      }),
    ],
    egress: Egress.none(),
    dns: ClusterDns.custom([NetworkPolicyIpBlock.ipv4(chart, 'resolver', '10.96.0.0/29')], 5300),
  });
  const cluster = clusterOf(render(chart), { metrics: { team: 'observability' } });
  return {
    cluster,
    world: [
      podWith('egress', { app: 'proxy' }),
      podWith('egress', { app: 'stranger' }),
      podWith('openshift-dns', { 'dns.operator.openshift.io/daemonset-dns': 'default' }),
      podWith('metrics', { app: 'victoria' }),
      podWith('metrics', { app: 'victoria', test: 'yes' }),
      podWith('elsewhere', { app: 'victoria' }),
      podWith('elsewhere', { 'app.kubernetes.io/instance': 'first' }),
      ...around(cluster),
    ],
    ports: { tcp: [53, 443, 3128, 5300, 5353, 8000, 9000, ...INNER_PORTS], udp: [53, 5300, 5353, 8000] },
  };
}

/** What stands around every app: strangers, the node of the first pod, another node with a pod on its network, addresses. */
function around({ pods }: Cluster): Endpoint[] {
  const [first] = pods;
  if (first === undefined) {
    throw new Error('the app has no pod');
  }
  const onHostNetwork: Pod = {
    ...podWith('traefik', { 'app.kubernetes.io/name': 'traefik' }),
    name: 'traefik on the host network',
    address: '10.10.0.9',
    hostNetwork: true,
  };
  return [
    podWith(first.namespace, { app: 'stranger' }),
    podWith('elsewhere', { app: 'stranger' }),
    { kind: 'node', name: first.node, address: '10.10.0.8' },
    { kind: 'node', name: 'another', address: '10.10.0.9' },
    onHostNetwork,
    ...ADDRESSES.map((address): Outside => ({ kind: 'outside', name: address, address })),
  ];
}
