/** The user and groups that a pod runs as. */
export interface PodIdentity {
  /** `runAsUser` */
  readonly user: number;
  /** `runAsGroup` */
  readonly group: number;
  /** `fsGroup`: the group that owns the mounted volumes. */
  readonly volumeGroup: number;
}

/** How far a pod is locked down. Every profile meets the Pod Security Standard `restricted`. */
export class SecurityProfile {
  /**
   * Pod Security `restricted` with NVIDIA's own ids (chart: 1000:1000, fsGroup 1000). The root file system stays
   * writable: no NIM is documented to run on a read-only one, and the NVIDIA container hook of some runtimes fails on it.
   */
  public static readonly RESTRICTED = new SecurityProfile(
    'restricted',
    { user: 1000, group: 1000, volumeGroup: 1000 },
    false,
  );

  private constructor(
    /** The name of the profile. */
    public readonly name: string,
    /** The ids to run as; `undefined` leaves them to the platform. */
    public readonly identity: PodIdentity | undefined,
    /** Whether the root file system is read-only. */
    public readonly readOnlyRootFilesystem: boolean,
  ) {}
}
