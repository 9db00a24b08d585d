import { describe, expect, it } from 'vitest';
import { groupKindOf, type Manifest, nameOf } from '../../lib/manifests/manifest';
import { Manifests } from '../../lib/manifests/manifests';
import type { Pod } from '../../lib/manifests/pods';

const ENVOY = 'gateway.envoyproxy.io/SecurityPolicy';

function object(groupKind: string, name: string, spec: object = {}, namespace = 'embeddings'): Manifest {
  const [group, kind = ''] = groupKind.split('/');
  return { apiVersion: group === '' ? 'v1' : `${group}/v1`, kind, metadata: { name, namespace }, spec };
}

function deployment(name: string, labels: Record<string, string> = {}, namespace?: string): Manifest {
  return object('apps/Deployment', name, { template: { metadata: { labels } } }, namespace);
}

const names = (pods: readonly Pod[]): string[] => pods.map(({ owner }) => nameOf(owner));

describe('the look-ups of all objects', () => {
  const service = object('/Service', 'a');
  const same = object('/Service', 'a');
  const manifests = new Manifests([
    service,
    deployment('a'),
    object('/Service', 'b'),
    same,
    object('/Service', 'a', {}, 'other'),
  ]);

  it('find those of one identity', () => {
    expect(manifests.sameAs(service)).toEqual([service, same]);
    expect(manifests.sameAs(object('/Service', 'c'))).toEqual([]);
  });

  it('find one by its name', () => {
    expect(manifests.find('/Service', 'embeddings', 'a')).toBe(service);
    expect(manifests.find('/Service', 'embeddings', 'c')).toBeUndefined();
  });

  it('find all of a kind', () => {
    expect(manifests.all('/Service').map(nameOf)).toEqual(['a', 'b', 'a', 'a']);
    expect(manifests.all('example.com/Service')).toEqual([]);
  });

  it('are built once', () => {
    const workload = deployment('a', { app: 'a' });
    const policy = object(ENVOY, 'a', { targetRefs: [{ kind: 'HTTPRoute', name: 'a' }] });
    const route = object('gateway.networking.k8s.io/HTTPRoute', 'a');
    const { podOf, attachedTo } = bound(new Manifests([workload, policy, route]));
    expect(podOf(workload)).toBe(podOf(workload));
    expect(attachedTo(route, ENVOY)).toBe(attachedTo(route, ENVOY));
  });
});

function bound(manifests: Manifests): Pick<Manifests, 'podOf' | 'attachedTo'> {
  return { podOf: (of) => manifests.podOf(of), attachedTo: (target, kind) => manifests.attachedTo(target, kind) };
}

describe('the credential in a text', () => {
  it('is found again', () => {
    const manifests = new Manifests([]);
    const secret = `nvapi-${'x'.repeat(64)}`;
    expect([secret, 'text', secret, 'text'].map((text) => manifests.literalSecretIn(text))).toEqual([
      'an NVIDIA API key',
      undefined,
      'an NVIDIA API key',
      undefined,
    ]);
  });
});

describe('the pods that a selector selects', () => {
  const manifests = new Manifests([
    deployment('first', { app: 'a', tier: 'gpu' }),
    deployment('second', { app: 'a' }),
    // More than have a label, so that the look-up by labels is the shorter one.
    ...['third', 'fourth', 'fifth', 'sixth'].map((name) => deployment(name)),
    deployment('elsewhere', { app: 'a', tier: 'gpu' }, 'other'),
    object('/Service', 'no-workload'),
  ]);

  it.each<[unknown, string, string[]]>([
    [{ matchLabels: { app: 'a' } }, 'embeddings', ['first', 'second']],
    [{ matchLabels: { app: 'a', tier: 'gpu' } }, 'embeddings', ['first']],
    [{ matchLabels: { tier: 'gpu', app: 'a' } }, 'embeddings', ['first']],
    [{ matchLabels: { app: 'gpu' } }, 'embeddings', []],
    [{ matchLabels: { missing: 'a' } }, 'embeddings', []],
    [{ matchExpressions: [{ key: 'app', operator: 'Exists' }] }, 'embeddings', ['first', 'second']],
    [{ matchLabels: { app: 'a' } }, 'other', ['elsewhere']],
    [{}, 'other', ['elsewhere']],
    [{}, 'empty', []],
    [{ matchLabels: { app: 'a' } }, 'empty', []],
  ])('%j in the namespace %s are %j', (selector, namespace, expected) => {
    expect(names(manifests.podsSelectedBy(namespace, selector))).toEqual(expected);
  });
});

describe('the pods that mount a claim', () => {
  const mounting = (name: string, claimName: string, namespace?: string): Manifest => {
    const volumes = [
      { name: 'tmp', emptyDir: {} },
      { name: 'data', persistentVolumeClaim: { claimName } },
    ];
    return object('apps/Deployment', name, { template: { spec: { volumes } } }, namespace);
  };
  const manifests = new Manifests([
    mounting('a', 'x'),
    mounting('b', 'x'),
    mounting('c', 'y'),
    mounting('d', 'x', 'other'),
  ]);

  it.each([
    ['embeddings', 'x', ['a', 'b']],
    ['other', 'x', ['d']],
    ['embeddings', 'z', []],
  ])('in %s, %s', (namespace, claim, expected) => {
    expect(names(manifests.podsMounting(namespace, claim))).toEqual(expected);
  });
});

