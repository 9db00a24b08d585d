import { POD_KINDS } from '../../manifests/pods';
import { type Rule, RuleLevel } from '../rule';
import { textAt } from '../../manifests/fields';

export const ownServiceAccount: Rule = {
  id: 'own-service-account',
  level: RuleLevel.WARNING,
  kinds: POD_KINDS,
  what: 'Pods run as a ServiceAccount of their own.',
  why: 'Every pod without an account of its own may do whatever is granted to the account `default` of the namespace.',
  fix: 'add a ServiceAccount and name it in serviceAccountName',
  check: (object, manifests) => {
    const pod = manifests.podOf(object);
    // `serviceAccount` is the old name of the field; the API server still reads it where the new one is empty.
    const account =
      ['serviceAccountName', 'serviceAccount'].map((field) => textAt(pod?.spec, field)).find(Boolean) ?? 'default';
    return pod === undefined || account !== 'default'
      ? []
      : [{ path: [...pod.specPath, 'serviceAccountName'], message: 'the pod runs as the account `default`' }];
  },
};
