import { type Rule, RuleLevel, type Violation } from '../rule';
import { at, listAt, textAt } from '../../manifests/fields';
import { groupKindOf, nameOf, namespaceOf } from '../../manifests/manifest';
import type { Manifests } from '../../manifests/manifests';
import { servingNims } from '../../manifests/nim';
import { type Pod, POD_KINDS } from '../../manifests/pods';
import { remembered } from '../../manifests/remembered';

const TOKEN_SECRET = 'kubernetes.io/service-account-token';
/** Where every client of the API looks for its token. /var/run is a link to /run in most images. */
const TOKEN_DIRECTORY = /^(\/var)?\/run\/secrets\/kubernetes\.io\/serviceaccount(\/|$)/;

export const noServiceAccountToken: Rule = {
  id: 'no-service-account-token',
  level: RuleLevel.ERROR,
  kinds: [...POD_KINDS, '/Secret', '/ServiceAccount'],
  what: 'Pods and their ServiceAccounts mount no token of the Kubernetes API, unless a binding among the manifests gives the account rights and the pod is no NIM; no Secret asks for a token.',
  why: 'A server that answers requests from outside does not call the API; a stolen token does.',
  fix: 'set automountServiceAccountToken: false on the pod and on the ServiceAccount, and remove Secrets and volumes with a token',
  check: (object, manifests) => {
    if (groupKindOf(object) === '/ServiceAccount') {
      return at(object, 'automountServiceAccountToken') === false ||
        isBound(nameOf(object), namespaceOf(object), manifests)
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
    return pod === undefined ? [] : podViolations(pod, manifests);
  },
};

/** Whether the manifests give an account rights, so that its pods are meant to call the API. */
function isBound(account: string, namespace: string, manifests: Manifests): boolean {
  return boundAccounts(manifests).has(`${namespace}/${account}`);
}

const boundAccounts = remembered(
  (manifests: Manifests) =>
    new Set(
      BINDINGS.flatMap((kind) => manifests.all(kind)).flatMap((binding) =>
        listAt(binding, 'subjects')
          .filter((subject) => textAt(subject, 'kind') === 'ServiceAccount')
          .map((subject) => `${textAt(subject, 'namespace') ?? namespaceOf(binding)}/${textAt(subject, 'name') ?? ''}`),
      ),
    ),
);

const BINDINGS = ['rbac.authorization.k8s.io/RoleBinding', 'rbac.authorization.k8s.io/ClusterRoleBinding'];

/** A NIM has no use for the API, whatever its account may do. */
function mayHaveToken(pod: Pod, manifests: Manifests): boolean {
  const account = textAt(pod.spec, 'serviceAccountName') ?? 'default';
  return isBound(account, pod.namespace, manifests) && servingNims(pod).length === 0;
}

function podViolations(pod: Pod, manifests: Manifests): Violation[] {
  return [
    ...(at(pod.spec, 'automountServiceAccountToken') === false || mayHaveToken(pod, manifests)
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

/** A token from a Secret, mounted where Kubernetes would mount one. An emptyDir there only hides a token. */
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
