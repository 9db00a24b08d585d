import { instanceOf } from '../common/class-kinds';
import { invalid } from '../common/invalid';
import { enumOf, listOf, text } from '../common/kinds';
import { literalSecretIn } from '../common/literal-secrets';
import { requireObjectName } from '../common/names';
import { optional, type PropTable, required, requireProps } from '../common/props';

/**
 * How KEDA authenticates to Prometheus; the TriggerAuthentication holds what each way needs.
 *
 * @example
 * nim.KedaAuthMode.BEARER;
 */
export enum KedaAuthMode {
  /** A token (`bearerToken`). */
  BEARER = 'bearer',
  /** A name and a password (`username`, `password`). */
  BASIC = 'basic',
  /** An authority of its own, or a certificate of the client (`ca`, `cert`, `key`). */
  TLS = 'tls',
  /** A header (`customAuthHeader`, `customAuthValue`). */
  CUSTOM = 'custom',
}

/**
 * A TriggerAuthentication of KEDA that exists already: it names the Secrets, so that none is written here.
 *
 * @example
 * nim.KedaAuthentication.namespaced('prometheus', [nim.KedaAuthMode.BEARER]);
 * nim.KedaAuthentication.cluster('prometheus', [nim.KedaAuthMode.BASIC, nim.KedaAuthMode.TLS]);
 */
export class KedaAuthentication {
  /**
   * A TriggerAuthentication in the namespace of the NIM.
   *
   * @param name the name of the object.
   * @param modes how KEDA authenticates, one way or several. Refused: none.
   */
  public static namespaced(name: string, modes: KedaAuthMode[]): KedaAuthentication {
    return KedaAuthentication._of('namespaced', 'TriggerAuthentication', name, modes);
  }

  /**
   * A ClusterTriggerAuthentication.
   *
   * @param name the name of the object.
   * @param modes how KEDA authenticates, one way or several. Refused: none.
   */
  public static cluster(name: string, modes: KedaAuthMode[]): KedaAuthentication {
    return KedaAuthentication._of('cluster', 'ClusterTriggerAuthentication', name, modes);
  }

  /** @internal */
  public static _of(factory: string, kind: string, name: string, modes: KedaAuthMode[]): KedaAuthentication {
    const from = `KedaAuthentication.${factory}`;
    requireProps(from, { name, modes }, { name: required(text), modes: required(listOf(enumOf({ KedaAuthMode }))) });
    if (modes.length === 0) {
      throw invalid({
        what: `${from} modes`,
        value: modes,
        because: 'KEDA reads of it only what a mode asks for',
        instead: 'write for example [KedaAuthMode.BEARER]',
      });
    }
    return new KedaAuthentication(kind, requireObjectName(`${from} name`, name), [...new Set(modes)]);
  }

  private constructor(
    /** `TriggerAuthentication` or `ClusterTriggerAuthentication`. */
    public readonly kind: string,
    /** The name of the object. */
    public readonly name: string,
    private readonly modes: readonly KedaAuthMode[],
  ) {}

  /** @internal */
  public get _modes(): readonly KedaAuthMode[] {
    return this.modes;
  }
}

/** The Prometheus that KEDA asks. */
export interface KedaPrometheus {
  /** Its URL for queries, without credentials, for example `http://prometheus.monitoring.svc:9090`. */
  readonly serverAddress: string;
  /**
   * How KEDA authenticates to it.
   * @default - not at all
   */
  readonly authentication?: KedaAuthentication;
  /**
   * The label that names the pod with the GPU, in the series of the DCGM exporter: `pod` where its ServiceMonitor has `honorLabels`.
   * @default 'exported_pod'
   */
  readonly gpuPodLabel?: string;
  /**
   * The label that names the namespace of that pod: `namespace` where its ServiceMonitor has `honorLabels`.
   * @default 'exported_namespace'
   */
  readonly gpuNamespaceLabel?: string;
}

export const KEDA_PROMETHEUS: PropTable<KedaPrometheus> = {
  serverAddress: required(text),
  authentication: optional(instanceOf(KedaAuthentication)),
  gpuPodLabel: optional(text),
  gpuNamespaceLabel: optional(text),
};

/** Refuses what is no address, and labels that Prometheus does not have. */
export function requirePrometheus(from: string, prometheus: KedaPrometheus): KedaPrometheus {
  const { serverAddress, gpuPodLabel, gpuNamespaceLabel } = prometheus;
  const secret = literalSecretIn(serverAddress) ?? (serverAddress.includes('@') ? 'credentials' : undefined);
  if (secret !== undefined || !/^https?:\/\/[A-Za-z0-9.-]+(:[0-9]{1,5})?(\/[^\s?#]*)?$/.test(serverAddress)) {
    throw invalid({
      what: `${from} prometheus serverAddress`,
      value: secret === undefined ? serverAddress : '(hidden)',
      because: 'it is scheme, host, port and path, and holds no credentials',
      instead: 'write for example "http://prometheus.monitoring.svc:9090", and name a KedaAuthentication',
    });
  }
  Object.entries({ gpuPodLabel, gpuNamespaceLabel }).forEach(([name, label]) => {
    if (label !== undefined) {
      requirePrometheusLabel(`${from} prometheus ${name}`, label);
    }
  });
  return prometheus;
}

/** The name of a metric in a query; that of a recording rule may have a colon. */
export function requirePrometheusMetric(what: string, name: string): string {
  return requireName(what, name, /^[A-Za-z_:][A-Za-z0-9_:]*$/);
}

/** The name of a label in a query. */
export function requirePrometheusLabel(what: string, name: string): string {
  return requireName(what, name, /^[A-Za-z_][A-Za-z0-9_]*$/);
}

function requireName(what: string, name: string, pattern: RegExp): string {
  if (!pattern.test(name)) {
    throw invalid({
      what,
      value: name,
      because: 'names of Prometheus have letters, digits and "_"',
      instead: 'write the name as a query has it',
    });
  }
  return name;
}
