import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { ScaledObject, type ScaledObjectSpecTriggers } from '../../imports/keda.sh-scaledobject';
import { addObject } from '../common/api-object';
import { invalid } from '../common/invalid';
import { podNamePattern } from '../common/pod-names';
import type { ScaledNim, ScalingPlan } from './autoscaler';
import type { KedaPrometheus } from './keda';
import type { ScalingMetricFacts } from './scaling-metric';

/** The ScaledObject of a NIM: KEDA makes a HorizontalPodAutoscaler of it, and starts the first pod where there is none. */
export function addScaledObject(
  scope: Construct,
  nim: ScaledNim,
  plan: ScalingPlan,
  prometheus: KedaPrometheus,
): ApiObject {
  const { minReplicas, stabilizationSeconds } = plan;
  if (minReplicas === 0) {
    requireMetricAtZero(plan.metrics);
  }
  return addObject(scope, 'Autoscaler', ScaledObject, {
    metadata: { name: nim.name, labels: nim.labels },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: nim.name },
      minReplicaCount: minReplicas,
      maxReplicaCount: plan.maxReplicas,
      // From the last pod to none.
      ...(minReplicas === 0 ? { cooldownPeriod: stabilizationSeconds } : {}),
      advanced: { horizontalPodAutoscalerConfig: { behavior: plan.behavior } },
      triggers: plan.metrics.map((metric) => trigger(metric, nim, prometheus)),
    },
  });
}

/** Refuses to go to zero by metrics that only a pod has: nothing would start the first one again. */
function requireMetricAtZero(metrics: readonly ScalingMetricFacts[]): void {
  if (metrics.every(({ clusterLabels }) => clusterLabels === undefined)) {
    throw invalid({
      what: 'Autoscaling.keda minReplicas',
      value: 0,
      because: 'without pods their metrics are away too, and nothing would start the first one again',
      instead: 'add ScalingMetric.requestRate(…) of the ingress controller, or write minReplicas: 1',
    });
  }
}

function trigger(metric: ScalingMetricFacts, nim: ScaledNim, prometheus: KedaPrometheus): ScaledObjectSpecTriggers {
  const { serverAddress, authentication, gpuPodLabel, gpuNamespaceLabel } = prometheus;
  const query = metric.query({
    namespace: nim.namespace,
    pods: podNamePattern(nim.name),
    gpuPodLabel: gpuPodLabel ?? 'exported_pod',
    gpuNamespaceLabel: gpuNamespaceLabel ?? 'exported_namespace',
  });
  return {
    type: 'prometheus',
    // The sum of the query divided by the number of pods is compared with the threshold.
    metricType: 'AverageValue',
    metadata: {
      serverAddress,
      query,
      threshold: `${metric.perPod}`,
      ...(authentication === undefined ? {} : { authModes: authentication._modes.join(',') }),
    },
    ...(authentication === undefined
      ? {}
      : { authenticationRef: { kind: kindOf(authentication.kind), name: authentication.name } }),
  };
}

function kindOf(kind: string): 'TriggerAuthentication' | 'ClusterTriggerAuthentication' {
  return kind === 'ClusterTriggerAuthentication' ? kind : 'TriggerAuthentication';
}
