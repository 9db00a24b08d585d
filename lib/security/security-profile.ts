import { ImagePullPolicy } from 'cdk8s-plus-28';
import { ClusterPlatform } from '../common/cluster-platform';

/**
 * The user and groups that a pod runs as.
 *
 * @example
 * nim.SecurityProfile.STRICT.identity?.runAsUser;
 */
export interface PodIdentity {
  /** The user of every process. */
  readonly runAsUser: number;
  /** The first group of every process. */
  readonly runAsGroup: number;
  /** The group that owns the mounted volumes. */
  readonly fsGroup: number;
}

/** The ids of NVIDIA's Helm chart. */
const NVIDIA_IDENTITY: PodIdentity = { runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000 };
/** Ids that no user of a node has. */
const HIGH_IDENTITY: PodIdentity = { runAsUser: 10001, runAsGroup: 10001, fsGroup: 10001 };

/** The answers of a profile. */
interface SecurityProfileAnswers {
  readonly identity: PodIdentity | undefined;
  readonly readOnlyRootFilesystem: boolean;
  readonly requestsEqualLimits: boolean;
  readonly imagePullPolicy: ImagePullPolicy;
  readonly ndots: number | undefined;
  readonly platform: ClusterPlatform;
}

/** What NVIDIA's own chart and plain Kubernetes ask for. */
const USUAL: SecurityProfileAnswers = {
  identity: NVIDIA_IDENTITY,
  readOnlyRootFilesystem: false,
  requestsEqualLimits: false,
  imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT,
  ndots: undefined,
  platform: ClusterPlatform.KUBERNETES,
};

/**
 * How far a pod is locked down. Every profile meets the Pod Security Standard `restricted`.
 *
 * @example
 * new nim.TextEmbeddingNim(chart, 'text-embedding', {
 *   model,
 *   credentials,
 *   securityProfile: nim.SecurityProfile.STRICT,
 * });
 */
export class SecurityProfile {
  /**
   * Pod Security `restricted` with NVIDIA's own ids (chart: 1000:1000, fsGroup 1000). The root file system stays
   * writable: no NIM is documented to run on a read-only one, and the NVIDIA container hook of some runtimes fails on it.
   */
  public static readonly RESTRICTED = new SecurityProfile('restricted', USUAL);

  /**
   * For clusters whose policies ask for more: read-only root file system, ids above 10000, requests equal to limits
   * (quality of service `Guaranteed`), images pulled at every start, full host names looked up as they are. No source
   * shows a NIM on a read-only root file system: try it on your nodes first. An existing cache has to be readable for the
   * group 10001.
   */
  public static readonly STRICT = new SecurityProfile('strict', {
    ...USUAL,
    identity: HIGH_IDENTITY,
    readOnlyRootFilesystem: true,
    requestsEqualLimits: true,
    imagePullPolicy: ImagePullPolicy.ALWAYS,
    ndots: 2,
  });

  /**
   * For OpenShift: user, group and fsGroup are left out, because the security context constraint assigns them, and
   * names are looked up at its DNS operator. No source shows a NIM with the ids that `restricted-v2` assigns: try it
   * on your nodes first.
   * NVIDIA's own operator runs its NIMs under the constraint `nonroot`.
   */
  public static readonly OPENSHIFT = new SecurityProfile('openshift', {
    ...USUAL,
    identity: undefined,
    platform: ClusterPlatform.OPENSHIFT,
  });

  /** The ids to run as; `undefined` leaves them to the platform. */
  public readonly identity: PodIdentity | undefined;
  /** Whether the root file system is read-only. */
  public readonly readOnlyRootFilesystem: boolean;
  /** Whether the requests of every container equal its limits: quality of service `Guaranteed`. */
  public readonly requestsEqualLimits: boolean;
  /**
   * When the registry is asked for an image. A pinned image need not be asked for again, unless the registry is to authorise each use.
   */
  public readonly imagePullPolicy: ImagePullPolicy;
  /**
   * How many dots a name needs to be looked up as it is, before the search domains are tried; `undefined` leaves it to
   * the cluster, where it is 5.
   */
  public readonly ndots: number | undefined;
  /** The platform that the profile is for. */
  public readonly platform: ClusterPlatform;

  private constructor(
    /** The name of the profile. */
    public readonly name: string,
    answers: SecurityProfileAnswers,
  ) {
    this.identity = answers.identity;
    this.readOnlyRootFilesystem = answers.readOnlyRootFilesystem;
    this.requestsEqualLimits = answers.requestsEqualLimits;
    this.imagePullPolicy = answers.imagePullPolicy;
    this.ndots = answers.ndots;
    this.platform = answers.platform;
  }
}
