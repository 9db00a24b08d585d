import { describe, expect, it } from 'vitest';
import { podsMounting, singleNodeClaims } from '../../lib/manifests/claims';
import type { Manifest } from '../../lib/manifests/manifest';
import { Manifests } from '../../lib/manifests/manifests';
import { object, ownersOf } from '../support/objects';
import { alone } from '../support/rules';

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
    expect(ownersOf(podsMounting(namespace, claim, manifests))).toEqual(expected);
  });
});
