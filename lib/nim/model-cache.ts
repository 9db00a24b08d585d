import { Size } from 'cdk8s';
import { type IPersistentVolumeClaim, PersistentVolumeAccessMode } from 'cdk8s-plus-28';
import { invalid } from '../common/invalid';
import { requireObjectName, requireRelativePath } from '../common/names';
import { persistentVolumeClaim } from '../common/cdk8s-kinds';
import { instanceOf } from '../common/class-kinds';
import { required, requireProps } from '../common/props';
import { requireBytes } from '../common/quantities';
import {
  MODEL_CACHE_CLAIM_OPTIONS,
  MODEL_CACHE_EPHEMERAL_OPTIONS,
  MODEL_CACHE_EXISTING_CLAIM_OPTIONS,
  MODEL_CACHE_NIM_OPERATOR_OPTIONS,
  MODEL_CACHE_PREFETCH_OPTIONS,
  type ModelCacheClaimOptions,
  type ModelCacheEphemeralOptions,
  type ModelCacheExistingClaimOptions,
  type ModelCacheNimOperatorOptions,
  type ModelCachePrefetchOptions,
} from './model-cache-options';
import { requireFillable, requirePrefetchOptions } from './prefetch-limits';

/**
 * How a cache is backed.
 *
 * @example
 * nim.ModelCache.ephemeral().kind === nim.ModelCacheKind.EPHEMERAL;
 */
export enum ModelCacheKind {
  /** A PersistentVolumeClaim that is rendered with the NIM. */
  CLAIM = 'claim',
  /** A PersistentVolumeClaim that somebody else made. */
  EXISTING_CLAIM = 'existing claim',
  /** An emptyDir on the node. */
  EPHEMERAL = 'ephemeral',
}

/** What is known of a cache. */
interface ModelCacheFacts {
  readonly kind: ModelCacheKind;
  readonly size?: Size;
  readonly accessMode?: PersistentVolumeAccessMode;
  readonly storageClassName?: string | undefined;
  readonly persistentVolumeClaim?: IPersistentVolumeClaim;
  readonly subPath?: string | undefined;
  readonly nimCache?: string;
  readonly prefetch?: ModelCachePrefetchOptions;
}

/**
 * Where the model is kept between the download and the GPU.
 *
 * @example
 * nim.ModelCache.prefetched(
 *   nim.ModelCache.claim({
 *     accessMode: kplus.PersistentVolumeAccessMode.READ_WRITE_MANY,
 *     storageClassName: 'shared',
 *     size: Size.gibibytes(50),
 *   }),
 *   { timeout: Duration.hours(2) },
 * );
 * nim.ModelCache.ephemeral({ sizeLimit: Size.gibibytes(30) });
 */
