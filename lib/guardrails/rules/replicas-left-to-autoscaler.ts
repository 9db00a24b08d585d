import { at } from '../../manifests/fields';
import { showObject } from '../../manifests/manifest';
import { autoscalersOf } from '../../manifests/scaling';
import { type Rule, RuleLevel } from '../rule';

export const replicasLeftToAutoscaler: Rule = {
  id: 'replicas-left-to-autoscaler',
  level: RuleLevel.WARNING,
  what: 'A workload with an autoscaler has no number of replicas.',
  why: 'Each sync sets the number in Git, and the autoscaler its own: pods that take minutes to start are stopped and started again.',
  fix: 'leave spec.replicas out',
  check: (object, manifests) => {
    const [autoscaler] = at(object, 'spec', 'replicas') === undefined ? [] : autoscalersOf(object, manifests);
    return autoscaler === undefined
      ? []
      : [{ path: ['spec', 'replicas'], message: `${showObject(autoscaler)} sets the number too` }];
  },
};
