import { Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { defined } from '../common/defined';
import { requireBytes, sizeQuantity } from '../common/quantities';
import type { PodSpec } from './pod-spec';
import { factsOf } from './runtime-facts';

/** The volumes of a pod, and where the NIM mounts them. */
export interface PodVolumes {
  readonly volumes: k8s.Volume[];
  readonly mounts: k8s.VolumeMount[];
  readonly cacheMounts: k8s.VolumeMount[];
  readonly tmpMount: k8s.VolumeMount;
  /** Upper bound of what the emptyDirs on disk may take. */
  readonly emptyDirBytes: number;
  readonly sharedMemory: Size;
}

/** NVIDIA's instructions for Docker: --shm-size=16GB */
const DEFAULT_SHARED_MEMORY = Size.gibibytes(16);
const DEFAULT_TMP = Size.gibibytes(4);
/** Bound of each scratch path of the NIM other than the model. */
const SCRATCH_SIZE = Size.gibibytes(4);

/** An emptyDir on disk with its bound. */
interface Scratch {
  readonly name: string;
  readonly mountPath: string;
  readonly size: Size;
  /** Where the bound comes from, for errors. */
  readonly what: string;
}

export function podVolumes(pod: PodSpec): PodVolumes {
  const { modelCache, props } = pod;
  const facts = factsOf(pod.runtime);
  const cache = { name: 'model-cache', mountPath: facts.modelPath };
  const ephemeralCache: Scratch[] =
    modelCache.ephemeralLimit === undefined
      ? []
      : [{ ...cache, size: modelCache.ephemeralLimit, what: 'ModelCache.ephemeral sizeLimit' }];
  const tmp = { name: 'tmp', mountPath: '/tmp', size: props.tmpSize ?? DEFAULT_TMP, what: 'NimDeployment tmpSize' };
  const scratch: Scratch[] = [
    ...ephemeralCache,
    ...facts.scratchPaths(pod.profile.readOnlyRootFilesystem).map((mountPath, index) => ({
      name: `scratch-${index}`,
      mountPath,
      size: SCRATCH_SIZE,
      what: `scratch volume ${mountPath}`,
    })),
    tmp,
  ];
  const sharedMemory = props.sharedMemorySize ?? DEFAULT_SHARED_MEMORY;
  const readOnly = modelCache.readOnly ? true : undefined;
  const cacheMounts = [defined({ ...cache, readOnly })];
  return {
    volumes: [
      ...(pod.modelCacheClaimName === undefined
        ? []
        : [{ name: cache.name, persistentVolumeClaim: defined({ claimName: pod.modelCacheClaimName, readOnly }) }]),
      ...scratch.map(({ name, size, what }) => ({ name, emptyDir: { sizeLimit: quantity(what, size) } })),
      {
        name: 'shared-memory',
        emptyDir: { medium: 'Memory', sizeLimit: quantity('NimDeployment sharedMemorySize', sharedMemory) },
      },
    ],
    mounts: [
      ...(pod.modelCacheClaimName === undefined ? [] : cacheMounts),
      ...scratch.map(({ name, mountPath }) => ({ name, mountPath })),
      { name: 'shared-memory', mountPath: '/dev/shm' },
    ],
    cacheMounts,
    tmpMount: { name: tmp.name, mountPath: tmp.mountPath },
    emptyDirBytes: scratch.reduce((sum, { size, what }) => sum + requireBytes(what, size), 0),
    sharedMemory,
  };
}

function quantity(what: string, size: Size): k8s.Quantity {
  return k8s.Quantity.fromString(sizeQuantity(what, size));
}
