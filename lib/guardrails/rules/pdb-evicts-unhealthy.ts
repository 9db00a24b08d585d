import { type Rule, RuleLevel } from '../rule';
import { textAt } from '../../manifests/fields';

export const pdbEvictsUnhealthy: Rule = {
  id: 'pdb-evicts-unhealthy',
  level: RuleLevel.WARNING,
  kinds: ['policy/PodDisruptionBudget'],
  what: 'A PodDisruptionBudget lets pods go that are not ready.',
  why: 'A pod that still loads its model, or fails again and again, serves nobody and would hold up the drain of its node.',
  fix: 'set unhealthyPodEvictionPolicy: AlwaysAllow',
  check: (object) =>
    textAt(object, 'spec', 'unhealthyPodEvictionPolicy') !== 'AlwaysAllow'
      ? [{ path: ['spec', 'unhealthyPodEvictionPolicy'], message: 'pods that are not ready count as needed' }]
      : [],
};
