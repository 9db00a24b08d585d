import type { ApiObject } from 'cdk8s';
import type { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { invalid } from '../common/invalid';
import { type Autoscaling, LONGEST_STABILIZATION_SECONDS } from './autoscaling';
import type { Gpu } from './gpu';
import { addHorizontalPodAutoscaler } from './horizontal-autoscaler';
import type { NimDeploymentProps } from './nim-deployment-props';
import { Replicas } from './replicas';
import type { RuntimeFacts } from './runtime-facts';
import { addScaledObject } from './scaled-object';
import type { ScalingMetricFacts } from './scaling-metric';

/** What an autoscaler has to know of a NIM. */
export interface ScaledNim {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Record<string, string>;
  readonly facts: RuntimeFacts;
  readonly gpu: Gpu;
  readonly tritonMetrics: boolean;
  readonly startupSeconds: number;
}

/** What an autoscaler is told, whoever it is. */
export interface ScalingPlan {
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly metrics: readonly ScalingMetricFacts[];
  readonly stabilizationSeconds: number;
  readonly behavior: k8s.HorizontalPodAutoscalerBehaviorV2;
}

/** How many pods there are, by a number or by an autoscaler; both are refused. */
export function replicasOf({ autoscaling, replicas }: NimDeploymentProps): Replicas {
  if (autoscaling === undefined) {
    return Replicas.fixed('NimDeployment replicas', replicas ?? 1);
  }
  requireNoNumber(replicas);
  return Replicas.between('NimDeployment autoscaling maxReplicas', autoscaling.minReplicas, autoscaling.maxReplicas);
}

/** Refuses a second autoscaler. */
export function requireOneAutoscaler({ name, hasAutoscaler }: { name: string; hasAutoscaler: boolean }): void {
  if (hasAutoscaler) {
    throw invalid({
      what: 'NimDeployment autoscaler',
      value: name,
      because: 'it has one already, and two would fight over the number of pods',
      instead: 'keep one of them; autoscaling of the NIM is one, too',
    });
  }
}

/** Refuses a number beside an autoscaler. */
export function requireNoNumber(replicas: number | undefined): void {
  if (replicas !== undefined) {
    throw invalid({
      what: 'NimDeployment replicas',
      value: replicas,
      because: 'with autoscaling the autoscaler decides, and each sync would set the number back',
      instead: 'leave it out, or write it as minReplicas of the autoscaling',
    });
  }
}

/** The autoscaler of a NIM; refuses metrics that the NIM does not have. */
export function addAutoscaler(scope: Construct, nim: ScaledNim, autoscaling: Autoscaling): ApiObject {
  const stabilizationSeconds =
    autoscaling._stabilizationSeconds ?? Math.min(nim.startupSeconds, LONGEST_STABILIZATION_SECONDS);
  const plan = {
    minReplicas: autoscaling.minReplicas,
    maxReplicas: autoscaling.maxReplicas,
    metrics: autoscaling._metrics.map(({ _facts }) => requireMetric(_facts, nim)),
    stabilizationSeconds,
    behavior: {
      scaleDown: {
        stabilizationWindowSeconds: stabilizationSeconds,
        policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }],
      },
    },
  };
  return autoscaling._prometheus === undefined
    ? addHorizontalPodAutoscaler(scope, nim, plan)
    : addScaledObject(scope, nim, plan, autoscaling._prometheus);
}

function requireMetric(metric: ScalingMetricFacts, { facts, gpu, tritonMetrics }: ScaledNim): ScalingMetricFacts {
  const refused = (because: string, instead: string): Error =>
    invalid({ what: 'NimDeployment autoscaling metric', value: metric.from, because, instead });
  if (metric.ofTriton === true && facts.metrics === undefined) {
    throw refused(
      `images ${facts.versions} have no Triton, and NVIDIA publishes no names of their metrics`,
      'write ScalingMetric.gpuUtilization(…) or ScalingMetric.requestRate(…)',
    );
  }
  if (metric.ofTriton === true && !tritonMetrics) {
    throw refused('nobody can read the metrics of Triton while its port is closed', 'write tritonMetrics: true');
  }
  // NVML: "On MIG-enabled GPUs, querying device utilization rates is not currently supported."
  if (metric.ofWholeGpu === true && gpu.sliceMemory !== undefined) {
    throw refused(
      `the driver counts it for whole GPUs only, and the pods have ${gpu.resourceName ?? ''}`,
      'write ScalingMetric.requestRate(…), or gpu: Gpu.whole()',
    );
  }
  return metric;
}