export class ModelCache {
  /** A PersistentVolumeClaim that is rendered with the NIM: the model survives restarts and new versions of the pod. */
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
    return new ModelCache({
      kind: ModelCacheKind.CLAIM,
      size,
      accessMode: options.accessMode ?? PersistentVolumeAccessMode.READ_WRITE_ONCE,
      storageClassName: options.storageClassName,
    });
  }

  /**
   * A claim that exists already, for example one that was filled for an air-gapped cluster.
   *
   * @param claim the claim, in the namespace of the NIM.
   */
  public static existingClaim(claim: IPersistentVolumeClaim, options: ModelCacheExistingClaimOptions = {}): ModelCache {
    requireProps('ModelCache.existingClaim', { claim }, { claim: required(persistentVolumeClaim) });
    requireProps('ModelCache.existingClaim', options, MODEL_CACHE_EXISTING_CLAIM_OPTIONS);
    return new ModelCache(existingClaimFacts('ModelCache.existingClaim', claim, options));
  }

  /**
   * Refers to a claim that NVIDIA's NIM Operator filled for a NIMCache: a NIM that moves away from the operator need not download again.
   *
   * Its files belong to the user 1000 of the operator, and only that one can read them. So it is refused with profiles that run as
   * another user, or as one that the platform chooses.
   *
   * @param claim the claim of the NIMCache: `<name>-pvc`, or the one that its `spec.storage.pvc.name` names.
   */
  public static fromNimOperator(claim: IPersistentVolumeClaim, options: ModelCacheNimOperatorOptions): ModelCache {
    requireProps('ModelCache.fromNimOperator', { claim }, { claim: required(persistentVolumeClaim) });
    requireProps('ModelCache.fromNimOperator', options, MODEL_CACHE_NIM_OPERATOR_OPTIONS);
    return new ModelCache({
      ...existingClaimFacts('ModelCache.fromNimOperator', claim, options),
      nimCache: requireObjectName('ModelCache.fromNimOperator nimCache', options.nimCache),
    });
  }

  /** An emptyDir with a limit: every start downloads the model again, but any number of replicas needs no volume. */
  public static ephemeral(options: ModelCacheEphemeralOptions = {}): ModelCache {
    requireProps('ModelCache.ephemeral', options, MODEL_CACHE_EPHEMERAL_OPTIONS);
    const size = options.sizeLimit ?? DEFAULT_SIZE;
    requireBytes('ModelCache.ephemeral sizeLimit', size);
    return new ModelCache({ kind: ModelCacheKind.EPHEMERAL, size });
  }

  /**
   * A claim that a Job fills before the pods start. The Job has the NGC API key and the way to NGC; the pods have neither, and
   * mount the model read-only. Each image has a directory of its own in the volume, so a new one is filled beside the old one.
   *
   * Pods wait until the Job is done: the kubelet makes the directory that they mount only then. Where a volume does not keep its
   * readers from writing (a directory of a node), they start earlier, and again until the model is there.
   *
   * @param claim the claim: `ModelCache.claim(…)` or `ModelCache.existingClaim(…)`. Refused: an emptyDir, and the access modes
   * with which the Job could not write, or not beside a pod.
   */
  public static prefetched(claim: ModelCache, options: ModelCachePrefetchOptions = {}): ModelCache {
    requireProps('ModelCache.prefetched', { claim }, { claim: required(instanceOf(ModelCache)) });
    requireProps('ModelCache.prefetched', options, MODEL_CACHE_PREFETCH_OPTIONS);
    requireFillable(claim);
    requirePrefetchOptions(options);
    return new ModelCache({ ...claim.facts, prefetch: options });
  }

  /** How the cache is backed. */
  public readonly kind: ModelCacheKind;
  /** Size of the claim, or the limit of the emptyDir. */
  public readonly size: Size | undefined;
  /** Access mode of the claim; `undefined` for an emptyDir. */
  public readonly accessMode: PersistentVolumeAccessMode | undefined;
  /** Storage class of a claim that is rendered. */
  public readonly storageClassName: string | undefined;
  /** The claim of `existingClaim`. */
  public readonly persistentVolumeClaim: IPersistentVolumeClaim | undefined;
  /** The directory of the volume that is used; `undefined` for its root. */
  public readonly subPath: string | undefined;
  /** The NIMCache that the NIM Operator filled the volume for. */
  public readonly nimCache: string | undefined;
  /** How a Job fills the cache; `undefined` when the pods do it, or somebody else. */
  public readonly prefetch: ModelCachePrefetchOptions | undefined;

  private constructor(private readonly facts: ModelCacheFacts) {
    this.kind = facts.kind;
    this.size = facts.size;
    this.accessMode = facts.accessMode;
    this.storageClassName = facts.storageClassName;
    this.persistentVolumeClaim = facts.persistentVolumeClaim;
    this.subPath = facts.subPath;
    this.nimCache = facts.nimCache;
    this.prefetch = facts.prefetch;
  }

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

function existingClaimFacts(
  what: string,
  claim: IPersistentVolumeClaim,
  { accessMode, subPath }: ModelCacheExistingClaimOptions,
): ModelCacheFacts {
  requireObjectName(`${what} name`, claim.name);
  return {
    kind: ModelCacheKind.EXISTING_CLAIM,
    accessMode: accessMode ?? PersistentVolumeAccessMode.READ_WRITE_ONCE,
    persistentVolumeClaim: claim,
    subPath: subPath === undefined ? undefined : requireRelativePath(`${what} subPath`, subPath),
  };
}
