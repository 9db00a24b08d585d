import { addressBlock, cover, isWide, shortestPrefix } from '../../common/cidr';
import { NAMESPACE_NAME } from '../../common/labels';
import { NETWORKS_INSIDE } from '../../common/special-networks';
import { tunnelPortsOf } from '../../network/mesh-facts';
import { type Rule, RuleLevel, type Violation } from '../rule';
import { type CiliumPart, CILIUM_POLICY, ciliumParts, isCiliumPolicy } from '../../manifests/cilium-policies';
import { at, listAt, type Path, textAt } from '../../manifests/fields';
import { type Manifest, namespaceOf } from '../../manifests/manifest';
import type { Manifests } from '../../manifests/manifests';
import { opensNim } from '../../manifests/network-policies';
import { isMetricsPort, portBesideApi, portsOfNim, servingNims } from '../../manifests/nim';
import { declaredPorts, type Pod } from '../../manifests/pods';
import { podsOfPolicy } from '../../manifests/selecting';
import { demandsValue, isEmptySelector } from '../../manifests/selectors';

/** Where the clouds give the credentials of a node, or of a pod, to whoever asks. */
const METADATA_SERVICES = [
  '169.254.169.254/32', // AWS, Google Cloud, Azure and others
  'fd00:ec2::254/128', // AWS
  '169.254.170.2/32', // AWS, tasks of ECS
  '169.254.170.23/32', // AWS, Pod Identity of EKS
  '100.100.100.200/32', // Alibaba Cloud
];
const DNS_PORT = 53;

export const networkPolicyBounded: Rule = {
  id: 'network-policy-bounded',
  level: RuleLevel.ERROR,
  kinds: ['networking.k8s.io/NetworkPolicy', CILIUM_POLICY],
  what: 'Every rule of a NetworkPolicy or CiliumNetworkPolicy names its peers and its ports. Ingress opens ports that the pods declare; of a NIM the API port, and in a rule of its own the port that a NIM 1.x declares for the metrics of Triton, to certain pods only. Egress leaves out the metadata service and, on the way to the internet, the networks inside; a pattern of host names says whose hosts they are.',
  why: 'A rule without peers or ports, or from wide ranges, allows what the policy was written to forbid; the metadata service of a cloud gives away the credentials of the node.',
  fix: 'name namespaces and pods by the values of labels, or bounded address ranges, in from and to, list the ports, and list the private and link-local ranges in except',
  check: (object, manifests) =>
    isCiliumPolicy(object)
      ? ciliumParts(object).flatMap((part) => ciliumViolations(part, manifests))
      : violations(object, manifests),
};

function violations(policy: Manifest, manifests: Manifests): Violation[] {
  return [...ingressViolations(policy, manifests), ...egressViolations(policy)];
}

/** Those of a rule set of Cilium, each at its rule: below that, the fields have other names. */
function ciliumViolations({ path, policy, places }: CiliumPart, manifests: Manifests): Violation[] {
  const found = violations(policy, manifests).map(({ path: [, way, index], message }) => ({
    path: [...path, String(way), places[way === 'ingress' ? 'ingress' : 'egress'][Number(index)] ?? 0],
    message,
  }));
  return [...new Map(found.map((violation) => [JSON.stringify(violation), violation])).values()];
}

function ingressViolations(policy: Manifest, manifests: Manifests): Violation[] {
  const selector = at(policy, 'spec', 'podSelector');
  const pods = podsOfPolicy(policy, manifests);
  const nims = pods.filter((pod) => servingNims(pod).length > 0);
  return listAt(policy, 'spec', 'ingress').flatMap((rule, index) => {
    const path = ['spec', 'ingress', index];
    const reachesNim = nims.some((pod) => opensNim(rule, pod));
    return [
      ...unbounded(rule, path, 'from'),
      ...listAt(rule, 'from').flatMap((peer, place) => {
        const cidr = textAt(peer, 'ipBlock', 'cidr') ?? '';
        if (isWide(cidr)) {
          const message = `${cidr} is wider than /${shortestPrefix(cidr)}, so anybody may connect`;
          return [{ path: [...path, 'from', place, 'ipBlock', 'cidr'], message }];
        }
        const message = reachesNim ? whyTooManyPods(policy, peer) : undefined;
        return message === undefined ? [] : [{ path: [...path, 'from', place], message }];
      }),
      ...listAt(rule, 'ports').flatMap((entry, place) => {
        const port = at(entry, 'port');
        const message = (isEmptySelector(selector) ? undefined : undeclared(pods, port)) ?? nimPort(nims, port, rule);
        return message === undefined ? [] : [{ path: [...path, 'ports', place, 'port'], message }];
      }),
    ];
  });
}

/** What is wrong with a peer that admits more pods to a NIM than intended. */
function whyTooManyPods(policy: Manifest, peer: unknown): string | undefined {
  if (!isOfPods(peer) || isEveryPod(peer)) {
    return undefined;
  }
  const namespaces = at(peer, 'namespaceSelector');
  if (namespaces !== undefined && !demandsValue(namespaces)) {
    return 'pods with these labels reach the NIM from every namespace, whoever makes them';
  }
  const isOwn = namespaces === undefined || namedNamespaces(namespaces).includes(namespaceOf(policy));
  return isOwn && !demandsValue(at(peer, 'podSelector'))
    ? 'every pod of its namespace reaches the NIM, past its front door'
    : undefined;
}

