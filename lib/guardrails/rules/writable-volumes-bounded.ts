import { POD_KINDS } from '../../manifests/pods';
import { type Rule, RuleLevel } from '../rule';
import { at, fieldsAt, listAt } from '../../manifests/fields';
import { quantity } from '../../manifests/quantities';

export const writableVolumesBounded: Rule = {
  id: 'writable-volumes-bounded',
  level: RuleLevel.ERROR,
  kinds: POD_KINDS,
  what: 'Every emptyDir has a sizeLimit above zero.',
  why: 'Without one a pod fills the disk of its node, or with medium Memory its memory, and the kubelet evicts the neighbours.',
  fix: 'set emptyDir.sizeLimit, within the ephemeral-storage or memory limit of the containers',
  check: (object, manifests) => {
    const pod = manifests.podOf(object);
    return pod === undefined
      ? []
      : listAt(pod.spec, 'volumes').flatMap((volume, index) => {
          // The API server makes an emptyDir of a volume that says nothing.
          const isEmptyDir =
            at(volume, 'emptyDir') !== undefined || Object.keys(fieldsAt(volume)).every((key) => key === 'name');
          // The kubelet takes zero for no limit.
          return !isEmptyDir || (quantity(at(volume, 'emptyDir', 'sizeLimit')) ?? 0) > 0
            ? []
            : [
                {
                  path: [...pod.specPath, 'volumes', index, 'emptyDir', 'sizeLimit'],
                  message: 'nothing bounds the volume',
                },
              ];
        });
  },
};
