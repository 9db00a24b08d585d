import { ciliumParts, CILIUM_POLICY } from './cilium-policies';
import { at } from './fields';
import { groupByEach } from './grouping';
import { groupKindOf, type Manifest, namespaceOf } from './manifest';
import type { Manifests } from './manifests';
import type { Pod } from './pods';
import { remembered, rememberedAmong } from './remembered';
import { isEmptySelector } from './selectors';

/** The pods of a Service. Without a selector it has none of its own. */
export const podsOfService = rememberedAmong((service: Manifest, manifests: Manifests): readonly Pod[] => {
  const selector = { matchLabels: at(service, 'spec', 'selector') };
  return isEmptySelector(selector) ? [] : manifests.podsSelectedBy(namespaceOf(service), selector);
});

/** The pods of a PodDisruptionBudget. Without a selector it is about no pod; a NetworkPolicy is about all. */
export const podsOfBudget = rememberedAmong((budget: Manifest, manifests: Manifests): readonly Pod[] => {
  const selector = at(budget, 'spec', 'selector');
  return selector === undefined ? [] : manifests.podsSelectedBy(namespaceOf(budget), selector);
});

/** The pods of a NetworkPolicy, or of one rule set of Cilium. */
export const podsOfPolicy = rememberedAmong((policy: Manifest, manifests: Manifests) =>
  manifests.podsSelectedBy(namespaceOf(policy), at(policy, 'spec', 'podSelector')),
);

/** The PodDisruptionBudgets that select the pods of a workload. */
export function budgetsOf(pod: Pod, manifests: Manifests): readonly Manifest[] {
  return budgetsByOwner(manifests).get(pod.owner) ?? [];
}

/** The NetworkPolicies and the CiliumNetworkPolicies that select the pods of a workload. */
export function policiesOf(pod: Pod, manifests: Manifests): readonly Manifest[] {
  return [...(policiesByOwner(manifests).get(pod.owner) ?? []), ...(ciliumByOwner(manifests).get(pod.owner) ?? [])];
}

/** The same in the words of a NetworkPolicy: those of Cilium by their rule sets, of which these select the pods. */
export function plainPoliciesOf(pod: Pod, manifests: Manifests): readonly Manifest[] {
  return policiesOf(pod, manifests).flatMap((policy) =>
    groupKindOf(policy) === CILIUM_POLICY
      ? ciliumParts(policy)
          .map((part) => part.policy)
          .filter((part) => podsOfPolicy(part, manifests).includes(pod))
      : [policy],
  );
}

const budgetsByOwner = byOwner('policy/PodDisruptionBudget', podsOfBudget);
const policiesByOwner = byOwner('networking.k8s.io/NetworkPolicy', podsOfPolicy);
const ciliumByOwner = byOwner(CILIUM_POLICY, (policy, manifests) => [
  ...new Set(ciliumParts(policy).flatMap((part) => podsOfPolicy(part.policy, manifests))),
]);

/** By workload, the objects of a kind that select its pods. */
function byOwner(
  groupKind: string,
  podsOf: (object: Manifest, manifests: Manifests) => readonly Pod[],
): (manifests: Manifests) => Map<Manifest, Manifest[]> {
  return remembered((manifests: Manifests) =>
    groupByEach(manifests.all(groupKind), (object) => podsOf(object, manifests).map(({ owner }) => owner)),
  );
}