/** The namespaces that a selector names. */
function namedNamespaces(selector: unknown): unknown[] {
  return [
    at(selector, 'matchLabels', NAMESPACE_NAME),
    ...listAt(selector, 'matchExpressions')
      .filter((expression) => at(expression, 'key') === NAMESPACE_NAME && at(expression, 'operator') === 'In')
      .flatMap((expression) => listAt(expression, 'values')),
  ];
}

/**
 * A port that none of the pods declares, and no proxy of its mesh listens on. Not for a policy that selects all pods of a namespace: the port may be one of
 * pods that are defined elsewhere.
 */
function undeclared(pods: readonly Pod[], port: unknown): string | undefined {
  const opens = (pod: Pod): readonly unknown[] => [
    ...declaredPorts(pod),
    ...tunnelPortsOf(pod.labels, pod.annotations),
  ];
  return port === undefined || pods.length === 0 || pods.some((pod) => opens(pod).includes(port))
    ? undefined
    : `no container of the selected pods declares the port ${JSON.stringify(port)}`;
}

/** A port of a NIM, or of a container beside it, other than the API port; the port for metrics alone may open to named pods, in a rule of its own. */
function nimPort(nims: readonly Pod[], port: unknown, rule: unknown): string | undefined {
  const namesPods = listAt(rule, 'from').every(isOfPods);
  const ports = listAt(rule, 'ports').map((entry) => at(entry, 'port'));
  const [other] = nims
    .filter((pod) => (portsOfNim(pod) as unknown[]).includes(port))
    .filter((pod) => !(namesPods && ports.every((other) => isMetricsPort(pod, other))))
    .map((pod) => portBesideApi(pod, port))
    .filter((message) => message !== undefined);
  return other === undefined ? undefined : `it is ${other}`;
}

function egressViolations(policy: Manifest): Violation[] {
  return listAt(policy, 'spec', 'egress').flatMap((rule, index) => {
    const path = ['spec', 'egress', index];
    return [
      ...unbounded(rule, path, 'to'),
      ...listAt(rule, 'to').flatMap((peer, place) => {
        const message = wideName(textAt(peer, 'host')) ?? insideFault(peer, isDns(rule));
        return message === undefined ? [] : [{ path: [...path, 'to', place, 'ipBlock', 'except'], message }];
      }),
    ];
  });
}

/** Whether a rule opens the port of DNS only: Cloud DNS of GKE answers at the address of the metadata service. */
function isDns(rule: unknown): boolean {
  const ports = listAt(rule, 'ports');
  return (
    ports.length > 0 && ports.every((entry) => at(entry, 'port') === DNS_PORT && at(entry, 'endPort') === undefined)
  );
}

/** A pattern of names that anybody can have: one with a wildcard in the last two labels. */
function wideName(host = ''): string | undefined {
  return host.replace(/\.$/, '').split('.').slice(-2).join('.').includes('*')
    ? `${host} stands for hosts of anybody`
    : undefined;
}

/** What an egress block holds and should not. A block that is itself inside was opened on purpose. */
function insideFault(peer: unknown, isForDns: boolean): string | undefined {
  const cidr = textAt(peer, 'ipBlock', 'cidr') ?? '';
  const block = addressBlock(cidr)?.bits;
  if (block === undefined) {
    return undefined;
  }
  const except = listAt(peer, 'ipBlock', 'except')
    .map((other) => (typeof other === 'string' ? addressBlock(other)?.bits : undefined))
    .filter((other) => other !== undefined);
  const isAllowed = (network: string): boolean => {
    const bits = addressBlock(network)?.bits ?? '';
    return bits.startsWith(block) && !cover(except, bits);
  };
  if (isWide(cidr)) {
    const networks = NETWORKS_INSIDE.filter(isAllowed);
    return networks.length === 0 ? undefined : `${cidr} also allows the networks inside: ${networks.join(', ')}`;
  }
  const metadata = isForDns ? [] : METADATA_SERVICES.filter(isAllowed);
  return metadata.length === 0 ? undefined : `${cidr} allows the metadata service of a cloud, ${metadata.join(', ')}`;
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
    ...ports.flatMap((entry, place) => {
      const message = manyPorts(entry, direction === 'to' && !peers.some(isAnybody));
      return message === undefined ? [] : [{ path: [...path, 'ports', place], message }];
    }),
  ];
}

/** An entry for more than one port. A range to named peers is bounded: brokers of Kafka have one. */
function manyPorts(entry: unknown, mayBeRange: boolean): string | undefined {
  const port = at(entry, 'port');
  const end = at(entry, 'endPort');
  if (port === undefined) {
    return 'the entry names no port, so it stands for every one';
  }
  return end === undefined || mayBeRange
    ? undefined
    : `it is the range ${JSON.stringify(port)}–${JSON.stringify(end)}: list each port that is needed`;
}

/** A peer that nobody named: every pod, or a block of anybody's addresses. */
function isAnybody(peer: unknown): boolean {
  return isEveryPod(peer) || isWide(textAt(peer, 'ipBlock', 'cidr') ?? '');
}

function isEveryPod(peer: unknown): boolean {
  return (
    isOfPods(peer) &&
    (at(peer, 'namespaceSelector') !== undefined || at(peer, 'podSelector') === undefined) &&
    isEmptySelector(at(peer, 'namespaceSelector')) &&
    isEmptySelector(at(peer, 'podSelector'))
  );
}

/** Whether a peer is pods: no addresses, and none of what only Cilium can name. */
function isOfPods(peer: unknown): boolean {
  return ['ipBlock', 'host', 'other'].every((member) => at(peer, member) === undefined);
}
