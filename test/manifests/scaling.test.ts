import { describe, expect, it } from 'vitest';
import { groupKindOf } from '../../lib/manifests/manifest';
import { Manifests } from '../../lib/manifests/manifests';
import { autoscalersOf, leastReplicasOf, replicasOf } from '../../lib/manifests/scaling';
import { deployment, object } from '../support/objects';
import { alone } from '../support/rules';

describe('the replicas of a workload', () => {
  const counts = (
    replicas: number | undefined,
    autoscaler?: object,
    [apiVersion, kind] = ['apps/v1', 'Deployment'],
  ): (number | undefined)[] => {
    const scaleTargetRef = { apiVersion, kind, name: 'alone' };
    const objects = [
      ...alone(apiVersion, kind, { spec: { replicas } }),
      ...(autoscaler === undefined
        ? []
        : alone('autoscaling/v2', 'HorizontalPodAutoscaler', { spec: { scaleTargetRef, ...autoscaler } })),
    ];
    const manifests = new Manifests(objects);
    return objects.slice(0, 1).flatMap((object) => [leastReplicasOf(object, manifests), replicasOf(object, manifests)]);
  };

  it.each<[number | undefined, object | undefined, number, number]>([
    [undefined, undefined, 1, 1],
    [0, undefined, 0, 0],
    [3, undefined, 3, 3],
    [undefined, { minReplicas: 2, maxReplicas: 5 }, 2, 5],
    [undefined, { maxReplicas: 5 }, 1, 5],
    [7, { minReplicas: 2, maxReplicas: 5 }, 2, 7],
    [3, {}, 1, 3],
    [0, {}, 1, 1],
  ])('%j with the autoscaler %j are %i to %i', (replicas, autoscaler, least, most) => {
    expect(counts(replicas, autoscaler)).toEqual([least, most]);
  });

  it.each([
    ['v1', 'ReplicationController'],
    ['apps/v1', 'Deployment'],
    ['apps/v1', 'ReplicaSet'],
    ['apps/v1', 'StatefulSet'],
  ])('are counted for %s %s', (...kind) => {
    expect(counts(3, undefined, kind)).toEqual([3, 3]);
  });

  it.each([
    ['apps/v1', 'DaemonSet'],
    ['batch/v1', 'Job'],
    ['v1', 'Pod'],
  ])('are unknown for %s %s', (...kind) => {
    expect(counts(3, undefined, kind)).toEqual([undefined, undefined]);
  });
});

describe('the autoscalers of a workload', () => {
  const workload = deployment('a');
  const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' };
  const scaledBy = (scaleTargetRef: unknown, of = workload, namespace = 'embeddings'): string[] => {
    const autoscaler = object('autoscaling/HorizontalPodAutoscaler', 'autoscaler', { scaleTargetRef }, namespace);
    return autoscalersOf(of, new Manifests([of, autoscaler])).map(groupKindOf);
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

it.each([
  [{}, [0, 100]],
  [{ minReplicaCount: 1, maxReplicaCount: 4 }, [1, 4]],
])('are those that a ScaledObject of KEDA with %j says', (bounds, expected) => {
  const scaleTargetRef = { name: 'alone' };
  const [workload, ...others] = [
    ...alone('apps/v1', 'Deployment', { spec: {} }),
    ...alone('keda.sh/v1alpha1', 'ScaledObject', { spec: { scaleTargetRef, ...bounds } }),
  ];
  const manifests = new Manifests(workload === undefined ? [] : [workload, ...others]);
  expect(workload && [leastReplicasOf(workload, manifests), replicasOf(workload, manifests)]).toEqual(expected);
});
