/**
 * Who may connect to what, by the rules of `networking.k8s.io/v1` NetworkPolicy:
 *
 * - A pod that no policy selects for a direction is open in that direction; else the union of the rules of all policies that
 *   select it counts. A connection needs both ends.
 * - The node of a pod always reaches it, and is always reached: the kubelet has to. A pod always reaches itself.
 * - What runs on the network of a node has the address of the node: selectors of pods do not match it, address blocks do, and
 *   no policy selects it.
 *
 * Address blocks are compared with the address that a packet has after a Service was resolved, pods included, as plugins do
 * that filter packets. A plugin that exempts pods from address blocks allows less.
 */
import { BlockList, isIPv6 } from 'node:net';
import type { Cluster, Endpoint, Pod } from './cluster';
import {
  type IpBlock,
  type Labels,
  type NetworkPolicy,
  type PolicyPeer,
  type PolicyPort,
  type PolicyRule,
  type Protocol,
  selects,
} from './policy-objects';
import { LAST_PORT, PortSet } from './port-set';

type Direction = 'Ingress' | 'Egress';

/** Whether a connection may be made. */
export function allowed(cluster: Cluster, from: Endpoint, to: Endpoint, protocol: Protocol, port: number): boolean {
  return allowedPorts(cluster, from, to, protocol).has(port);
}

/** All ports of `to` that `from` may connect to by one protocol. */
export function allowedPorts(cluster: Cluster, from: Endpoint, to: Endpoint, protocol: Protocol): PortSet {
  return allowedEverywhere(cluster, from, to)[protocol];
}

/** All ports of `to` that `from` may connect to, by each protocol. */
export function allowedEverywhere(cluster: Cluster, from: Endpoint, to: Endpoint): Record<Protocol, PortSet> {
  const exempt = from === to || areNodeAndItsPod(from, to);
  const out = exempt ? undefined : matchingRules(cluster, 'Egress', from, to);
  const into = exempt ? undefined : matchingRules(cluster, 'Ingress', to, from);
  const ports = (protocol: Protocol): PortSet => portsOf(out, protocol, to).intersect(portsOf(into, protocol, to));
  return { TCP: ports('TCP'), UDP: ports('UDP'), SCTP: ports('SCTP') };
}

/** The policies that select a pod for a direction; `undefined` when nothing isolates it. */
export function isolatingPolicies(cluster: Cluster, pod: Endpoint, direction: Direction): NetworkPolicy[] | undefined {
  if (pod.kind !== 'pod' || pod.hostNetwork) {
    return undefined;
  }
  const policies = cluster.policies.filter(
    ({ namespace, spec }) =>
      namespace === pod.namespace && selects(spec.podSelector ?? {}, pod.labels) && typesOf(spec).includes(direction),
  );
  return policies.length === 0 ? undefined : policies;
}

/** The rules of a policy for a direction, each with its peers under one name. */
export function rulesOf(
  { spec }: NetworkPolicy,
  direction: Direction,
): { peers: readonly PolicyPeer[]; rule: PolicyRule }[] {
  return direction === 'Ingress'
    ? (spec.ingress ?? []).map((rule) => ({ peers: rule.from ?? [], rule }))
    : (spec.egress ?? []).map((rule) => ({ peers: rule.to ?? [], rule }));
}

/** Whether a peer of a policy is this endpoint. */
export function isPeer(cluster: Cluster, { namespace }: NetworkPolicy, peer: PolicyPeer, endpoint: Endpoint): boolean {
  if (peer.ipBlock !== undefined) {
    return isInBlock(peer.ipBlock, endpoint.address);
  }
  if (endpoint.kind !== 'pod' || endpoint.hostNetwork) {
    return false;
  }
  return (
    selects(peer.podSelector ?? {}, endpoint.labels) &&
    (peer.namespaceSelector === undefined
      ? endpoint.namespace === namespace
      : selects(peer.namespaceSelector, namespaceLabels(cluster, endpoint.namespace)))
  );
}

/** The rules that let a pod and another endpoint connect in a direction; `undefined` when nothing isolates the pod. */
function matchingRules(
  cluster: Cluster,
  direction: Direction,
  isolated: Endpoint,
  other: Endpoint,
): PolicyRule[] | undefined {
  return isolatingPolicies(cluster, isolated, direction)?.flatMap((policy) =>
    rulesOf(policy, direction)
      // No peers at all: everybody.
      .filter(({ peers }) => peers.length === 0 || peers.some((peer) => isPeer(cluster, policy, peer, other)))
      .map(({ rule }) => rule),
  );
}

function portsOf(rules: readonly PolicyRule[] | undefined, protocol: Protocol, target: Endpoint): PortSet {
  return rules === undefined
    ? PortSet.ALL
    : PortSet.NONE.union(...rules.map((rule) => rulePorts(rule, protocol, target)));
}

function rulePorts({ ports = [] }: PolicyRule, protocol: Protocol, target: Endpoint): PortSet {
  return ports.length === 0
    ? PortSet.ALL
    : PortSet.NONE.union(
        ...ports.filter((port) => (port.protocol ?? 'TCP') === protocol).map((port) => portsOfEntry(port, target)),
      );
}

function portsOfEntry({ port, endPort, protocol = 'TCP' }: PolicyPort, target: Endpoint): PortSet {
  if (port === undefined) {
    return PortSet.range(1, LAST_PORT);
  }
  return typeof port === 'number' ? PortSet.range(port, endPort ?? port) : namedPorts(target, port, protocol);
}

/** The ports to which the containers of a pod give a name. */
export function namedPorts(target: Endpoint, name: string, protocol: Protocol): PortSet {
  const ports = target.kind === 'pod' ? target.ports : [];
  return PortSet.NONE.union(
    ...ports
      .filter((port) => port.name === name && (port.protocol ?? 'TCP') === protocol)
      .map(({ containerPort }) => PortSet.range(containerPort)),
  );
}

function typesOf(spec: NetworkPolicy['spec']): readonly Direction[] {
  return spec.policyTypes ?? (spec.egress === undefined ? ['Ingress'] : ['Ingress', 'Egress']);
}

function namespaceLabels({ namespaces }: Cluster, name: string): Labels {
  return { ...namespaces[name], 'kubernetes.io/metadata.name': name };
}

function areNodeAndItsPod(a: Endpoint, b: Endpoint): boolean {
  const nodeOf = (pod: Pod, other: Endpoint): boolean =>
    other.kind === 'node'
      ? other.name === pod.node
      : other.kind === 'pod' && other.hostNetwork && other.node === pod.node;
  return (a.kind === 'pod' && nodeOf(a, b)) || (b.kind === 'pod' && nodeOf(b, a));
}

function isInBlock({ cidr, except = [] }: IpBlock, address: string): boolean {
  return isInRange(cidr, address) && !except.some((range) => isInRange(range, address));
}

/** The ranges that were read, each with the addresses that were looked for in it: the same ones are asked for again and again. */
const ranges = new Map<string, { readonly list: BlockList; readonly found: Map<string, boolean> }>();

function isInRange(cidr: string, address: string): boolean {
  const [network = '', prefix] = cidr.split('/');
  let range = ranges.get(cidr);
  if (range === undefined) {
    range = { list: new BlockList(), found: new Map() };
    range.list.addSubnet(network, Number(prefix), familyOf(network));
    ranges.set(cidr, range);
  }
  const known = range.found.get(address);
  if (known !== undefined) {
    return known;
  }
  const found = familyOf(network) === familyOf(address) && range.list.check(address, familyOf(address));
  range.found.set(address, found);
  return found;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}
