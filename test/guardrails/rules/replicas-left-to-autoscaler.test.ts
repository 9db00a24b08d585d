import { replicasLeftToAutoscaler } from '../../../lib/guardrails/rules/replicas-left-to-autoscaler';
import type { Manifest } from '../../../lib/manifests/manifest';
import { alone, nimWith, REMOVED, testRule } from '../../support/rules';

function scaled(apiVersion: string, kind: string, scaleTargetRef: object, replicas: unknown = 2): Manifest[] {
  return [
    ...nimWith(['Deployment', 'spec.replicas', replicas]),
    ...alone(apiVersion, kind, { metadata: { name: 'nim', namespace: 'embeddings' }, spec: { scaleTargetRef } }),
  ];
}

const DEPLOYMENT = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'text-embedding' };

testRule(replicasLeftToAutoscaler, {
  accepts: {
    'a number without an autoscaler': nimWith(),
    'an autoscaler and no number': scaled('autoscaling/v2', 'HorizontalPodAutoscaler', DEPLOYMENT, REMOVED),
    'an autoscaler of another workload': scaled('autoscaling/v2', 'HorizontalPodAutoscaler', {
      ...DEPLOYMENT,
      name: 'other',
    }),
  },
  refuses: {
    'a HorizontalPodAutoscaler beside a number': [
      scaled('autoscaling/v2', 'HorizontalPodAutoscaler', DEPLOYMENT),
      'Deployment: spec.replicas',
    ],
    'a ScaledObject of KEDA, which means a Deployment': [
      scaled('keda.sh/v1alpha1', 'ScaledObject', { name: 'text-embedding' }),
      'Deployment: spec.replicas',
    ],
  },
});
