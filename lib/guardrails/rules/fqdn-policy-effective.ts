import { isWide } from '../../common/cidr';
import { type Allowance, allowancesOf, showAllowance } from '../../manifests/allowances';
import { CILIUM_POLICY, ciliumParts } from '../../manifests/cilium-policies';
import { at, listAt, numberAt, textAt } from '../../manifests/fields';
import { type Manifest, showObject } from '../../manifests/manifest';
import type { Manifests } from '../../manifests/manifests';
import type { Pod } from '../../manifests/pods';
import { podsOfPolicy, policiesOf } from '../../manifests/selecting';
import { type Rule, RuleLevel } from '../rule';

export const fqdnPolicyEffective: Rule = {
  id: 'fqdn-policy-effective',
  level: RuleLevel.ERROR,
  kinds: [CILIUM_POLICY],
  what: 'Where a CiliumNetworkPolicy names hosts (toFQDNs), no policy of the same pods opens the same port to every address, and a rule with rules.dns lets Cilium see the answers of the DNS.',
  why: 'What policies allow adds up: beside an open one the names keep nothing out. And Cilium learns the addresses of a name from the answers that pass its proxy for DNS; without them it opens nothing.',
  fix: 'take the rule for every address out of the other policy, and add to the CiliumNetworkPolicy a rule to the DNS servers with rules.dns',
  check: (object, manifests) =>
    ciliumParts(object).flatMap(({ path, policy, places }) =>
      listAt(policy, 'spec', 'egress').flatMap((rule, index) =>
        listAt(rule, 'to').some((peer) => textAt(peer, 'host') !== undefined)
          ? podsOfPolicy(policy, manifests)
              .flatMap((pod) => faults(rule, pod, manifests))
              .slice(0, 1)
              .map((message) => ({ path: [...path, 'egress', places.egress[index] ?? 0, 'toFQDNs'], message }))
          : [],
      ),
    ),
};

/** Why the names of a rule decide nothing for a pod. */
function faults(rule: unknown, pod: Pod, manifests: Manifests): string[] {
  const open = (allowancesOf(pod, 'Egress', manifests) ?? []).find(
    (other) => isForEverybody(other) && listAt(rule, 'ports').some((port) => overlap(port, other.port)),
  );
  return [
    ...(open === undefined ? [] : [`${showObject(open.policy)} opens ${showAllowance(open)} for the same pods`]),
    ...(policiesOf(pod, manifests).some(showsAnswers)
      ? []
      : ['no rule with rules.dns shows Cilium the answers of the DNS, so it opens none of the names']),
  ];
}

/** Whether two entries for ports have one in common. */
function overlap(one: unknown, other: unknown): boolean {
  const [a, b] = [one, other].map((entry) => {
    const port = at(entry, 'port');
    const [first, last] = typeof port === 'number' ? [port, numberAt(entry, 'endPort') ?? port] : [0, Infinity];
    return { protocol: textAt(entry, 'protocol') ?? 'TCP', first, last };
  });
  return (
    a !== undefined &&
    b !== undefined &&
    (other === undefined || a.protocol === b.protocol) &&
    a.first <= b.last &&
    b.first <= a.last
  );
}

function isForEverybody({ peer }: Allowance): boolean {
  return peer === undefined || isWide(textAt(peer, 'ipBlock', 'cidr') ?? '');
}

/** Whether a policy sends queries of DNS through Cilium. */
function showsAnswers(policy: Manifest): boolean {
  return [['spec'], ...listAt(policy, 'specs').map((_, index) => ['specs', index])].some((path) =>
    listAt(policy, ...path, 'egress').some((rule) =>
      listAt(rule, 'toPorts').some((entry) => listAt(at(entry, 'rules'), 'dns').length > 0),
    ),
  );
}
