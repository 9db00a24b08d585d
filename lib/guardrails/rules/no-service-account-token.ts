import { type Rule, RuleLevel, type Violation } from '../rule';
import { at, listAt, textAt } from '../../manifests/fields';
import { groupKindOf } from '../../manifests/manifest';
import type { Pod } from '../../manifests/pods';

const TOKEN_SECRET = 'kubernetes.io/service-account-token';
/** Where every client of the API looks for its token. /var/run is a link to /run in most images. */
const TOKEN_DIRECTORY = /^(\/var)?\/run\/secrets\/kubernetes\.io\/serviceaccount(\/|$)/;

export const noServiceAccountToken: Rule = {
  id: 'no-service-account-token',
  level: RuleLevel.ERROR,
  what: 'Pods and their ServiceAccounts mount no token of the Kubernetes API, and no Secret asks for one.',
  why: 'A server that answers requests from outside does not call the API; a stolen token does.',
  fix: 'set automountServiceAccountToken: false on the pod and on the ServiceAccount, and remove Secrets and volumes with a token',
  check: (object, manifests) => {
    if (groupKindOf(object) === '/ServiceAccount') {
      return at(object, 'automountServiceAccountToken') === false
        ? []
        : [{ path: ['automountServiceAccountToken'], message: 'pods of this account get a token' }];
    }
    if (groupKindOf(object) === '/Secret') {
      return at(object, 'type') === TOKEN_SECRET
        ? [
            {
              path: ['type'],
              message: `Kubernetes fills a Secret of type ${TOKEN_SECRET} with a token that never expires`,
            },
          ]
        : [];
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
    ...secretsInTokenDirectory(pod),
  ];
}

/** A token that was kept in a Secret, mounted as if Kubernetes had done it. An emptyDir there only hides a token. */
function secretsInTokenDirectory(pod: Pod): Violation[] {
  const secrets = new Set(
    listAt(pod.spec, 'volumes')
      .filter(
        (volume) =>
          at(volume, 'secret') !== undefined ||
          at(volume, 'csi') !== undefined ||
          listAt(volume, 'projected', 'sources').some((source) => at(source, 'secret') !== undefined),
      )
      .map((volume) => textAt(volume, 'name')),
  );
  return pod.containers.flatMap(({ fields, path }) =>
    listAt(fields, 'volumeMounts').flatMap((mount, index) => {
      const directory = textAt(mount, 'mountPath') ?? '';
      return secrets.has(textAt(mount, 'name')) && TOKEN_DIRECTORY.test(directory)
        ? [
            {
              path: [...path, 'volumeMounts', index, 'mountPath'],
              message: `a Secret is mounted at ${directory}, where clients of the API look for a token`,
            },
          ]
        : [];
    }),
  );
}
