import type { Duration, Size } from 'cdk8s';
import { type ContainerResources, PersistentVolumeAccessMode } from 'cdk8s-plus-28';
import { duration, size } from '../common/cdk8s-kinds';
import { instanceOf } from '../common/class-kinds';
import { enumOf, listOf, text } from '../common/kinds';
import { optional, type PropTable, required } from '../common/props';
import { ContainerImage } from './container-image';
import { containerResources } from './pod-kinds';

/** Options of `ModelCache.claim`. */
export interface ModelCacheClaimOptions {
  /**
   * Size of the volume.
   * @default Size.gibibytes(50) - NVIDIA's chart, the NIM Operator's samples and the RAG blueprint
   */
  readonly size?: Size;
  /**
   * Storage class.
   * @default - the cluster's default storage class
   */
  readonly storageClassName?: string;
  /**
   * Access mode. More than one replica needs `READ_WRITE_MANY`.
   * @default PersistentVolumeAccessMode.READ_WRITE_ONCE
   */
  readonly accessMode?: PersistentVolumeAccessMode;
}

export const MODEL_CACHE_CLAIM_OPTIONS: PropTable<ModelCacheClaimOptions> = {
  size: optional(size),
  storageClassName: optional(text),
  accessMode: optional(enumOf({ PersistentVolumeAccessMode })),
};

/** Options of `ModelCache.existingClaim`. */
export interface ModelCacheExistingClaimOptions {
  /**
   * The access mode that the claim has. More than one replica needs `READ_WRITE_MANY` or `READ_ONLY_MANY`;
   * `READ_ONLY_MANY` is mounted read-only, so the model must be in it already.
   * @default PersistentVolumeAccessMode.READ_WRITE_ONCE
   */
  readonly accessMode?: PersistentVolumeAccessMode;
  /**
   * The directory of the volume that is mounted, or that a Job makes its directories in.
   * @default - the root of the volume
   */
  readonly subPath?: string;
}

export const MODEL_CACHE_EXISTING_CLAIM_OPTIONS: PropTable<ModelCacheExistingClaimOptions> = {
  accessMode: optional(enumOf({ PersistentVolumeAccessMode })),
  subPath: optional(text),
};

/** Options of `ModelCache.fromNimOperator`. */
export interface ModelCacheNimOperatorOptions extends ModelCacheExistingClaimOptions {
  /** Name of the NIMCache: the model of a 2.x image is in a directory of that name. */
  readonly nimCache: string;
}

export const MODEL_CACHE_NIM_OPERATOR_OPTIONS: PropTable<ModelCacheNimOperatorOptions> = {
  ...MODEL_CACHE_EXISTING_CLAIM_OPTIONS,
  nimCache: required(text),
};

/** Options of `ModelCache.ephemeral`. */
export interface ModelCacheEphemeralOptions {
  /**
   * Upper bound of the emptyDir. It counts as ephemeral storage of the pod, which asks the node for it.
   * @default Size.gibibytes(50)
   */
  readonly sizeLimit?: Size;
}

export const MODEL_CACHE_EPHEMERAL_OPTIONS: PropTable<ModelCacheEphemeralOptions> = {
  sizeLimit: optional(size),
};

/** Options of `ModelCache.prefetched`. */
export interface ModelCachePrefetchOptions {
  /**
   * The one profile of the model to download and to serve, as `list-model-profiles` in the image prints it. 1.x only: the 2.x images
   * have no profiles, so it is refused there.
   * @default - 1.x: every profile of the image, for whatever GPU; the NIM chooses
   */
  readonly profile?: string;
  /**
   * CPU, memory and ephemeral storage of the download. What is left out keeps its default.
   * @default - requests 1 CPU and 4Gi, limits 4 CPU and 8Gi; ephemeral storage 4Gi plus the pod's emptyDirs. NVIDIA names no figures.
   */
  readonly resources?: ContainerResources;
  /**
   * How long one attempt may take, with the pull of the image. A failed one is repeated, up to 20 times. The Deployment's progress
   * deadline is longer by as much.
   * @default Duration.hours(1)
   */
  readonly timeout?: Duration;
  /**
   * Images of the same model to fill the cache for while `image` serves: the next version. When `image` becomes one of them, no pod
   * has to wait.
   * @default - none
   */
  readonly ahead?: ContainerImage[];
}

export const MODEL_CACHE_PREFETCH_OPTIONS: PropTable<ModelCachePrefetchOptions> = {
  profile: optional(text),
  resources: optional(containerResources),
  timeout: optional(duration),
  ahead: optional(listOf(instanceOf(ContainerImage))),
};
