import { type Rule, RuleLevel, type Violation } from './rule';
import { at, listAt } from './support/fields';
import { groupKindOf } from './support/manifest';
import type { Pod } from './support/pods';

export const noServiceAccountToken: Rule = {
  id: 'no-service-account-token',
  level: RuleLevel.ERROR,
  what: 'Pods and their ServiceAccounts mount no token of the Kubernetes API.',
  why: 'A server that answers requests from outside does not call the API; a stolen token does.',
  fix: 'set automountServiceAccountToken: false on the pod and on the ServiceAccount',
  check: (object, manifests) => {
    if (groupKindOf(object) === '/ServiceAccount') {
      return at(object, 'automountServiceAccountToken') === false
        ? []
        : [{ path: ['automountServiceAccountToken'], message: 'pods of this account get a token' }];
    }
    const pod = manifests.podOf(object);
    return pod === undefined ? [] : podViolations(pod);
  },
};

function podViolations(pod: Pod): Violation[] {
  return [
    ...(at(pod.spec, 'automountServiceAccountToken') === false
      ? []
      : [{ path: [...pod.specPath, 'automountServiceAccountToken'], message: 'the pod gets a token' }]),
    ...listAt(pod.spec, 'volumes').flatMap((volume, index) =>
      listAt(volume, 'projected', 'sources').flatMap((source, place) =>
        at(source, 'serviceAccountToken') === undefined
          ? []
          : [
              {
                path: [...pod.specPath, 'volumes', index, 'projected', 'sources', place, 'serviceAccountToken'],
                message: 'the volume holds a token',
              },
            ],
      ),
    ),
  ];
}
