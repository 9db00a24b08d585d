import type { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { addObject } from '../common/api-object';
import { unlessEmptyRecord } from '../common/defined';
import { requireLabels } from '../common/labels';
import type { ScaledNim, ScalingPlan } from './autoscaler';
import type { ScalingMetricFacts } from './scaling-metric';

/** The HorizontalPodAutoscaler of a NIM. */
export function addHorizontalPodAutoscaler(scope: Construct, nim: ScaledNim, plan: ScalingPlan): ApiObject {
  return addObject(scope, 'Autoscaler', k8s.KubeHorizontalPodAutoscalerV2, {
    metadata: { name: nim.name, labels: nim.labels },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: nim.name },
      minReplicas: plan.minReplicas,
      maxReplicas: plan.maxReplicas,
      metrics: plan.metrics.map(metricSpec),
      behavior: plan.behavior,
    },
  });
}

function metricSpec({ from, name, perPod, clusterLabels }: ScalingMetricFacts): k8s.MetricSpecV2 {
  const target = { type: 'AverageValue', averageValue: k8s.Quantity.fromString(`${perPod}`) };
  if (clusterLabels === undefined) {
    return { type: 'Pods', pods: { metric: { name }, target } };
  }
  const matchLabels = unlessEmptyRecord(requireLabels(`${from} labels`, clusterLabels));
  return {
    type: 'External',
    external: { metric: { name, ...(matchLabels === undefined ? {} : { selector: { matchLabels } }) }, target },
  };
}
