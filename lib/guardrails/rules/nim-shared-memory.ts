import { at, isFields, listAt, textAt } from '../../manifests/fields';
import { factsOfContainer, servingNims } from '../../manifests/nim';
import { type Container, type Pod, POD_KINDS } from '../../manifests/pods';
import { SHARED_MEMORY_PATH } from '../../nim/runtime-facts';
import { type Rule, RuleLevel } from '../rule';

export const nimSharedMemory: Rule = {
  id: 'nim-shared-memory',
  level: RuleLevel.WARNING,
  kinds: POD_KINDS,
  what: `A NIM of the generation 1.x has a volume in memory at ${SHARED_MEMORY_PATH}.`,
  why: 'Without one its processes share 64 MiB, and fail when requests are large; NVIDIA starts it with 16 GB.',
  fix: `mount an emptyDir with medium: Memory and a sizeLimit at ${SHARED_MEMORY_PATH}; it counts against the memory limit`,
  check: (object, manifests) => {
    const pod = manifests.podOf(object);
    return pod === undefined
      ? []
      : servingNims(pod).flatMap((nim) => {
          const message = factsOfContainer(nim)?.needsSharedMemory === true ? sharedMemoryFault(nim, pod) : undefined;
          return message === undefined ? [] : [{ path: [...nim.path, 'volumeMounts'], message }];
        });
  },
};

function sharedMemoryFault(nim: Container, pod: Pod): string | undefined {
  const mount = listAt(nim.fields, 'volumeMounts').find(
    (other) => textAt(other, 'mountPath')?.replace(/\/+$/, '') === SHARED_MEMORY_PATH,
  );
  if (mount === undefined) {
    return `no volume is mounted at ${SHARED_MEMORY_PATH}, so there are 64 MiB`;
  }
  const volume = listAt(pod.spec, 'volumes').find((other) => at(other, 'name') === at(mount, 'name'));
  const directory = at(volume, 'emptyDir');
  return isFields(directory) && at(directory, 'medium') !== 'Memory'
    ? `the volume at ${SHARED_MEMORY_PATH} is on disk`
    : undefined;
}
