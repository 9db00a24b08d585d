import { type Rule, RuleLevel } from '../rule';
import { at } from '../../manifests/fields';
import { nameOf } from '../../manifests/manifest';
import { isNim } from '../../manifests/nim';

const ENFORCE = 'pod-security.kubernetes.io/enforce';

export const namespacePodSecurity: Rule = {
  id: 'namespace-pod-security',
  level: RuleLevel.WARNING,
  kinds: ['/Namespace'],
  what: 'A Namespace among the manifests in which a NIM runs enforces the Pod Security Standard `restricted`.',
  why: 'These rules see the pods of the manifests; only the API server can refuse those that somebody starts beside them.',
  fix: `set the label ${ENFORCE}: restricted on the Namespace`,
  check: (object, manifests) => {
    const level = at(object, 'metadata', 'labels', ENFORCE);
    const hasNim = manifests.podsSelectedBy(nameOf(object), {}).some((pod) => pod.containers.some(isNim));
    return level === 'restricted' || !hasNim
      ? []
      : [
          {
            path: ['metadata', 'labels', ENFORCE],
            message:
              level === undefined
                ? 'it enforces no Pod Security Standard beside the default of the cluster'
                : `it enforces ${JSON.stringify(level)} instead of restricted`,
          },
        ];
  },
};
