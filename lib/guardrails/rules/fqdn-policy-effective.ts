import { isWide } from '../../common/cidr';
import { type Allowance, allowancesOf, showAllowance } from '../../manifests/allowances';
import { CILIUM_POLICY, ciliumParts } from '../../manifests/cilium-policies';
import { EGRESS_FIREWALL, EVERY_ADDRESS, rulesBeforeDeny } from '../../manifests/egress-firewalls';
import { at, listAt, textAt } from '../../manifests/fields';
import { groupKindOf, type Manifest, showObject } from '../../manifests/manifest';
import type { Manifests } from '../../manifests/manifests';
import type { Pod } from '../../manifests/pods';
import { portsOverlap } from '../../manifests/ports';
import { podsOfPolicy, policiesOf } from '../../manifests/selecting';
import { type Rule, RuleLevel, type Violation } from '../rule';

export const fqdnPolicyEffective: Rule = {
  id: 'fqdn-policy-effective',
  level: RuleLevel.ERROR,
  kinds: [CILIUM_POLICY, EGRESS_FIREWALL],
  what: 'Where a CiliumNetworkPolicy names hosts (toFQDNs), no policy of the same pods opens the same port to every address, and a rule with rules.dns lets Cilium see the answers of the DNS. Where an EgressFirewall names hosts, the rules after them deny every other address.',
  why: 'What policies allow adds up: beside an open one the names keep nothing out. And Cilium learns the addresses of a name from the answers that pass its proxy for DNS; without them it opens nothing. What an EgressFirewall does not deny is open.',
  fix: 'take the rule for every address out of the other policy, and add to the CiliumNetworkPolicy a rule to the DNS servers with rules.dns; end an EgressFirewall with Deny for 0.0.0.0/0 and ::/0',
  check: (object, manifests) =>
    groupKindOf(object) === EGRESS_FIREWALL ? firewallViolations(object) : ciliumViolations(object, manifests),
};

function ciliumViolations(object: Manifest, manifests: Manifests): Violation[] {
  return ciliumParts(object).flatMap(({ path, policy, places }) =>
    listAt(policy, 'spec', 'egress').flatMap((rule, index) =>
      listAt(rule, 'to').some((peer) => textAt(peer, 'host') !== undefined)
        ? podsOfPolicy(policy, manifests)
            .flatMap((pod) => faults(rule, pod, manifests))
            .slice(0, 1)
            .map((message) => ({ path: [...path, 'egress', places.egress[index] ?? 0, 'toFQDNs'], message }))
        : [],
    ),
  );
}

/** Names that every address is open beside, or that stand behind a rule that closes every address. */
function firewallViolations(firewall: Manifest): Violation[] {
  const rules = listAt(firewall, 'spec', 'egress');
  const path = ['spec', 'egress'];
  const isNamed = (rule: unknown): boolean =>
    textAt(rule, 'type') === 'Allow' && textAt(rule, 'to', 'dnsName') !== undefined;
  if (!rules.some(isNamed)) {
    return [];
  }
  return EVERY_ADDRESS.flatMap((every) => {
    const before = rulesBeforeDeny(firewall, every);
    if (before === undefined) {
      return [{ path, message: `no rule denies ${every}, so the names keep nothing out` }];
    }
    const open = before.findIndex(
      (rule) => textAt(rule, 'type') === 'Allow' && isWide(textAt(rule, 'to', 'cidrSelector') ?? ''),
    );
    const late = rules.findIndex((rule, index) => index > before.length && isNamed(rule));
    return [
      ...(open === -1
        ? []
        : [{ path: [...path, open], message: 'it opens addresses of anybody, whatever the names are' }]),
      ...(late === -1
        ? []
        : [{ path: [...path, late], message: `a rule before it denies ${every}, so it opens nothing` }]),
    ];
  }).slice(0, 1);
}

/** Why the names of a rule decide nothing for a pod. */
function faults(rule: unknown, pod: Pod, manifests: Manifests): string[] {
  const open = (allowancesOf(pod, 'Egress', manifests) ?? []).find(
    (other) => isForEverybody(other) && listAt(rule, 'ports').some((port) => portsOverlap(port, other.port)),
  );
  return [
    ...(open === undefined ? [] : [`${showObject(open.policy)} opens ${showAllowance(open)} for the same pods`]),
    ...(policiesOf(pod, manifests).some(showsAnswers)
      ? []
      : ['no rule with rules.dns shows Cilium the answers of the DNS, so it opens none of the names']),
  ];
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
