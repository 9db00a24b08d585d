import { addressBlock, isWide } from '../common/cidr';
import { NAMESPACE_NAME } from '../common/labels';
import { isCiliumPolicy } from './cilium-policies';
import { throughFirewall } from './egress-firewalls';
import { at, listAt, scalarText, textAt, textsAt } from './fields';
import type { Manifest } from './manifest';
import type { Manifests } from './manifests';
import { directionsOf } from './network-policies';
import type { Pod } from './pods';
import { plainPoliciesOf } from './selecting';

/** The way of a connection, as seen from a pod. */
export type Direction = 'Ingress' | 'Egress';

/** Connections that network policies allow: with one peer, at one port. */
export interface Allowance {
  /** `undefined` for everybody. */
  readonly peer: unknown;
  /** `undefined` for every port. */
  readonly port: unknown;
  readonly policy: Manifest;
}

/** What the network policies, and the firewall of the namespace, allow the pods of a workload; `undefined` where no policy limits them. */
export function allowancesOf(pod: Pod, direction: Direction, manifests: Manifests): Allowance[] | undefined {
  const selecting = plainPoliciesOf(pod, manifests);
  const limits = (policy: Manifest): boolean => directionsOf(policy).includes(direction);
  // Those of Cilium may allow without a limit of their own.
  const policies = selecting.some(limits) ? selecting.filter((policy) => limits(policy) || isCiliumPolicy(policy)) : [];
  const [rules, peers] = direction === 'Ingress' ? ['ingress', 'from'] : ['egress', 'to'];
  if (policies.length === 0) {
    return undefined;
  }
  const allowances = policies.flatMap((policy) =>
    listAt(policy, 'spec', rules).flatMap((rule) =>
      orEverything(listAt(rule, peers)).flatMap((peer) =>
        orEverything(listAt(rule, 'ports')).map((port) => ({ peer, port, policy })),
      ),
    ),
  );
  return direction === 'Egress' ? throughFirewall(allowances, pod.namespace, manifests) : allowances;
}

/** An empty list of peers, or of ports, stands for all of them. */
function orEverything(list: readonly unknown[]): readonly unknown[] {
  return list.length === 0 ? [undefined] : list;
}

/** Whether connections of the first kind are all among those of the second. */
export function isAllowedBy(one: Allowance, other: Allowance): boolean {
  return (
    (other.port === undefined || isEqual(one.port, other.port)) &&
    (other.peer === undefined ||
      isEqual(one.peer, other.peer) ||
      isBlockIn(one.peer, other.peer) ||
      isHostIn(one.peer, other.peer))
  );
}

function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Whether a block is in another one that leaves nothing more out. */
function isBlockIn(one: unknown, other: unknown): boolean {
  const [inner, outer] = [one, other].map((peer) => textAt(peer, 'ipBlock', 'cidr'));
  const except = listAt(one, 'ipBlock', 'except');
  return (
    inner !== undefined &&
    outer !== undefined &&
    isRangeIn(inner, outer) &&
    listAt(other, 'ipBlock', 'except').every((left) => except.includes(left))
  );
}

/** Whether a host is among the addresses of a block: a wide one is for every host. */
function isHostIn(one: unknown, other: unknown): boolean {
  return textAt(one, 'host') !== undefined && isWide(textAt(other, 'ipBlock', 'cidr') ?? '');
}

/** Whether a range of addresses is in another one. */
export function isRangeIn(one: string, other: string): boolean {
  const [inner, outer] = [one, other].map(
    (range) => addressBlock(range.includes('/') ? range : withLength(range))?.bits,
  );
  return one === other || (inner !== undefined && outer !== undefined && inner.startsWith(outer));
}

function withLength(address: string): string {
  return `${address}/${address.includes(':') ? 128 : 32}`;
}

/** An allowance as people say it: `10.0.0.0/8 at TCP 8000`. */
export function showAllowance({ peer, port }: Allowance): string {
  return `${peer === undefined ? 'everybody' : showPeer(peer)} at ${port === undefined ? 'every port' : showPort(port)}`;
}

/** The ports of allowances, each once: `TCP 53, UDP 53`. */
export function showPorts(allowances: readonly Allowance[]): string {
  const ports = allowances.map(({ port }) => (port === undefined ? 'every port' : showPort(port)));
  return [...new Set(ports)].sort().join(', ');
}

/** A port of a policy as people say it: `TCP 8000`. */
export function showPort(port: unknown): string {
  const last = scalarText(at(port, 'endPort'));
  const first = scalarText(at(port, 'port')) ?? 'every port';
  return `${textAt(port, 'protocol') ?? 'TCP'} ${last === undefined ? first : `${first}–${last}`}`;
}

/** A peer as people say it: `pods app=a in namespace b`. */
export function showPeer(peer: unknown): string {
  const cidr = textAt(peer, 'ipBlock', 'cidr');
  if (cidr !== undefined) {
    const except = listAt(peer, 'ipBlock', 'except');
    return except.length === 0 ? cidr : `${cidr} without ${textsIn(except).join(', ')}`;
  }
  const named = textAt(peer, 'host') ?? textAt(peer, 'other');
  if (named !== undefined) {
    return named;
  }
  const pods = showSelector(at(peer, 'podSelector'));
  const namespaces = at(peer, 'namespaceSelector');
  const place = namespaces === undefined ? 'in its namespace' : showNamespaces(namespaces);
  return `${pods === '' ? 'every pod' : `pods ${pods}`} ${place}`;
}

function showNamespaces(selector: unknown): string {
  const { [NAMESPACE_NAME]: name, ...others } = textsAt(selector, 'matchLabels');
  if (name !== undefined && Object.keys(others).length === 0 && listAt(selector, 'matchExpressions').length === 0) {
    return `in namespace ${name}`;
  }
  const labels = showSelector(selector);
  return labels === '' ? 'in every namespace' : `in namespaces with ${labels}`;
}

function showSelector(selector: unknown): string {
  return [
    ...Object.entries(textsAt(selector, 'matchLabels')).map(([key, value]) => `${key}=${value}`),
    ...listAt(selector, 'matchExpressions').map((expression) =>
      [textAt(expression, 'key'), textAt(expression, 'operator'), textsIn(listAt(expression, 'values')).join('|')]
        .join(' ')
        .trim(),
    ),
  ].join(', ');
}

function textsIn(values: readonly unknown[]): string[] {
  return values.map(scalarText).filter((text) => text !== undefined);
}
