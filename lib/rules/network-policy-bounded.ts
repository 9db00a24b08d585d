import { type Rule, RuleLevel, type Violation } from './rule';
import { at, listAt, type Path, textAt } from './support/fields';
import { groupKindOf, type Manifest, namespaceOf } from './support/manifest';
import type { Manifests } from './support/manifests';
import { declaredPorts } from './support/pods';
import { isEmptySelector } from './support/selectors';

/** Networks inside, which "every public address" must leave out: private, shared, link-local (metadata services). */
const INSIDE_IPV4 = ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'];
const INSIDE_IPV6 = ['fc00::/7', 'fe80::/10'];

export const networkPolicyBounded: Rule = {
  id: 'network-policy-bounded',
  level: RuleLevel.ERROR,
  what: 'Every rule of a NetworkPolicy names its peers and its ports; pods are called on ports they declare; egress to all addresses leaves out the networks inside.',
  why: 'A rule without peers or ports, or from all addresses, allows what the policy was written to forbid; egress to inside networks reaches the metadata service of the cloud.',
  fix: 'name namespaces and pods, or bounded address ranges, in from and to, list the ports, and list the private and link-local ranges in except',
  check: (object, manifests) =>
    groupKindOf(object) === 'networking.k8s.io/NetworkPolicy'
      ? [...ingressViolations(object, manifests), ...egressViolations(object)]
      : [],
};

function ingressViolations(policy: Manifest, manifests: Manifests): Violation[] {
  return listAt(policy, 'spec', 'ingress').flatMap((rule, index) => {
    const path = ['spec', 'ingress', index];
    return [
      ...unbounded(rule, path, 'from'),
      ...listAt(rule, 'from').flatMap((peer, place) =>
        textAt(peer, 'ipBlock', 'cidr')?.endsWith('/0') === true
          ? [{ path: [...path, 'from', place, 'ipBlock', 'cidr'], message: 'every address may connect' }]
          : [],
      ),
      ...undeclaredPorts(policy, manifests, rule, path),
    ];
  });
}

function egressViolations(policy: Manifest): Violation[] {
  return listAt(policy, 'spec', 'egress').flatMap((rule, index) => {
    const path = ['spec', 'egress', index];
    return [
      ...unbounded(rule, path, 'to'),
      ...listAt(rule, 'to').flatMap((peer, place) => {
        const cidr = textAt(peer, 'ipBlock', 'cidr');
        if (cidr?.endsWith('/0') !== true) {
          return [];
        }
        const except = listAt(peer, 'ipBlock', 'except');
        const inside = cidr.includes(':') ? INSIDE_IPV6 : INSIDE_IPV4;
        const missing = inside.filter((network) => !except.includes(network));
        return missing.length === 0
          ? []
          : [
              {
                path: [...path, 'to', place, 'ipBlock', 'except'],
                message: `${cidr} also allows the networks inside: ${missing.join(', ')}`,
              },
            ];
      }),
    ];
  });
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

function undeclaredPorts(policy: Manifest, manifests: Manifests, rule: unknown, path: Path): Violation[] {
  const pods = manifests.podsSelectedBy(namespaceOf(policy), at(policy, 'spec', 'podSelector'));
  return listAt(rule, 'ports').flatMap((entry, place) => {
    const port = at(entry, 'port');
    const declared = port === undefined || pods.some((pod) => (declaredPorts(pod) as unknown[]).includes(port));
    return declared || pods.length === 0
      ? []
      : [
          {
            path: [...path, 'ports', place, 'port'],
            message: `no container of the selected pods declares the port ${JSON.stringify(port)}`,
          },
        ];
  });
}
