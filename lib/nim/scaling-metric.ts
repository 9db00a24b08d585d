import { inOrder } from '../common/defined';
import { invalid } from '../common/invalid';
import { recordOf, text, wholeNumber } from '../common/kinds';
import { required, requireProps } from '../common/props';
import { requireNoCredentials } from './environment';
import { requirePrometheusLabel, requirePrometheusMetric } from './keda';
import { GPU_UTILIZATION, TRITON_PENDING_REQUESTS } from './nvidia-metrics';

/** What an adapter of metrics may call one: part of a URL, and a name of Prometheus or of KEDA. */
const METRIC_NAME = /^[A-Za-z_:][-A-Za-z0-9_:.]*$/;

/** Which series of Prometheus are those of the pods. */
export interface PodSeries {
  readonly namespace: string;
  /** A pattern for the names of the pods. */
  readonly pods: string;
  readonly gpuPodLabel: string;
  readonly gpuNamespaceLabel: string;
}

/** What is known of a metric. */
export interface ScalingMetricFacts {
  /** The factory, for errors. */
  readonly from: string;
  /** The name in the metrics API of the cluster. */
  readonly name: string;
  /** What each pod should have on average. */
  readonly perPod: number;
  /** What KEDA asks Prometheus for: the sum over all pods. */
  readonly query: (series: PodSeries) => string;
  /** Which series count, when the metric is one of the cluster; `undefined` for a metric of each pod. */
  readonly clusterLabels?: Record<string, string>;
  /** Triton counts it, on its own metrics port. */
  readonly ofTriton?: true;
  /** The driver counts it for whole GPUs only. */
  readonly ofWholeGpu?: true;
}

/**
 * What tells an autoscaler that more pods are needed, and how much of it a pod should have. With `Autoscaling.horizontal`, a metrics adapter of
 * the cluster has to offer it (`docs/autoscale.md` has rules for Prometheus Adapter); until it does, the number of pods stays as it is.
 *
 * NVIDIA publishes no names of the metrics of 2.x images, so none of them is here.
 *
 * @example
 * nim.Autoscaling.horizontal({
 *   maxReplicas: 4,
 *   metrics: [nim.ScalingMetric.requestRate('traefik_service_requests_per_second', 20)],
 * });
 */
export class ScalingMetric {
  /**
   * How busy the GPU of a pod is, in percent of time: `DCGM_FI_DEV_GPU_UTIL` of NVIDIA's DCGM exporter, as a metric of each pod. For images of
   * every generation. Refused with MIG slices, for which the driver does not count it. A GPU that is shared by time slices counts
   * for all who share it.
   *
   * @param percent what pods should have on average, 1 to 100.
   */
  public static gpuUtilization(percent: number): ScalingMetric {
    const from = 'ScalingMetric.gpuUtilization';
    requireProps(from, { percent }, { percent: required(wholeNumber(1, 100, 'for example 70')) });
    return new ScalingMetric({
      from,
      name: GPU_UTILIZATION,
      perPod: percent,
      query: ({ namespace, pods, gpuNamespaceLabel, gpuPodLabel }) =>
        `sum(${GPU_UTILIZATION}{${gpuNamespaceLabel}="${namespace}",${gpuPodLabel}=~"${pods}"})`,
      ofWholeGpu: true,
    });
  }

  /**
   * Requests that wait in Triton: `nv_inference_pending_request_count`, as a metric of each pod. For images 1.x only, and only with
   * `tritonMetrics`, without which nobody can read it.
   *
   * @param requests how many may wait in a pod on average.
   */
  public static tritonPendingRequests(requests: number): ScalingMetric {
    const from = 'ScalingMetric.tritonPendingRequests';
    requireProps(from, { requests }, { requests: required(wholeNumber()) });
    return new ScalingMetric({
      from,
      name: TRITON_PENDING_REQUESTS,
      perPod: requests,
      query: ({ namespace, pods }) => `sum(${TRITON_PENDING_REQUESTS}{namespace="${namespace}",pod=~"${pods}"})`,
      ofTriton: true,
    });
  }

  /**
   * Requests per second at the ingress controller, as an external metric of the cluster. For images of every generation. Each controller counts
   * under another name, and the adapter of the cluster gives the rate its name, so both are yours to say.
   *
   * @param metricName with `Autoscaling.horizontal` the name in the API `external.metrics.k8s.io`; with `Autoscaling.keda` the counter of requests in
   * Prometheus, of which KEDA asks the rate.
   * @param requestsPerSecond what a pod should have on average.
   * @param labels which series of the metric count; all of them without it. With `Autoscaling.horizontal` they are labels as Kubernetes has them.
   */
  public static requestRate(
    metricName: string,
    requestsPerSecond: number,
    labels: Record<string, string> = {},
  ): ScalingMetric {
    const from = 'ScalingMetric.requestRate';
    requireProps(
      from,
      { metricName, requestsPerSecond, labels },
      { metricName: required(text), requestsPerSecond: required(wholeNumber()), labels: required(recordOf(text)) },
    );
    requireNoCredentials(from, [metricName, ...Object.entries(labels).flat()]);
    return new ScalingMetric({
      from,
      name: requireMetricName(`${from} metricName`, metricName),
      perPod: requestsPerSecond,
      query: () => rateQuery(from, metricName, labels),
      clusterLabels: inOrder(labels),
    });
  }

  private constructor(
    /** @internal */
    public readonly _facts: ScalingMetricFacts,
  ) {}
}

/** The rate of a counter, over two minutes: at least two scrapes of any usual interval. */
function rateQuery(from: string, counter: string, labels: Record<string, string>): string {
  const name = requirePrometheusMetric(`${from} metricName`, counter);
  const where = Object.entries(labels).map(
    ([label, value]) => `${requirePrometheusLabel(`${from} labels`, label)}=${JSON.stringify(value)}`,
  );
  return `sum(rate(${name}${where.length === 0 ? '' : `{${where.join(',')}}`}[2m]))`;
}

function requireMetricName(what: string, value: string): string {
  if (!METRIC_NAME.test(value)) {
    throw invalid({
      what,
      value,
      because: 'a name begins with a letter, "_" or ":", and goes on with these, digits, "-" and "."',
      instead: 'write the name as `kubectl get --raw /apis/external.metrics.k8s.io/v1beta1` prints it',
    });
  }
  return value;
}
