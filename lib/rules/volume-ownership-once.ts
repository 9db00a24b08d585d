import { type Rule, RuleLevel } from './rule';
import { at, listAt, textAt } from './support/fields';

export const volumeOwnershipOnce: Rule = {
  id: 'volume-ownership-once',
  level: RuleLevel.WARNING,
  what: 'A pod with a volume group changes the owner of its persistent volumes only when it is wrong.',
  why: 'By default the kubelet changes the owner of every file at each start, which for a model of many files takes minutes.',
  fix: 'set securityContext.fsGroupChangePolicy: OnRootMismatch',
  check: (object, manifests) => {
    const pod = manifests.podOf(object);
    const context = at(pod?.spec, 'securityContext');
    const policy = textAt(context, 'fsGroupChangePolicy');
    const isRight = policy === 'OnRootMismatch' || (policy === undefined && at(context, 'fsGroup') === undefined);
    return pod === undefined ||
      isRight ||
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
