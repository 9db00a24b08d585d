import { Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { defined } from '../common/defined';
import { requireBytes, sizeQuantity } from '../common/quantities';
import type { ModelCache } from './model-cache';
import type { PodPart } from './pod-part';
import { type RuntimeFacts, SHARED_MEMORY_PATH } from './runtime-facts';

/** NVIDIA's instructions for Docker: --shm-size=16GB */
const DEFAULT_SHARED_MEMORY = Size.gibibytes(16);
const DEFAULT_TMP = Size.gibibytes(4);
/** Bound of each path that the NIM writes to, other than the model. */
const SCRATCH_SIZE = Size.gibibytes(4);

/**
 * The model, where the NIM looks for it.
 *
 * @param claimName the claim that backs the cache; none where it is an emptyDir.
 */
export function modelCachePart(cache: ModelCache, claimName: string | undefined, facts: RuntimeFacts): PodPart {
  const name = 'model-cache';
  if (cache.ephemeralLimit !== undefined) {
    return scratchPart('ModelCache.ephemeral sizeLimit', name, facts.modelPath, cache.ephemeralLimit);
  }
  const readOnly = cache.readOnly ? true : undefined;
  return {
    from: 'NimDeployment modelCache',
    volumes: claimName === undefined ? [] : [{ name, persistentVolumeClaim: defined({ claimName, readOnly }) }],
    mounts: [defined({ name, mountPath: facts.modelPath, readOnly })],
  };
}

/** Further paths that the NIM writes to. */
export function scratchParts(facts: RuntimeFacts, readOnlyRootFilesystem: boolean): PodPart[] {
  return facts
    .scratchPaths(readOnlyRootFilesystem)
    .map((path, index) => scratchPart(`scratch volume ${path}`, `scratch-${index}`, path, SCRATCH_SIZE));
}

/** `/tmp` */
export function tmpPart(size: Size = DEFAULT_TMP): PodPart {
  return scratchPart('NimDeployment tmpSize', 'tmp', '/tmp', size);
}

/** `/dev/shm` */
export function sharedMemoryPart(size: Size = DEFAULT_SHARED_MEMORY): PodPart {
  const from = 'NimDeployment sharedMemorySize';
  return {
    from,
    volumes: [{ name: 'shared-memory', emptyDir: { medium: 'Memory', sizeLimit: quantity(from, size) } }],
    mounts: [{ name: 'shared-memory', mountPath: SHARED_MEMORY_PATH }],
    memoryBytes: requireBytes(from, size),
  };
}

/** An emptyDir on disk with its bound. */
function scratchPart(from: string, name: string, mountPath: string, size: Size): PodPart {
  return {
    from,
    volumes: [{ name, emptyDir: { sizeLimit: quantity(from, size) } }],
    mounts: [{ name, mountPath }],
    diskBytes: requireBytes(from, size),
  };
}

function quantity(what: string, size: Size): k8s.Quantity {
  return k8s.Quantity.fromString(sizeQuantity(what, size));
}
