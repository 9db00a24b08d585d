import { blockBits, cover, shortestPrefix } from '../common/cidr';
import { type Rule, RuleLevel, type Violation } from './rule';
import { at, listAt, type Path, textAt } from './support/fields';
import { groupKindOf, type Manifest, namespaceOf } from './support/manifest';
import type { Manifests } from './support/manifests';
import { apiPortsOf, portsOfNim, servingNims } from './support/nim';
import { declaredPorts, type Pod, portNumber } from './support/pods';
import { demandsValue, isEmptySelector } from './support/selectors';

/** Networks inside, which a block that means the internet must leave out: private, shared, link-local (metadata services). */
const INSIDE = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  'fc00::/7',
  'fe80::/10',
];
/** Where the clouds give the credentials of a node to whoever asks. */
const METADATA_SERVICE = '169.254.169.254/32';
/** The label that Kubernetes gives to every namespace. */
const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

export const networkPolicyBounded: Rule = {
  id: 'network-policy-bounded',
  level: RuleLevel.ERROR,
  what: 'Every rule of a NetworkPolicy names its peers and its ports; pods are called on ports they declare, a NIM on the one of its API and by certain pods only; egress leaves out the metadata service and, to the internet, the networks inside.',
  why: 'A rule without peers or ports, or from wide ranges, allows what the policy was written to forbid; the metadata service of a cloud gives away the credentials of the node.',
  fix: 'name namespaces and pods by the values of labels, or bounded address ranges, in from and to, list the ports, and list the private and link-local ranges in except',
  check: (object, manifests) =>
    groupKindOf(object) === 'networking.k8s.io/NetworkPolicy'
      ? [...ingressViolations(object, manifests), ...egressViolations(object)]
      : [],
};

function ingressViolations(policy: Manifest, manifests: Manifests): Violation[] {
  const pods = manifests.podsSelectedBy(namespaceOf(policy), at(policy, 'spec', 'podSelector'));
  const nims = pods.filter((pod) => servingNims(pod).length > 0);
  return listAt(policy, 'spec', 'ingress').flatMap((rule, index) => {
    const path = ['spec', 'ingress', index];
    const reachesNim = nims.some((pod) => reaches(rule, pod));
    return [
      ...unbounded(rule, path, 'from'),
      ...listAt(rule, 'from').flatMap((peer, place) => {
        const cidr = textAt(peer, 'ipBlock', 'cidr') ?? '';
        if (isWide(cidr)) {
          const message = `${cidr} is wider than /${shortestPrefix(cidr)}, so anybody may connect`;
          return [{ path: [...path, 'from', place, 'ipBlock', 'cidr'], message }];
        }
        const message = reachesNim ? uncertainPods(policy, peer) : undefined;
        return message === undefined ? [] : [{ path: [...path, 'from', place], message }];
      }),
      ...listAt(rule, 'ports').flatMap((entry, place) => {
        const message = portFault(pods, nims, at(entry, 'port'));
        return message === undefined ? [] : [{ path: [...path, 'ports', place, 'port'], message }];
      }),
    ];
  });
}

/** Whether a block holds addresses of anybody. */
function isWide(cidr: string): boolean {
  return blockBits(cidr) !== undefined && Number(cidr.split('/')[1]) < shortestPrefix(cidr);
}

/** A peer of a NIM that more pods are than those that its door is for. */
function uncertainPods(policy: Manifest, peer: unknown): string | undefined {
  if (at(peer, 'ipBlock') !== undefined || isEveryPod(peer)) {
    return undefined;
  }
  const namespaces = at(peer, 'namespaceSelector');
  if (namespaces !== undefined && !demandsValue(namespaces)) {
    return 'pods of every namespace reach the NIM, whoever labels them so';
  }
  const own = namespaces === undefined || textAt(namespaces, 'matchLabels', NAMESPACE_NAME) === namespaceOf(policy);
  return own && !demandsValue(at(peer, 'podSelector'))
    ? 'every pod of its namespace reaches the NIM, past its front door'
    : undefined;
}

