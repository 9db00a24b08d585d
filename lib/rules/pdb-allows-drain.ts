import { type Rule, RuleLevel } from './rule';
import { at } from './support/fields';
import { groupKindOf, type Manifest, namespaceOf } from './support/manifest';
import type { Manifests } from './support/manifests';
import { leastReplicasOf } from './support/workloads';

export const pdbAllowsDrain: Rule = {
  id: 'pdb-allows-drain',
  level: RuleLevel.ERROR,
  what: 'A PodDisruptionBudget lets at least one of its pods go.',
  why: 'Otherwise no node with such a pod can be drained, and cluster upgrades stop.',
  fix: 'set maxUnavailable: 1, or a minAvailable below the number of replicas',
  check: (object, manifests) => {
    if (groupKindOf(object) !== 'policy/PodDisruptionBudget') {
      return [];
    }
    const maxUnavailable = at(object, 'spec', 'maxUnavailable');
    if (maxUnavailable === 0 || maxUnavailable === '0%') {
      return [{ path: ['spec', 'maxUnavailable'], message: 'no pod may ever be evicted' }];
    }
    const minAvailable = at(object, 'spec', 'minAvailable');
    return keepsAll(minAvailable, podsOf(object, manifests))
      ? [
          {
            path: ['spec', 'minAvailable'],
            message: `${JSON.stringify(minAvailable)} keeps every pod, so none may ever be evicted`,
          },
        ]
      : [];
  },
};

/** How many pods the budget counts, at least one, for workloads scaled to zero come back; nothing where one does not say it. */
function podsOf(budget: Manifest, manifests: Manifests): number | undefined {
  const counts = manifests
    .podsSelectedBy(namespaceOf(budget), at(budget, 'spec', 'selector'))
    .map(({ owner }) => leastReplicasOf(owner, manifests));
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
  const percent = Number(/^(\d+)%$/.exec(String(minAvailable))?.[1]);
  return percent >= 100 || (pods !== undefined && Math.ceil((percent / 100) * pods) >= pods);
}
