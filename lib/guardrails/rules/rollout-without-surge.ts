import { type Rule, RuleLevel, type Violation } from '../rule';
import { singleNodeClaims } from '../../manifests/claims';
import { at, textAt } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import { servingNims } from '../../manifests/nim';

export const rolloutWithoutSurge: Rule = {
  id: 'rollout-without-surge',
  level: RuleLevel.WARNING,
  kinds: ['apps/Deployment'],
  what: 'An update of a NIM, or of pods on a ReadWriteOnce volume, ends an old pod before it starts a new one.',
  why: 'A new pod that needs a GPU or a volume which an old pod still holds never starts, and the old one waits for it.',
  fix: 'set strategy.rollingUpdate with maxSurge: 0 and maxUnavailable: 1, or strategy.type: Recreate',
  check: (object, manifests) => {
    const pod = manifests.podOf(object);
    return pod !== undefined && (servingNims(pod).length > 0 || singleNodeClaims(pod, manifests).length > 0)
      ? surgeViolations(object)
      : [];
  },
};

function surgeViolations(deployment: Manifest): Violation[] {
  const surge = at(deployment, 'spec', 'strategy', 'rollingUpdate', 'maxSurge') ?? '25%';
  return textAt(deployment, 'spec', 'strategy', 'type') === 'Recreate' || surge === 0 || surge === '0%'
    ? []
    : [
        {
          path: ['spec', 'strategy', 'rollingUpdate', 'maxSurge'],
          message: `an update starts new pods beside the old ones: maxSurge is ${JSON.stringify(surge)}`,
        },
      ];
}