/** Whether a rule opens a port that a NIM listens on, or may. */
function reaches(rule: unknown, pod: Pod): boolean {
  const listening = [...apiPortsOf(pod), ...portsOfNim(pod)];
  const ports = listAt(rule, 'ports');
  return (
    ports.length === 0 ||
    ports.some(
      (entry) =>
        at(entry, 'port') === undefined ||
        at(entry, 'endPort') !== undefined ||
        (listening as unknown[]).includes(at(entry, 'port')),
    )
  );
}

function portFault(pods: readonly Pod[], nims: readonly Pod[], port: unknown): string | undefined {
  if (port === undefined || pods.length === 0) {
    return undefined;
  }
  if (!pods.some((pod) => (declaredPorts(pod) as unknown[]).includes(port))) {
    return `no container of the selected pods declares the port ${JSON.stringify(port)}`;
  }
  for (const pod of nims) {
    const number = portNumber(pod.containers, port);
    const apis = apiPortsOf(pod);
    const isOther = apis.length > 0 && !(apis as unknown[]).includes(number);
    // A policy for all pods of a namespace may name a port of other pods.
    if (isOther && (portsOfNim(pod) as unknown[]).includes(port)) {
      return `it is the port ${number} of a NIM that serves its API on ${apis.join(' and ')}`;
    }
  }
  return undefined;
}

function egressViolations(policy: Manifest): Violation[] {
  return listAt(policy, 'spec', 'egress').flatMap((rule, index) => {
    const path = ['spec', 'egress', index];
    return [
      ...unbounded(rule, path, 'to'),
      ...listAt(rule, 'to').flatMap((peer, place) => {
        const message = insideFault(peer);
        return message === undefined ? [] : [{ path: [...path, 'to', place, 'ipBlock', 'except'], message }];
      }),
    ];
  });
}

/** What a block for egress holds and should not. A block that is inside itself is meant. */
function insideFault(peer: unknown): string | undefined {
  const cidr = textAt(peer, 'ipBlock', 'cidr') ?? '';
  const block = blockBits(cidr);
  if (block === undefined) {
    return undefined;
  }
  const except = listAt(peer, 'ipBlock', 'except')
    .map((other) => (typeof other === 'string' ? blockBits(other) : undefined))
    .filter((other) => other !== undefined);
  const isAllowed = (network: string): boolean => {
    const inside = blockBits(network) ?? '';
    return inside.startsWith(block) && !cover(except, inside);
  };
  if (isWide(cidr)) {
    const networks = INSIDE.filter(isAllowed);
    return networks.length === 0 ? undefined : `${cidr} also allows the networks inside: ${networks.join(', ')}`;
  }
  return isAllowed(METADATA_SERVICE)
    ? `${cidr} allows the metadata service of a cloud, ${METADATA_SERVICE}`
    : undefined;
}

/** No peers, a peer that is everything, no ports, or a port entry without a port. */
function unbounded(rule: unknown, path: Path, direction: 'from' | 'to'): Violation[] {
  const peers = listAt(rule, direction);
  const ports = listAt(rule, 'ports');
  return [
    ...(peers.length > 0 ? [] : [{ path: [...path, direction], message: 'no peer is named, so every one is allowed' }]),
    ...peers.flatMap((peer, place) =>
      isEveryPod(peer)
        ? [{ path: [...path, direction, place], message: 'the peer is every pod of every namespace' }]
        : [],
    ),
    ...(ports.length > 0 ? [] : [{ path: [...path, 'ports'], message: 'no port is named, so every one is allowed' }]),
    ...ports.flatMap((port, place) =>
      at(port, 'port') === undefined || at(port, 'endPort') !== undefined
        ? [{ path: [...path, 'ports', place], message: 'the entry stands for many ports' }]
        : [],
    ),
  ];
}

function isEveryPod(peer: unknown): boolean {
  return (
    at(peer, 'ipBlock') === undefined &&
    (at(peer, 'namespaceSelector') !== undefined || at(peer, 'podSelector') === undefined) &&
    isEmptySelector(at(peer, 'namespaceSelector')) &&
    isEmptySelector(at(peer, 'podSelector'))
  );
}
