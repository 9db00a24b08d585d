import { describe, expect, it } from 'vitest';
import { unknownWorkload } from '../../../lib/guardrails/rules/unknown-workload';
import { nimObjects, violations } from '../../support/rules';

const containers = [{ name: 'main', image: 'registry.example.com/main:1.0.0' }];

function against(kind: string, spec: object): string[] {
  const [apiVersion = '', name = ''] = kind.split(' ');
  return violations(unknownWorkload, [{ apiVersion, kind: name, metadata: { name: 'app', namespace: 'apps' }, spec }]);
}

describe('unknown-workload', () => {
  it('is silent about the workloads of Kubernetes', () => {
    expect(violations(unknownWorkload, nimObjects())).toEqual([]);
  });

  it.each([
    ['argoproj.io/v1alpha1 Rollout', { template: { spec: { containers } } }, 'spec.template.spec.containers'],
    ['serving.kserve.io/v1beta1 InferenceService', { predictor: { containers } }, 'spec.predictor.containers'],
    [
      'leaderworkerset.x-k8s.io/v1 LeaderWorkerSet',
      { groups: [{ spec: { containers } }] },
      'spec.groups[0].spec.containers',
    ],
  ])('finds the pods of a %s', (kind, spec, field) => {
    expect(against(kind, spec)).toEqual([`${kind.split(' ')[1]}: ${field}`]);
  });

  it.each(['NIMService', 'NIMPipeline'])('finds a %s of the NIM Operator, which lists no containers', (kind) => {
    expect(against(`apps.nvidia.com/v1alpha1 ${kind}`, { image: { tag: '1.13.0' } })).toEqual([`${kind}: spec`]);
  });

  it.each([
    ['a Service', { expose: { service: { type: 'LoadBalancer' } } }, 'spec.expose.service.type'],
    [
      'a port of each node',
      { services: [{ expose: { service: { type: 'NodePort' } } }] },
      'spec.services[0].expose.service.type',
    ],
    ['an ingress', { expose: { ingress: { enabled: true } } }, 'spec.expose.ingress.enabled'],
  ])('points out %s that its controller opens', (_, spec, field) => {
    expect(against('apps.nvidia.com/v1alpha1 NIMService', spec)).toEqual(['NIMService: spec', `NIMService: ${field}`]);
  });

  it('is silent about a Service inside, and an ingress that is off', () => {
    const expose = { service: { type: 'ClusterIP' }, ingress: { enabled: false } };
    expect(against('apps.nvidia.com/v1alpha1 NIMService', { expose })).toEqual(['NIMService: spec']);
  });

  it('is silent about a door of what runs no containers', () => {
    expect(against('gateway.envoyproxy.io/v1alpha1 EnvoyProxy', { service: { type: 'LoadBalancer' } })).toEqual([]);
  });

  it.each([
    ['a schema that describes containers', { schema: { properties: { containers: { type: 'array' } } } }],
    ['names of containers', { resourcePolicy: { containers: ['main'], containerPolicies: [{ containerName: '*' }] } }],
    ['a list without an image', { containers: [{ name: 'main', resources: {} }] }],
  ])('is silent about %s', (_, spec) => {
    expect(against('autoscaling.k8s.io/v1 VerticalPodAutoscaler', spec)).toEqual([]);
  });

  it.each(['kyverno.io/v1 ClusterPolicy', 'kyverno.io/v1 Policy'])('is silent about the patterns of a %s', (kind) => {
    const pattern = { spec: { containers: [{ image: '!*:latest' }] } };
    expect(against(kind, { rules: [{ validate: { pattern } }] })).toEqual([]);
  });
});
