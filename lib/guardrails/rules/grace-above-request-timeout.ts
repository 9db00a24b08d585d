import { POD_KINDS } from '../../manifests/pods';
import { type Rule, RuleLevel } from '../rule';
import { numberAt } from '../../manifests/fields';
import { factsOfContainer, requestTimeoutOf, servingNims } from '../../manifests/nim';

/** What the API server sets. */
const DEFAULT_GRACE_SECONDS = 30;

export const graceAboveRequestTimeout: Rule = {
  id: 'grace-above-request-timeout',
  level: RuleLevel.ERROR,
  kinds: POD_KINDS,
  what: 'A pod may take longer to stop than its NIM may take for one request, or what NVIDIA gives a NIM without such a limit.',
  why: 'Otherwise every update cuts off the requests that are still running.',
  fix: 'set terminationGracePeriodSeconds above the request timeout of the NIM (120 s in 2.x unless set), or to 60 s for 1.x',
  check: (object, manifests) => {
    const pod = manifests.podOf(object);
    if (pod === undefined) {
      return [];
    }
    const grace = numberAt(pod.spec, 'terminationGracePeriodSeconds') ?? DEFAULT_GRACE_SECONDS;
    return servingNims(pod).flatMap((container) => {
      const timeout = requestTimeoutOf(container);
      const least = timeout === undefined ? factsOfContainer(container)?.gracePeriodSeconds : timeout + 1;
      return least === undefined || grace >= least
        ? []
        : [
            {
              path: [...pod.specPath, 'terminationGracePeriodSeconds'],
              message: `the grace period is ${grace} s, and the NIM needs at least ${least} s`,
            },
          ];
    });
  },
};
