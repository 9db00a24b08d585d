import type { k8s } from 'cdk8s-plus-28';
import { ModelCache } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { nimDeployment, renderNimDeployment } from '../support/nims';
import { expectRefusal } from '../support/refusals';
import { podOf } from '../support/workload';

describe('node affinity', () => {
  const needs = (...matchExpressions: k8s.NodeSelectorRequirement[]): k8s.NodeAffinity => ({
    requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] },
  });
  const affinity: k8s.NodeAffinity = {
    ...needs(
      { key: 'nvidia.com/gpu.product', operator: 'In', values: ['NVIDIA-L40S', 'NVIDIA-H100'] },
      { key: 'nvidia.com/gpu.memory', operator: 'Gt', values: ['40000'] },
      { key: 'spot', operator: 'DoesNotExist' },
    ),
    preferredDuringSchedulingIgnoredDuringExecution: [
      { weight: 100, preference: { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['gpu-1'] }] } },
    ],
  };

  it('is rendered as given, alone for one replica', () => {
    expect(podOf(renderNimDeployment({ nodeAffinity: affinity }))['affinity']).toEqual({ nodeAffinity: affinity });
  });

  it('stands beside the spreading of several replicas', () => {
    const several = { replicas: 2, modelCache: ModelCache.ephemeral() };
    const [before, after] = [several, { ...several, nodeAffinity: affinity }].map((props) =>
      podOf(renderNimDeployment(props)),
    );
    expect(after?.['affinity']).toEqual({ ...(before?.['affinity'] as object), nodeAffinity: affinity });
    expect(after?.['topologySpreadConstraints']).toEqual(before?.['topologySpreadConstraints']);
  });

  it.each<[string, k8s.NodeAffinity, string, string, string]>([
    ['with nothing', {}, '', '{}', 'it says nothing'],
    [
      'without terms',
      { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } },
      ' requiredDuringSchedulingIgnoredDuringExecution nodeSelectorTerms',
      '[]',
      'without terms no node is good enough',
    ],
    [
      'with an empty term',
      { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{}] } },
      ' requiredDuringSchedulingIgnoredDuringExecution nodeSelectorTerms[0]',
      '{}',
      'a term without requirements is for no node',
    ],
    [
      'with a weight that is too high',
      {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 101, preference: { matchExpressions: [{ key: 'a', operator: 'Exists' }] } },
        ],
      },
      ' preferredDuringSchedulingIgnoredDuringExecution[0] weight',
      '101',
      'a whole number from 1 to 100',
    ],
  ])('is refused %s', (_, nodeAffinity, place, value, because) => {
    expectRefusal(() => nimDeployment({ nodeAffinity }), {
      what: `NimDeployment nodeAffinity${place}`,
      value,
      because,
      instead: 'write',
    });
  });

  const FIRST =
    'NimDeployment nodeAffinity requiredDuringSchedulingIgnoredDuringExecution nodeSelectorTerms[0] matchExpressions[0]';

  it.each<[k8s.NodeSelectorRequirement, string, string, string]>([
    [{ key: 'a', operator: 'Is' }, 'operator', '"Is"', 'one of a few texts'],
    [{ key: 'a', operator: 'In' }, 'values', '[]', '"In" compares with values'],
    [{ key: 'a', operator: 'NotIn', values: [] }, 'values', '[]', '"NotIn" compares with values'],
    [{ key: 'a', operator: 'Exists', values: ['b'] }, 'values', '["b"]', '"Exists" asks for no value'],
    [{ key: 'a', operator: 'Gt', values: ['1', '2'] }, 'values', '["1","2"]', '"Gt" compares with one whole number'],
    [{ key: 'a', operator: 'Lt', values: ['many'] }, 'values', '["many"]', '"Lt" compares with one whole number'],
  ])('is refused with %j', (requirement, field, value, because) => {
    expectRefusal(() => nimDeployment({ nodeAffinity: needs(requirement) }), {
      what: `${FIRST} ${field}`,
      value,
      because,
      instead: '',
    });
  });

  it.each<[k8s.NodeSelectorRequirement, string, string]>([
    [{ key: 'bad key', operator: 'Exists' }, 'NimDeployment nodeAffinity key', '"bad key"'],
    [{ key: 'bad key', operator: 'Gt', values: ['1'] }, 'NimDeployment nodeAffinity key', '"bad key"'],
    [{ key: 'a', operator: 'In', values: ['ok', 'a b'] }, 'NimDeployment nodeAffinity a', '"a b"'],
  ])('is refused with %j, which no node has', (requirement, what, value) => {
    expectRefusal(() => nimDeployment({ nodeAffinity: needs(requirement) }), {
      what,
      value,
      because: '63',
      instead: 'write',
    });
  });
});
