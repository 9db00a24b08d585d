import { POD_KINDS } from '../../manifests/pods';
import { type Rule, RuleLevel } from '../rule';
import { servingNims } from '../../manifests/nim';
import { replicasOf } from '../../manifests/scaling';
import { budgetsOf } from '../../manifests/selecting';

export const replicasHavePdb: Rule = {
  id: 'replicas-have-pdb',
  level: RuleLevel.WARNING,
  kinds: POD_KINDS,
  what: 'Several replicas, and every NIM, have a PodDisruptionBudget.',
  why: 'Without one a drain of several nodes may end all replicas at once, and a NIM takes many minutes to come back.',
  fix: 'add a PodDisruptionBudget with maxUnavailable: 1 that selects the pods',
  check: (object, manifests) => {
    const pod = manifests.podOf(object);
    const matters = pod !== undefined && ((replicasOf(object, manifests) ?? 1) > 1 || servingNims(pod).length > 0);
    return matters && budgetsOf(pod, manifests).length === 0
      ? [{ path: [...pod.path, 'metadata', 'labels'], message: 'no PodDisruptionBudget selects the pods' }]
      : [];
  },
};
