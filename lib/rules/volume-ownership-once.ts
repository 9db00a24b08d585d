import { type Rule, RuleLevel } from './rule';
import { at, listAt, textAt } from './support/fields';

export const volumeOwnershipOnce: Rule = {
  id: 'volume-ownership-once',
  level: RuleLevel.WARNING,
  what: 'The owner of the files of a persistent volume is changed only when it is wrong.',
  why: 'By default the kubelet changes the owner of every file at each start, which for a model of many files takes minutes; platforms such as OpenShift assign the group themselves.',
  fix: 'set securityContext.fsGroupChangePolicy: OnRootMismatch',
  check: (object, manifests) => {
    const pod = manifests.podOf(object);
    const context = at(pod?.spec, 'securityContext');
    return pod === undefined ||
      textAt(context, 'fsGroupChangePolicy') === 'OnRootMismatch' ||
      listAt(pod.spec, 'volumes').every((volume) => at(volume, 'persistentVolumeClaim') === undefined)
      ? []
      : [
          {
            path: [...pod.specPath, 'securityContext', 'fsGroupChangePolicy'],
            message: 'every start changes the owner of every file',
          },
        ];
  },
};
