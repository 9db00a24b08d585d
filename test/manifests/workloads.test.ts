import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../lib/manifests/manifest';
import { Manifests } from '../../lib/manifests/manifests';
import { leastReplicasOf, replicasOf, singleNodeClaims } from '../../lib/manifests/workloads';
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

describe('the claims that only one node can mount', () => {
  const VOLUMES = [{ name: 'scratch', emptyDir: {} }, { persistentVolumeClaim: { claimName: 'alone' } }];

  const claims = (accessModes: unknown, volumes: unknown = VOLUMES, claim: object = {}): unknown => {
    const objects: Manifest[] = [
      ...alone('apps/v1', 'Deployment', { spec: { template: { spec: { volumes } } } }),
      ...alone('v1', 'PersistentVolumeClaim', { spec: { accessModes }, ...claim }),
    ];
    const manifests = new Manifests(objects);
    return objects
      .flatMap((object) => manifests.podOf(object) ?? [])
      .flatMap((pod) => singleNodeClaims(pod, manifests));
  };

  it.each([
    [['ReadWriteOnce'], 'ReadWriteOnce'],
    [['ReadWriteOncePod'], 'ReadWriteOncePod'],
    [['ReadWriteOnce', 'ReadWriteOncePod'], 'ReadWriteOnce, ReadWriteOncePod'],
    [undefined, ''],
  ])('are those of the modes %j, with the place of the volume', (accessModes, modes) => {
    expect(claims(accessModes)).toEqual([{ volume: 1, claim: 'alone', modes }]);
  });

  it.each([[['ReadWriteMany']], [['ReadOnlyMany']], [['ReadWriteOnce', 'ReadWriteMany']]])(
    'are not those of the modes %j',
    (accessModes) => {
      expect(claims(accessModes)).toEqual([]);
    },
  );

  it.each<[string, unknown, object?]>([
    ['no volume names', []],
    ['other volumes do not name', [{ emptyDir: {} }]],
    ['is not among the manifests', [{ persistentVolumeClaim: { claimName: 'other' } }]],
    ['is in another namespace', VOLUMES, { metadata: { name: 'alone', namespace: 'other' } }],
  ])('are not one that %s', (_, volumes, claim) => {
    expect(claims(['ReadWriteOnce'], volumes, claim)).toEqual([]);
  });
});
