import type { Size } from 'cdk8s';
import {
  type IConfigMap,
  type IPersistentVolumeClaim,
  type ISecret,
  k8s,
  PersistentVolumeAccessMode,
} from 'cdk8s-plus-28';
import { configMap, persistentVolumeClaim, secret, size } from '../common/cdk8s-kinds';
import { defined } from '../common/defined';
import { invalid } from '../common/invalid';
import { enumOf, text } from '../common/kinds';
import { requireObjectName } from '../common/names';
import { optional, type PropTable, required, requireProps } from '../common/props';
import { requireBytes, sizeQuantity } from '../common/quantities';

/** Options of `NimVolume.fromClaim`. */
export interface NimVolumeClaimOptions {
  /**
   * The access mode that the claim has. More than one replica needs `READ_WRITE_MANY` or `READ_ONLY_MANY`, which is mounted
   * read-only.
   * @default PersistentVolumeAccessMode.READ_WRITE_ONCE
   */
  readonly accessMode?: PersistentVolumeAccessMode;
}

export const NIM_VOLUME_CLAIM_OPTIONS: PropTable<NimVolumeClaimOptions> = {
  accessMode: optional(enumOf({ PersistentVolumeAccessMode })),
};

/** Paths of the system: what is mounted there breaks the container, or is taken for a token of the Kubernetes API. */
const SYSTEM_PATHS = /^\/(proc|sys|dev|(var\/)?run\/secrets\/kubernetes\.io)(\/|$)/;

/**
 * A volume and the path that it is mounted at. Only kinds that the Pod Security Standard `restricted` knows, and none without a
 * bound: no paths of the node, no network shares of the pod's own.
 *
 * @example
 * new nim.TextEmbeddingNim(chart, 'text-embedding', {
 *   model,
 *   credentials,
 *   volumes: {
 *     settings: nim.NimVolume.fromConfigMap('/settings', kplus.ConfigMap.fromConfigMapName(chart, 'settings', 'settings')),
 *     scratch: nim.NimVolume.emptyDir('/scratch', Size.gibibytes(1)),
 *   },
 * });
 */
export class NimVolume {
  /**
   * Refers to a ConfigMap, whose keys are files, read-only.
   *
   * @param mountPath where containers find it, for example `/etc/nim-settings`. Refused: paths of the system.
   * @param source the ConfigMap, in the namespace of the NIM.
   */
  public static fromConfigMap(mountPath: string, source: IConfigMap): NimVolume {
    requireProps(
      'NimVolume.fromConfigMap',
      { mountPath, source },
      { mountPath: required(text), source: required(configMap) },
    );
    const name = requireObjectName('NimVolume.fromConfigMap source', source.name);
    return new NimVolume('NimVolume.fromConfigMap', mountPath, { configMap: { name } }, { readOnly: true });
  }

  /**
   * Refers to a Secret, whose keys are files, read-only.
   *
   * @param mountPath where containers find it, for example `/etc/nim-settings`. Refused: paths of the system.
   * @param source the Secret, in the namespace of the NIM.
   */
  public static fromSecret(mountPath: string, source: ISecret): NimVolume {
    requireProps(
      'NimVolume.fromSecret',
      { mountPath, source },
      { mountPath: required(text), source: required(secret) },
    );
    const secretName = requireObjectName('NimVolume.fromSecret source', source.name);
    return new NimVolume('NimVolume.fromSecret', mountPath, { secret: { secretName } }, { readOnly: true });
  }

  /**
   * Refers to a claim that exists already.
   *
   * @param mountPath where containers find it, for example `/etc/nim-settings`. Refused: paths of the system.
   * @param claim the claim, in the namespace of the NIM.
   */
  public static fromClaim(
    mountPath: string,
    claim: IPersistentVolumeClaim,
    options: NimVolumeClaimOptions = {},
  ): NimVolume {
    requireProps(
      'NimVolume.fromClaim',
      { mountPath, claim },
      { mountPath: required(text), claim: required(persistentVolumeClaim) },
    );
    requireProps('NimVolume.fromClaim', options, NIM_VOLUME_CLAIM_OPTIONS);
    const claimName = requireObjectName('NimVolume.fromClaim claim', claim.name);
    const accessMode = options.accessMode ?? PersistentVolumeAccessMode.READ_WRITE_ONCE;
    const readOnly = accessMode === PersistentVolumeAccessMode.READ_ONLY_MANY ? true : undefined;
    const source = { persistentVolumeClaim: defined({ claimName, readOnly }) };
    return new NimVolume('NimVolume.fromClaim', mountPath, source, { readOnly, accessMode });
  }

  /**
   * An empty directory on the node's disk, for as long as the pod lives. The ephemeral storage of the pod grows by its size.
   *
   * @param mountPath where containers find it, for example `/etc/nim-settings`. Refused: paths of the system.
   * @param sizeLimit upper bound of the directory: the kubelet evicts a pod that takes more.
   */
  public static emptyDir(mountPath: string, sizeLimit: Size): NimVolume {
    requireProps(
      'NimVolume.emptyDir',
      { mountPath, sizeLimit },
      { mountPath: required(text), sizeLimit: required(size) },
    );
    const limit = k8s.Quantity.fromString(sizeQuantity('NimVolume.emptyDir sizeLimit', sizeLimit));
    const diskBytes = requireBytes('NimVolume.emptyDir sizeLimit', sizeLimit);
    return new NimVolume('NimVolume.emptyDir', mountPath, { emptyDir: { sizeLimit: limit } }, { diskBytes });
  }

  private constructor(
    what: string,
    /** Where containers find it. */
    public readonly mountPath: string,
    private readonly source: Omit<k8s.Volume, 'name'>,
    private readonly more: {
      readonly readOnly?: boolean | undefined;
      readonly accessMode?: PersistentVolumeAccessMode;
      readonly diskBytes?: number;
    },
  ) {
    const parts = mountPath.split('/').slice(1);
    if (!mountPath.startsWith('/') || parts.some((part) => ['', '.', '..'].includes(part)) || mountPath.includes(':')) {
      throw invalid({
        what: `${what} mountPath`,
        value: mountPath,
        because: 'a path begins with "/" and holds no empty parts, no ".", no ".." and no ":"',
        instead: 'write for example "/etc/nim-settings"',
      });
    }
    if (SYSTEM_PATHS.test(mountPath)) {
      throw invalid({
        what: `${what} mountPath`,
        value: mountPath,
        because: 'it belongs to the system, or is where programs look for a token of the Kubernetes API',
        instead: 'write a path of your own, for example "/etc/nim-settings"',
      });
    }
  }

  /** The access mode of a claim; `undefined` for what every pod can have. */
  public get accessMode(): PersistentVolumeAccessMode | undefined {
    return this.more.accessMode;
  }

  /** The name of a claim. */
  public get claimName(): string | undefined {
    return this.source.persistentVolumeClaim?.claimName;
  }

  /**
   * Upper bound of what it takes of the node's disk.
   *
   * @internal
   */
  public get _diskBytes(): number {
    return this.more.diskBytes ?? 0;
  }

  /**
   * The volume of a pod.
   *
   * @internal
   */
  public _volume(name: string): k8s.Volume {
    return { name, ...this.source };
  }

  /**
   * The mount of a container.
   *
   * @internal
   */
  public _mount(name: string): k8s.VolumeMount {
    return defined({ name, mountPath: this.mountPath, readOnly: this.more.readOnly });
  }
}