describe('what selects the pods of a workload', () => {
  const workload = deployment('a', { app: 'a' });
  const others = [deployment('b', { app: 'b' }), deployment('elsewhere', { app: 'a' }, 'other')];

  const selecting = (
    groupKind: string,
    spec: object,
  ): { readonly budgets: string[]; readonly policies: string[] }[] => {
    const manifests = new Manifests([workload, ...others, object(groupKind, 'selecting', spec)]);
    return [workload, ...others].map((of) => {
      const pod = manifests.podOf(of);
      return pod === undefined
        ? { budgets: [], policies: [] }
        : { budgets: manifests.budgetsOf(pod).map(nameOf), policies: manifests.policiesOf(pod).map(nameOf) };
    });
  };
  const nothing = { budgets: [], policies: [] };
  const budget = { budgets: ['selecting'], policies: [] };
  const policy = { budgets: [], policies: ['selecting'] };

  it.each([
    ['with labels', { selector: { matchLabels: { app: 'a' } } }, [budget, nothing, nothing]],
    ['with an empty selector', { selector: {} }, [budget, budget, nothing]],
    ['without a selector', {}, [nothing, nothing, nothing]],
    ['with null for a selector', { selector: null }, [nothing, nothing, nothing]],
  ])('is a PodDisruptionBudget %s', (_, spec, expected) => {
    expect(selecting('policy/PodDisruptionBudget', spec)).toEqual(expected);
  });

  it.each([
    ['with labels', { podSelector: { matchLabels: { app: 'a' } } }, [policy, nothing, nothing]],
    ['with an empty selector', { podSelector: {} }, [policy, policy, nothing]],
    ['without a selector', {}, [policy, policy, nothing]],
  ])('is a NetworkPolicy %s', (_, spec, expected) => {
    expect(selecting('networking.k8s.io/NetworkPolicy', spec)).toEqual(expected);
  });
});

describe('the policies of Envoy Gateway', () => {
  const route = object('gateway.networking.k8s.io/HTTPRoute', 'text-embedding');
  const gateway = object('gateway.networking.k8s.io/Gateway', 'public');
  const attached = (target: Manifest, spec: object, groupKind = ENVOY, namespace = 'embeddings'): number =>
    new Manifests([target, object(groupKind, 'policy', spec, namespace)]).attachedTo(target, ENVOY).length;
  const reference = { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'text-embedding' };

  it.each<[string, Manifest, object]>([
    ['targetRefs', route, { targetRefs: [{ ...reference, name: 'other' }, reference] }],
    ['targetRef', route, { targetRef: reference }],
    ['a Gateway', gateway, { targetRefs: [{ kind: 'Gateway', name: 'public' }] }],
  ])('are attached by %s', (_, target, spec) => {
    expect(attached(target, spec)).toBe(1);
  });

  it('are attached to a section by its name', () => {
    const spec = { targetRefs: [{ kind: 'Gateway', name: 'public', sectionName: 'https' }] };
    const manifests = new Manifests([gateway, object(ENVOY, 'policy', spec)]);
    expect([undefined, 'https', 'http'].map((section) => manifests.attachedTo(gateway, ENVOY, section).length)).toEqual(
      [0, 1, 0],
    );
  });

  it.each<[string, object, string?, string?]>([
    ['another name', { targetRefs: [{ ...reference, name: 'other' }] }],
    ['another kind', { targetRefs: [{ ...reference, kind: 'Gateway' }] }],
    ['one rule of the route', { targetRefs: [{ ...reference, sectionName: 'embeddings' }] }],
    ['no target', {}],
    ['a target in another namespace', { targetRefs: [reference] }, ENVOY, 'other'],
    ['another kind of policy', { targetRefs: [reference] }, 'gateway.envoyproxy.io/BackendTrafficPolicy'],
  ])('are not attached by %s', (_, spec, groupKind, namespace) => {
    expect(attached(route, spec, groupKind, namespace)).toBe(0);
  });
});

describe('the autoscalers of a workload', () => {
  const workload = deployment('a');
  const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' };
  const scaledBy = (scaleTargetRef: unknown, of = workload, namespace = 'embeddings'): string[] => {
    const autoscaler = object('autoscaling/HorizontalPodAutoscaler', 'autoscaler', { scaleTargetRef }, namespace);
    return new Manifests([of, autoscaler]).scaledBy(of).map(groupKindOf);
  };

  it.each([
    ['a Deployment', workload, target],
    ['a version of it that is gone', workload, { ...target, apiVersion: 'apps/v1beta2' }],
    [
      'a ReplicationController',
      object('/ReplicationController', 'a'),
      { apiVersion: 'v1', kind: 'ReplicationController', name: 'a' },
    ],
  ])('are those that name %s', (_, of, scaleTargetRef) => {
    expect(scaledBy(scaleTargetRef, of)).toEqual(['autoscaling/HorizontalPodAutoscaler']);
  });

  it.each([
    ['another name', { ...target, name: 'b' }],
    ['another kind', { ...target, kind: 'StatefulSet' }],
    ['another group', { ...target, apiVersion: 'example.com/v1' }],
    ['no group', { kind: 'Deployment', name: 'a' }],
    ['nothing', undefined],
  ])('are not those that name %s', (_, scaleTargetRef) => {
    expect(scaledBy(scaleTargetRef)).toEqual([]);
  });

  it('are in its namespace', () => {
    expect(scaledBy(target, workload, 'other')).toEqual([]);
  });
});
