import { type IServiceAccount, ServiceAccount } from 'cdk8s-plus-28';
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
