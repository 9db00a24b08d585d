import type { Endpoint, Node, Outside, Pod } from './cluster';
import type { Labels } from './policy-objects';

/** Pods with these labels in this namespace, or these addresses. */
export type Party = { readonly namespace: string; readonly labels: Labels } | { readonly addresses: readonly string[] };

/** What one NIM is meant to allow. */
export interface NimIntent {
  readonly namespace: string;
  readonly name: string;
  readonly replicas: number;
  readonly port: number;
  /** The ingress controller, where there is one. */
  readonly ingressControllers: readonly Party[];
  readonly clients: readonly Party[];
  readonly monitoring: readonly Party[];
  /** A port beside the API port that is for monitoring alone. */
  readonly metricsPort?: number;
  readonly dns: { readonly servers: readonly Party[]; readonly port: number };
  /** Where the NIM may connect to beyond DNS. */
  readonly egress: { readonly to: readonly Party[] | 'public'; readonly port: number } | 'none';
  /** Where it may connect to beside that. */
  readonly furtherEgress?: NimIntent['egress'];
  /** What it may call beside that: a store on several ports, or what the proxies of its mesh ask. */
  readonly beside?: readonly { readonly to: Party; readonly ports: readonly number[] }[];
  /** Where connections of pods arrive through its mesh, beside the API port. */
  readonly tunnelPort?: number;
  /** Where the Jobs that fill its cache may connect to beyond DNS, when there are such. Nobody may connect to them. */
  readonly fillEgress?: NimIntent['egress'];
  /** Host and path of everything that the ingress serves. */
  readonly paths: readonly string[];
  /** How the ingress controller compares paths: a Route of OpenShift serves what is below them too. */
  readonly match?: 'Exact' | 'PathPrefix';
}

/** Addresses on the internet, many of them next to a range that is not. */
export const PUBLIC_ADDRESSES = [
  '1.1.1.1',
  '8.8.8.8',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '169.253.255.255',
  '169.255.0.0',
  '172.15.255.255',
  '172.32.0.0',
  '192.167.255.255',
  '192.169.0.0',
  '203.0.113.80',
  '223.255.255.255',
  '2001:4860:4860::8888',
  '2606:4700:4700::1111',
];

/** Addresses that are inside something: private, shared, link-local, loopback, multicast, reserved; metadata and Services. */
export const INSIDE_ADDRESSES = [
  '0.0.0.0',
  '10.0.0.0',
  '10.96.0.1', // the API server's Service in kubeadm's range
  '10.96.0.10',
  '10.255.255.255',
  '100.64.0.0',
  '100.100.100.200', // metadata of Alibaba Cloud
  '100.127.255.255',
  '127.0.0.1',
  '169.254.0.0',
  '169.254.169.254', // metadata of AWS, Azure, Google Cloud and others
  '169.254.20.11',
  '169.254.255.255',
  '172.16.0.0',
  '172.20.0.1', // the API server's Service in Amazon EKS
  '172.30.0.1', // the API server's Service in OpenShift
  '172.31.255.255',
  '192.168.0.0',
  '192.168.255.255',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::1',
  'fc00::1',
  'fd00:10:96::1', // the API server's Service in an IPv6 cluster
  'fd00:ec2::254', // metadata of AWS
  'fd20:ce::254', // metadata of Google Cloud
  'fe80::1',
  'ff02::1',
];

