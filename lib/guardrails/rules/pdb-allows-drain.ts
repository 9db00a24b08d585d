import { type Rule, RuleLevel, type Violation } from '../rule';
import { at, scalarText } from '../../manifests/fields';
import { type Manifest, showObject } from '../../manifests/manifest';
import type { Manifests } from '../../manifests/manifests';
import { leastReplicasOf } from '../../manifests/scaling';
import { budgetsOf, podsOfBudget } from '../../manifests/selecting';

export const pdbAllowsDrain: Rule = {
  id: 'pdb-allows-drain',
  level: RuleLevel.ERROR,
  kinds: ['policy/PodDisruptionBudget'],
  what: 'A PodDisruptionBudget lets at least one of its pods go, and no other budget selects its pods.',
  why: 'Otherwise no node with such a pod can be drained, and cluster upgrades stop; a pod with two budgets is never evicted.',
  fix: 'set maxUnavailable: 1, or a minAvailable below the number of replicas, and keep one budget for each pod',
  check: (object, manifests) => [...keepsEveryPod(object, manifests), ...secondBudget(object, manifests)],
};

function keepsEveryPod(budget: Manifest, manifests: Manifests): Violation[] {
  const maxUnavailable = at(budget, 'spec', 'maxUnavailable');
  if (maxUnavailable === 0 || maxUnavailable === '0%') {
    return [{ path: ['spec', 'maxUnavailable'], message: 'no pod may ever be evicted' }];
  }
  const minAvailable = at(budget, 'spec', 'minAvailable');
  return keepsAll(minAvailable, numberOfPods(budget, manifests))
    ? [
        {
          path: ['spec', 'minAvailable'],
          message: `${JSON.stringify(minAvailable)} keeps every pod, so none may ever be evicted`,
        },
      ]
    : [];
}

/** The API server refuses to evict a pod that two budgets select. */
function secondBudget(budget: Manifest, manifests: Manifests): Violation[] {
  const [other] = podsOfBudget(budget, manifests).flatMap(
    (pod) => budgetsOf(pod, manifests).find((of) => of !== budget) ?? [],
  );
  return other === undefined
    ? []
    : [{ path: ['spec', 'selector'], message: `${showObject(other)} selects its pods as well` }];
}

/** How many pods the budget counts; `undefined` where a workload does not say. At least one, because workloads that are scaled to zero come back. */
function numberOfPods(budget: Manifest, manifests: Manifests): number | undefined {
  const counts = podsOfBudget(budget, manifests).map(({ owner }) => leastReplicasOf(owner, manifests));
  return counts.length === 0 || counts.includes(undefined)
    ? undefined
    : Math.max(
        1,
        counts.reduce<number>((sum, count) => sum + (count ?? 0), 0),
      );
}

function keepsAll(minAvailable: unknown, pods: number | undefined): boolean {
  if (typeof minAvailable === 'number') {
    return pods !== undefined && minAvailable >= pods;
  }
  const percent = Number(/^(\d+)%$/.exec(scalarText(minAvailable) ?? '')?.[1]);
  return percent >= 100 || (pods !== undefined && Math.ceil((percent / 100) * pods) >= pods);
}
