import type { Duration } from 'cdk8s';
import { duration } from '../common/cdk8s-kinds';
import { instanceOf } from '../common/class-kinds';
import { invalid } from '../common/invalid';
import { listOf, wholeNumber } from '../common/kinds';
import { optional, type PropTable, required, requireProps, struct } from '../common/props';
import { requireSeconds } from '../common/quantities';
import { KEDA_PROMETHEUS, type KedaPrometheus, requirePrometheus } from './keda';
import { ScalingMetric } from './scaling-metric';

/** The API server takes no longer look back. */
export const LONGEST_STABILIZATION_SECONDS = 60 * 60;

/** What every autoscaler is told. */
export interface ScalingOptions {
  /** The most pods, more than `minReplicas`: each one takes a GPU. */
  readonly maxReplicas: number;
  /** What tells that more pods are needed, at least one; of several, the one that asks for the most pods counts. */
  readonly metrics: ScalingMetric[];
  /**
   * For how long fewer pods have to be enough before one is taken away, at most an hour: a pod that is missed then needs its whole start to come
   * back. After that time one pod goes each minute.
   * @default - `startupTimeout` of the NIM, at most an hour
   */
  readonly scaleDownStabilization?: Duration;
}

export const SCALING_OPTIONS: PropTable<ScalingOptions> = {
  maxReplicas: required(wholeNumber()),
  metrics: required(listOf(instanceOf(ScalingMetric))),
  scaleDownStabilization: optional(duration),
};

/** Options of `Autoscaling.horizontal`. */
export interface AutoscalingOptions extends ScalingOptions {
  /**
   * The fewest pods. Zero is refused: it needs the feature gate `HPAScaleToZero` of Kubernetes, and `Autoscaling.keda` goes to zero without it.
   * @default 1 - the default of Kubernetes
   */
  readonly minReplicas?: number;
}

/** Options of `Autoscaling.keda`. */
export interface KedaAutoscalingOptions extends ScalingOptions {
  /**
   * The fewest pods. Zero where nobody may call for a while: the first request then waits, or fails, for a whole start of the NIM. It needs
   * a metric that is there without pods, `ScalingMetric.requestRate`.
   * @default 1 - the default of KEDA is 0
   */
  readonly minReplicas?: number;
  /** Where KEDA reads the metrics. */
  readonly prometheus: KedaPrometheus;
}

export const AUTOSCALING_OPTIONS: PropTable<AutoscalingOptions> = {
  ...SCALING_OPTIONS,
  minReplicas: optional(wholeNumber()),
};

export const KEDA_AUTOSCALING_OPTIONS: PropTable<KedaAutoscalingOptions> = {
  ...SCALING_OPTIONS,
  minReplicas: optional(wholeNumber(0)),
  prometheus: required(struct<KedaPrometheus>(KEDA_PROMETHEUS)),
};

/**
 * The autoscaler that decides how many pods there are, in place of `replicas`.
 *
 * @example
 * new nim.TextEmbeddingNim(chart, 'text-embedding', {
 *   model,
 *   credentials,
 *   autoscaling: nim.Autoscaling.horizontal({
 *     minReplicas: 2,
 *     maxReplicas: 6,
 *     metrics: [nim.ScalingMetric.gpuUtilization(70)],
 *   }),
 *   modelCache: nim.ModelCache.claim({ accessMode: kplus.PersistentVolumeAccessMode.READ_WRITE_MANY }),
 * });
 * nim.Autoscaling.keda({
 *   minReplicas: 0,
 *   maxReplicas: 4,
 *   metrics: [nim.ScalingMetric.requestRate('traefik_router_requests_total', 20, { code: '503' })],
 *   prometheus: { serverAddress: 'http://prometheus.monitoring.svc:9090' },
 * });
 */
export class Autoscaling {
  /** A HorizontalPodAutoscaler (`autoscaling/v2`). */
  public static horizontal(options: AutoscalingOptions): Autoscaling {
    const from = 'Autoscaling.horizontal';
    requireProps(from, options, AUTOSCALING_OPTIONS);
    return Autoscaling._between(from, options.minReplicas, options, undefined);
  }

  /**
   * A ScaledObject of KEDA, which asks Prometheus itself, without an adapter, and may take the last pod away. KEDA makes a
   * HorizontalPodAutoscaler of it.
   */
  public static keda(options: KedaAutoscalingOptions): Autoscaling {
    const from = 'Autoscaling.keda';
    requireProps(from, options, KEDA_AUTOSCALING_OPTIONS);
    return Autoscaling._between(from, options.minReplicas, options, requirePrometheus(from, options.prometheus));
  }

  /** @internal */
  public static _between(
    from: string,
    minReplicas = 1,
    { maxReplicas, metrics, scaleDownStabilization }: ScalingOptions,
    prometheus: KedaPrometheus | undefined,
  ): Autoscaling {
    if (maxReplicas <= minReplicas) {
      throw invalid({
        what: `${from} maxReplicas`,
        value: maxReplicas,
        because: `it has to be more than minReplicas, ${minReplicas}, or there is nothing to decide`,
        instead: `write ${minReplicas + 1} or more, or replicas: ${minReplicas} without autoscaling`,
      });
    }
    if (metrics.length === 0) {
      throw invalid({
        what: `${from} metrics`,
        value: metrics,
        because: 'without one Kubernetes scales by CPU, which says little about a NIM',
        instead: 'write for example [ScalingMetric.gpuUtilization(70)]',
      });
    }
    const what = `${from} scaleDownStabilization`;
    const seconds = scaleDownStabilization === undefined ? undefined : requireSeconds(what, scaleDownStabilization);
    if (seconds !== undefined && seconds > LONGEST_STABILIZATION_SECONDS) {
      throw invalid({
        what,
        value: `${seconds} s`,
        because: 'the API server takes at most one hour',
        instead: 'write Duration.hours(1) or less',
      });
    }
    return new Autoscaling(minReplicas, maxReplicas, [...metrics], seconds, prometheus);
  }

  private constructor(
    /** The fewest pods. */
    public readonly minReplicas: number,
    /** The most pods. */
    public readonly maxReplicas: number,
    /** @internal */
    public readonly _metrics: readonly ScalingMetric[],
    /** @internal */
    public readonly _stabilizationSeconds: number | undefined,
    /** @internal Where KEDA reads the metrics; none for a HorizontalPodAutoscaler. */
    public readonly _prometheus: KedaPrometheus | undefined,
  ) {}
}