/** Everything that the intended NIMs are tried against: for each party every near miss, strangers, nodes and addresses. */
export function worldOf(nims: readonly NimIntent[]): Endpoint[] {
  const parties = nims.flatMap(partiesOf);
  const namespaces = unique([
    ...nims.map(({ namespace }) => namespace),
    ...parties.flatMap((party) => ('labels' in party ? [party.namespace] : [])),
    'elsewhere',
  ]);
  const labelSets = uniqueLabels([
    {},
    { app: 'stranger' },
    ...nims.map(({ name }) => ({ 'app.kubernetes.io/name': 'text-embedding-nim', 'app.kubernetes.io/part-of': name })),
    ...parties.flatMap((party) => ('labels' in party ? variantsOf(party.labels) : [])),
  ]);
  const pods = namespaces.flatMap((namespace) => labelSets.map((labels) => podWith(namespace, labels)));
  return [
    ...pods,
    // The same labels on the network of a node: selectors do not match them.
    ...pods.filter((pod) => parties.some((party) => 'labels' in party && isParty(party, pod))).map(onHostNetwork),
    ...nims.flatMap(({ namespace, name, replicas }) =>
      Array.from({ length: replicas }, (_, index) => ownNode(namespace, `${name}-${index}`)),
    ),
    { kind: 'node', name: 'another', address: '10.10.0.9' },
    ...unique([
      ...PUBLIC_ADDRESSES,
      ...INSIDE_ADDRESSES,
      ...parties.flatMap((party) => ('addresses' in party ? party.addresses : [])),
    ]).map((address): Outside => ({ kind: 'outside', name: address, address })),
  ];
}

export function isParty(party: Party, endpoint: Endpoint): boolean {
  if ('addresses' in party) {
    return party.addresses.includes(endpoint.address);
  }
  return (
    endpoint.kind === 'pod' &&
    !endpoint.hostNetwork &&
    endpoint.namespace === party.namespace &&
    Object.entries(party.labels).every(([key, value]) => endpoint.labels[key] === value)
  );
}

export function isPodOf(nim: NimIntent, endpoint: Endpoint): boolean {
  return isInstance(nim, endpoint, 'text-embedding-nim');
}

export function isFillOf(nim: NimIntent, endpoint: Endpoint): boolean {
  return isInstance(nim, endpoint, 'text-embedding-nim-fill');
}

function isInstance(nim: NimIntent, endpoint: Endpoint, application: string): boolean {
  return (
    endpoint.kind === 'pod' &&
    !endpoint.hostNetwork &&
    endpoint.namespace === nim.namespace &&
    endpoint.labels['app.kubernetes.io/instance'] === nim.name &&
    endpoint.labels['app.kubernetes.io/name'] === application
  );
}

export function isOwnNode(node: Endpoint, pod: Endpoint): boolean {
  return node.kind === 'node' && pod.kind === 'pod' && node.name === pod.node;
}

function ownNode(namespace: string, pod: string): Node {
  return { kind: 'node', name: `node-of-${namespace}-${pod}`, address: '10.10.0.8' };
}

function partiesOf({
  ingressControllers,
  clients,
  monitoring,
  dns,
  egress,
  furtherEgress = 'none',
  beside = [],
}: NimIntent): Party[] {
  return [
    ...ingressControllers,
    ...clients,
    ...monitoring,
    ...dns.servers,
    ...[egress, furtherEgress].flatMap((some) => (some === 'none' || some.to === 'public' ? [] : some.to)),
    ...beside.map(({ to }) => to),
  ];
}

/** The labels, the labels with others beside them, and the labels without or with a wrong one of them. */
function variantsOf(labels: Labels): Labels[] {
  return [
    labels,
    { ...labels, 'pod-template-hash': '5d78c9869d' },
    ...Object.keys(labels).flatMap((missing) => [
      Object.fromEntries(Object.entries(labels).filter(([key]) => key !== missing)),
      { ...labels, [missing]: 'other' },
    ]),
  ];
}

let addresses = 0;

export function podWith(namespace: string, labels: Labels): Pod {
  addresses = (addresses + 1) % 60_000;
  return {
    kind: 'pod',
    name: `{${Object.entries(labels)
      .map(([key, value]) => `${key}: ${value}`)
      .join(', ')}}`,
    namespace,
    labels,
    address: `10.245.${Math.floor(addresses / 250)}.${(addresses % 250) + 1}`,
    node: 'another',
    hostNetwork: false,
    ports: [],
  };
}

function onHostNetwork(pod: Pod): Pod {
  return { ...pod, name: `${pod.name} on the host network`, hostNetwork: true, address: '10.10.0.9' };
}

function unique<Item>(items: readonly Item[]): Item[] {
  return [...new Set(items)];
}

function uniqueLabels(sets: readonly Labels[]): Labels[] {
  return [...new Map(sets.map((labels) => [JSON.stringify(Object.entries(labels).sort()), labels])).values()];
}
