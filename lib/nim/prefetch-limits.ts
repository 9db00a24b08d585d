import { Duration } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-28';
import { invalid } from '../common/invalid';
import { requireSeconds } from '../common/quantities';
import type { ModelCache } from './model-cache';
import type { ModelCachePrefetchOptions } from './model-cache-options';

/** The name of a profile is a hash; it becomes the name of a directory. */
const PROFILE = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/;

/** Why a Job cannot fill a claim of an access mode. */
const NOT_FILLABLE: Partial<Record<PersistentVolumeAccessMode, string>> = {
  [PersistentVolumeAccessMode.READ_ONLY_MANY]: 'the Job could write nothing into it',
  [PersistentVolumeAccessMode.READ_WRITE_ONCE_POD]: 'the Job and the pod that waits for it both mount it',
};

/** Refuses a cache that a Job cannot fill for the pods. */
export function requireFillable({ kind, accessMode, prefetch, nimCache }: ModelCache): void {
  if (accessMode === undefined || prefetch !== undefined || nimCache !== undefined) {
    throw invalid({
      what: 'ModelCache.prefetched claim',
      value: kind,
      because:
        accessMode === undefined
          ? 'every pod has its own, which no Job can reach'
          : `${nimCache === undefined ? 'a Job' : 'the NIM Operator'} has filled it already`,
      instead: 'write ModelCache.prefetched(ModelCache.claim(…)), or name a claim with ModelCache.existingClaim(…)',
    });
  }
  const because = NOT_FILLABLE[accessMode];
  if (because !== undefined) {
    throw invalid({
      what: 'ModelCache.prefetched claim accessMode',
      value: accessMode,
      because,
      instead: 'write READ_WRITE_MANY, or READ_WRITE_ONCE for one replica',
    });
  }
}

/** NVIDIA's chart gives the download and the load onto the GPU half an hour; here the pull of the image comes on top. */
const DEFAULT_TIMEOUT = Duration.hours(1);

/** How long one attempt may take. */
export function fillTimeoutSeconds({ timeout = DEFAULT_TIMEOUT }: ModelCachePrefetchOptions): number {
  return requireSeconds('ModelCache.prefetched timeout', timeout);
}

/** Refuses what no Job could do. */
export function requirePrefetchOptions(options: ModelCachePrefetchOptions): void {
  const { profile } = options;
  if (profile !== undefined && !PROFILE.test(profile)) {
    throw invalid({
      what: 'ModelCache.prefetched profile',
      value: profile,
      because: 'it is the name of no profile: at most 128 letters, digits, "_", "." and "-"',
      instead: 'write the hash that `list-model-profiles` in the image prints',
    });
  }
  fillTimeoutSeconds(options);
}
