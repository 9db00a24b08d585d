import { type Rule, RuleLevel } from '../rule';
import { at, numberAt } from '../../manifests/fields';
import { probeWindow } from '../../manifests/nim';

/** What the API server sets. */
const DEFAULT_DEADLINE_SECONDS = 600;

export const progressDeadlineAboveStartup: Rule = {
  id: 'progress-deadline-above-startup',
  level: RuleLevel.ERROR,
  kinds: ['apps/Deployment'],
  what: 'A Deployment waits longer for progress than its slowest container may take to start.',
  why: 'Otherwise the rollout counts as failed, and Argo CD as degraded, while the model is still loading.',
  fix: 'set spec.progressDeadlineSeconds above startupProbe.failureThreshold × periodSeconds, with time to pull the image',
  check: (object, manifests) => {
    const pod = manifests.podOf(object);
    if (pod === undefined) {
      return [];
    }
    const deadline = numberAt(object, 'spec', 'progressDeadlineSeconds') ?? DEFAULT_DEADLINE_SECONDS;
    const windows = pod.containers
      .map(({ fields }) => at(fields, 'startupProbe'))
      .map((probe) => (probe === undefined ? 0 : probeWindow(probe)));
    const startup = Math.max(0, ...windows);
    return deadline > startup
      ? []
      : [
          {
            path: ['spec', 'progressDeadlineSeconds'],
            message: `the deadline is ${deadline} s, and a container may take ${startup} s to start`,
          },
        ];
  },
};
