import { POD_KINDS } from '../../manifests/pods';
import { type Rule, RuleLevel } from '../rule';
import { mountsPersistently } from '../../manifests/claims';
import { textAt } from '../../manifests/fields';
import { isWithoutGroup } from './volume-group';

export const volumeOwnershipOnce: Rule = {
  id: 'volume-ownership-once',
  level: RuleLevel.WARNING,
  kinds: POD_KINDS,
  what: 'The owner of the files of a persistent volume is changed only when it is wrong.',
  why: 'By default the kubelet changes the owner of every file at each start, which for a model of many files takes minutes; platforms such as OpenShift assign the group themselves.',
  fix: 'set securityContext.fsGroupChangePolicy: OnRootMismatch',
  check: (object, manifests) => {
    const pod = manifests.podOf(object);
    if (pod === undefined || textAt(pod.spec, 'securityContext', 'fsGroupChangePolicy') === 'OnRootMismatch') {
      return [];
    }
    if (isWithoutGroup(pod)) {
      return [];
    }
    const persistent = mountsPersistently(pod);
    return persistent
      ? [
          {
            path: [...pod.specPath, 'securityContext', 'fsGroupChangePolicy'],
            message: 'every start changes the owner of every file',
          },
        ]
      : [];
  },
};
