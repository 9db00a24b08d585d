import { POD_KINDS } from '../../manifests/pods';
import { type Rule, RuleLevel } from '../rule';
import { listAt, textAt } from '../../manifests/fields';
import { replicasOf } from '../../manifests/scaling';

const NODE = 'kubernetes.io/hostname';

export const replicasSpread: Rule = {
  id: 'replicas-spread',
  level: RuleLevel.WARNING,
  kinds: POD_KINDS,
  what: 'Several replicas ask for different nodes.',
  why: 'All replicas on one node are lost with that node.',
  fix: 'add a topologySpreadConstraint or a podAntiAffinity term with topologyKey kubernetes.io/hostname',
  check: (object, manifests) => {
    const pod = (replicasOf(object, manifests) ?? 1) > 1 ? manifests.podOf(object) : undefined;
    if (pod === undefined) {
      return [];
    }
    const affinity = ['affinity', 'podAntiAffinity'];
    const keys = [
      ...listAt(pod.spec, 'topologySpreadConstraints').map((constraint) => textAt(constraint, 'topologyKey')),
      ...listAt(pod.spec, ...affinity, 'requiredDuringSchedulingIgnoredDuringExecution').map((term) =>
        textAt(term, 'topologyKey'),
      ),
      ...listAt(pod.spec, ...affinity, 'preferredDuringSchedulingIgnoredDuringExecution').map((term) =>
        textAt(term, 'podAffinityTerm', 'topologyKey'),
      ),
    ];
    return keys.includes(NODE)
      ? []
      : [
          {
            path: [...pod.specPath, 'topologySpreadConstraints'],
            message: 'nothing keeps the replicas from sharing a node',
          },
        ];
  },
};
