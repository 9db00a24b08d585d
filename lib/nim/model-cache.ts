import { Size } from 'cdk8s';
import { type IPersistentVolumeClaim, PersistentVolumeAccessMode } from 'cdk8s-plus-28';
import { invalid } from '../common/invalid';
import { requireObjectName } from '../common/names';
import { persistentVolumeClaim, size } from '../common/cdk8s-kinds';
import { enumOf, text } from '../common/kinds';
import { optional, type PropTable, required, requireProps } from '../common/props';
import { requireBytes } from '../common/quantities';

/** How a cache is backed. */
export enum ModelCacheKind {
  /** A PersistentVolumeClaim that we render. */
  CLAIM = 'claim',
  /** A PersistentVolumeClaim that somebody else made. */
  EXISTING_CLAIM = 'existing claim',
  /** An emptyDir on the node. */
  EPHEMERAL = 'ephemeral',
}

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
}

export const MODEL_CACHE_EXISTING_CLAIM_OPTIONS: PropTable<ModelCacheExistingClaimOptions> = {
  accessMode: optional(enumOf({ PersistentVolumeAccessMode })),
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

/** Where the model is kept between the download and the GPU. */
export class ModelCache {
  /** A PersistentVolumeClaim of our own: the model survives restarts and new versions of the pod. */
  public static claim(options: ModelCacheClaimOptions = {}): ModelCache {
    requireProps('ModelCache.claim', options, MODEL_CACHE_CLAIM_OPTIONS);
    const size = options.size ?? DEFAULT_SIZE;
    requireBytes('ModelCache.claim size', size);
    if (options.storageClassName !== undefined) {
      requireObjectName('ModelCache.claim storageClassName', options.storageClassName);
    }
    if (options.accessMode === PersistentVolumeAccessMode.READ_ONLY_MANY) {
      throw invalid({
        what: 'ModelCache.claim accessMode',
        value: options.accessMode,
        because: 'nothing could ever be written to a new read-only claim',
        instead: 'write READ_WRITE_ONCE or READ_WRITE_MANY, or name a filled claim with ModelCache.existingClaim',
      });
    }
    return new ModelCache(
      ModelCacheKind.CLAIM,
      size,
      options.accessMode ?? PersistentVolumeAccessMode.READ_WRITE_ONCE,
      options.storageClassName,
      undefined,
    );
  }

  /** A claim that exists already, for example one that was filled for an air-gapped cluster. */
  public static existingClaim(claim: IPersistentVolumeClaim, options: ModelCacheExistingClaimOptions = {}): ModelCache {
    requireProps('ModelCache.existingClaim', { claim }, { claim: required(persistentVolumeClaim) });
    requireProps('ModelCache.existingClaim', options, MODEL_CACHE_EXISTING_CLAIM_OPTIONS);
    requireObjectName('ModelCache.existingClaim name', claim.name);
    return new ModelCache(
      ModelCacheKind.EXISTING_CLAIM,
      undefined,
      options.accessMode ?? PersistentVolumeAccessMode.READ_WRITE_ONCE,
      undefined,
      claim,
    );
  }

  /** An emptyDir with a limit: every start downloads the model again, but any number of replicas needs no volume. */
  public static ephemeral(options: ModelCacheEphemeralOptions = {}): ModelCache {
    requireProps('ModelCache.ephemeral', options, MODEL_CACHE_EPHEMERAL_OPTIONS);
    const size = options.sizeLimit ?? DEFAULT_SIZE;
    requireBytes('ModelCache.ephemeral sizeLimit', size);
    return new ModelCache(ModelCacheKind.EPHEMERAL, size, undefined, undefined, undefined);
  }

  private constructor(
    /** How the cache is backed. */
    public readonly kind: ModelCacheKind,
    /** Size of the claim, or the limit of the emptyDir. */
    public readonly size: Size | undefined,
    /** Access mode of the claim; `undefined` for an emptyDir. */
    public readonly accessMode: PersistentVolumeAccessMode | undefined,
    /** Storage class of a claim that we render. */
    public readonly storageClassName: string | undefined,
    /** The claim of `existingClaim`. */
    public readonly persistentVolumeClaim: IPersistentVolumeClaim | undefined,
  ) {}

  /** Whether pods on several nodes can mount the cache at once. */
  public get shareable(): boolean {
    return (
      this.kind === ModelCacheKind.EPHEMERAL ||
      this.accessMode === PersistentVolumeAccessMode.READ_WRITE_MANY ||
      this.accessMode === PersistentVolumeAccessMode.READ_ONLY_MANY
    );
  }

  /** The bound of an emptyDir; `undefined` for a claim. */
  public get ephemeralLimit(): Size | undefined {
    return this.kind === ModelCacheKind.EPHEMERAL ? this.size : undefined;
  }

  /** Whether the pods can only read the cache. */
  public get readOnly(): boolean {
    return this.accessMode === PersistentVolumeAccessMode.READ_ONLY_MANY;
  }
}

/** NVIDIA's chart 1.5.0, the NIM Operator's samples and the RAG blueprint all ask for 50Gi. */
const DEFAULT_SIZE = Size.gibibytes(50);
