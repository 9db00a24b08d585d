import { type IServiceAccount, type k8s, ServiceAccount } from 'cdk8s-plus-28';
import { ModelCache } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { at, find, inventory, testChart } from '../support/manifests';
import { nimDeployment, renderNimDeployment, renderTextEmbeddingNim } from '../support/nims';
import { expectRefusal } from '../support/refusals';
import { podOf } from '../support/workload';

const TEAM = { 'example.com/team': 'search' };

describe('further labels of the pod', () => {
  const objects = renderTextEmbeddingNim({ podLabels: TEAM });

  it('stand beside those of the construct', () => {
    const before = at(find(renderTextEmbeddingNim(), 'Deployment'), 'spec.template.metadata.labels') as object;
    expect(at(find(objects, 'Deployment'), 'spec.template.metadata.labels')).toEqual({ ...before, ...TEAM });
  });

  it('are in no selector and on no other object', () => {
    const elsewhere = objects.map((object) => (object.kind === 'Deployment' ? { ...object, spec: undefined } : object));
    expect(JSON.stringify(elsewhere)).not.toContain('example.com/team');
    expect(JSON.stringify(at(find(objects, 'Deployment'), 'spec.selector'))).not.toContain('example.com/team');
  });

  it.each([
    'app.kubernetes.io/name',
    'app.kubernetes.io/instance',
    'app.kubernetes.io/version',
    'app.kubernetes.io/managed-by',
  ])('are refused as %s, which the construct sets', (key) => {
    expectRefusal(() => nimDeployment({ podLabels: { [key]: 'other' } }), {
      what: 'NimDeployment podLabels key',
      value: JSON.stringify(key),
      because: 'the construct sets it, for selectors and for people',
      instead: 'leave it out, or write a key of your own',
    });
  });

  it.each([
    ['a key', { 'bad key': 'x' }, 'NimDeployment podLabels key', '"bad key"'],
    ['a value', { team: 'a b' }, 'NimDeployment podLabels team', '"a b"'],
  ])('are refused with %s that Kubernetes would not take', (_, podLabels, what, value) => {
    expectRefusal(() => nimDeployment({ podLabels }), { what, value, because: '63', instead: 'write' });
  });

  it('are refused with a credential', () => {
    expectRefusal(() => nimDeployment({ podLabels: { team: 'nvapi-canary' } }), {
      what: 'NimDeployment podLabels',
      value: '"(hidden)"',
      because: 'it holds an NVIDIA API key, and manifests are stored in Git',
      instead: 'put it into a Secret',
    });
  });
});

describe('an account that exists already', () => {
  const account = (name: string): IServiceAccount =>
    ServiceAccount.fromServiceAccountName(testChart(), 'account', name);
  const objects = renderNimDeployment({ serviceAccount: account('embedder') });

  it('is the one that the pod runs as, without a token', () => {
    expect(podOf(objects)).toMatchObject({ serviceAccountName: 'embedder', automountServiceAccountToken: false });
  });

  it('takes the place of our own', () => {
    expect(inventory(objects).filter((name) => name.startsWith('ServiceAccount'))).toEqual([]);
    expect(nimDeployment({ serviceAccount: account('embedder') }).serviceAccount).toBeUndefined();
  });

  it('is refused when it is the one of every pod', () => {
    expectRefusal(() => nimDeployment({ serviceAccount: account('default') }), {
      what: 'NimDeployment serviceAccount',
      value: '"default"',
      because: 'every pod of the namespace without an account of its own has its rights',
      instead: 'name an account of the NIM, or leave it out',
    });
  });

  it('is refused with a name that no object has', () => {
    expectRefusal(() => nimDeployment({ serviceAccount: account('Embed der') }), {
      what: 'NimDeployment serviceAccount',
      value: '"Embed der"',
      because: 'an object name is',
      instead: 'kubectl get',
    });
  });
});

describe('another scheduler', () => {
  it('places the pod', () => {
    expect(podOf(renderNimDeployment({ schedulerName: 'kai-scheduler' }))['schedulerName']).toBe('kai-scheduler');
  });

  it('is refused with a name that no object has', () => {
    expectRefusal(() => nimDeployment({ schedulerName: 'Kai Scheduler' }), {
      what: 'NimDeployment schedulerName',
      value: '"Kai Scheduler"',
      because: 'an object name is',
      instead: 'kubectl get',
    });
  });
});

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
