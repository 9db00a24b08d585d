import { at } from './fields';
import { groupByEach } from './grouping';
import { type Manifest, namespaceOf } from './manifest';
import type { Manifests } from './manifests';
import type { Pod } from './pods';
import { remembered } from './remembered';
import { isEmptySelector } from './selectors';

/** The pods of a Service. Without a selector it has none of its own. */
export function podsOfService(service: Manifest, manifests: Manifests): readonly Pod[] {
  const selector = { matchLabels: at(service, 'spec', 'selector') };
  return isEmptySelector(selector) ? [] : manifests.podsSelectedBy(namespaceOf(service), selector);
}

/** The pods of a PodDisruptionBudget. Without a selector it is about no pod; a NetworkPolicy is about all. */
export function podsOfBudget(budget: Manifest, manifests: Manifests): readonly Pod[] {
  const selector = at(budget, 'spec', 'selector');
  return selector === undefined ? [] : manifests.podsSelectedBy(namespaceOf(budget), selector);
}

/** The pods of a NetworkPolicy. */
export function podsOfPolicy(policy: Manifest, manifests: Manifests): readonly Pod[] {
  return manifests.podsSelectedBy(namespaceOf(policy), at(policy, 'spec', 'podSelector'));
}

/** The PodDisruptionBudgets that select the pods of a workload. */
export function budgetsOf(pod: Pod, manifests: Manifests): readonly Manifest[] {
  return budgetsByOwner(manifests).get(pod.owner) ?? [];
}

/** The NetworkPolicies that select the pods of a workload. */
export function policiesOf(pod: Pod, manifests: Manifests): readonly Manifest[] {
  return policiesByOwner(manifests).get(pod.owner) ?? [];
}

const budgetsByOwner = byOwner('policy/PodDisruptionBudget', podsOfBudget);
const policiesByOwner = byOwner('networking.k8s.io/NetworkPolicy', podsOfPolicy);

/** By workload, the objects of a kind that select its pods. */
function byOwner(
  groupKind: string,
  podsOf: (object: Manifest, manifests: Manifests) => readonly Pod[],
): (manifests: Manifests) => Map<Manifest, Manifest[]> {
  return remembered((manifests: Manifests) =>
    groupByEach(manifests.all(groupKind), (object) => podsOf(object, manifests).map(({ owner }) => owner)),
  );
}
