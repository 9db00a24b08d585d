import { Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { defined } from '../common/defined';
import { requireBytes, sizeQuantity } from '../common/quantities';
import type { CachePlace } from './cache-place';
import type { ModelCache } from './model-cache';
import type { PodPart } from './pod-part';
import { type RuntimeFacts, SHARED_MEMORY_PATH } from './runtime-facts';

/** NVIDIA's instructions for Docker: --shm-size=16GB */
const DEFAULT_SHARED_MEMORY = Size.gibibytes(16);
const DEFAULT_TMP = Size.gibibytes(4);
/** Bound of each path that the NIM writes to, other than the model. */
const SCRATCH_SIZE = Size.gibibytes(4);

const CACHE_VOLUME = 'model-cache';
/** Where a container mounts the mark of a filled cache. It is empty. */
const COMPLETE_PATH = '/mnt/model-complete';

/**
 * The model, where the NIM looks for it.
 *
 * @param claimName the claim that backs the cache; none where it is an emptyDir.
 */
export function modelCachePart(cache: ModelCache, claimName: string | undefined, facts: RuntimeFacts): PodPart {
  const name = CACHE_VOLUME;
  if (cache.ephemeralLimit !== undefined) {
    return scratchPart('ModelCache.ephemeral sizeLimit', name, facts.modelPath, cache.ephemeralLimit);
  }
  const readOnly = cache.readOnly ? true : undefined;
  return {
    from: 'NimDeployment modelCache',
    volumes: claimName === undefined ? [] : [{ name, persistentVolumeClaim: defined({ claimName, readOnly }) }],
    mounts: [defined({ name, mountPath: facts.modelPath, subPath: cache.subPath, readOnly })],
  };
}

/**
 * The model that a Job has put into a claim. The kubelet makes the directories of a mount that are missing, but not in a volume that
 * is read-only: there the pod waits, and the kubelet tries again. So the mark of a filled cache is what holds the pod up.
 */
export function prefetchedCachePart(claimName: string, facts: RuntimeFacts, place: CachePlace): PodPart {
  return {
    from: 'NimDeployment modelCache',
    volumes: [{ name: CACHE_VOLUME, persistentVolumeClaim: { claimName, readOnly: true } }],
    mounts: [
      { name: CACHE_VOLUME, mountPath: facts.modelPath, subPath: place.model, readOnly: true },
      { name: CACHE_VOLUME, mountPath: COMPLETE_PATH, subPath: place.complete, readOnly: true },
    ],
  };
}

/** The model for the container that downloads it. */
export function fillingCachePart(claimName: string, facts: RuntimeFacts, place: CachePlace): PodPart {
  return {
    from: 'NimDeployment modelCache',
    volumes: [{ name: CACHE_VOLUME, persistentVolumeClaim: { claimName } }],
    mounts: [{ name: CACHE_VOLUME, mountPath: facts.modelPath, subPath: place.model }],
  };
}

/** What makes the kubelet set the mark, once the container that has it starts. */
export function completionPart(place: CachePlace): PodPart {
  return {
    from: 'the mark of a filled cache',
    mounts: [{ name: CACHE_VOLUME, mountPath: COMPLETE_PATH, subPath: place.complete }],
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
