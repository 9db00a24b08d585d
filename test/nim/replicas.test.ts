import { PersistentVolumeAccessMode } from 'cdk8s-plus-28';
import { describe, expect, it } from 'vitest';
import { ModelCache } from 'cdk8s-nim';
import { Replicas } from '../../lib/nim/replicas';
import { expectRefusal } from '../support/refusals';

describe('a fixed number of replicas', () => {
  it.each([
    [1, false],
    [2, true],
  ])('is rendered, and %s is spread: %s', (count, several) => {
    const replicas = Replicas.fixed('replicas', count);
    expect([replicas.rendered, replicas.atMost, replicas.several]).toEqual([count, count, several]);
  });
});

describe('replicas between bounds', () => {
  it('are left out of the manifest, and count as many as there can be', () => {
    const replicas = Replicas.between('replicas', 0, 3);
    expect([replicas.rendered, replicas.atMost, replicas.several]).toEqual([undefined, 3, true]);
  });

  it('need a volume for the most that there can be', () => {
    const replicas = Replicas.between('replicas', 1, 2);
    expectRefusal(() => replicas.requireVolume(ModelCache.claim()), {
      what: 'replicas',
      value: '2',
      because: 'the model cache is ReadWriteOnce, which only one node can mount',
      instead: 'READ_WRITE_MANY',
    });
    replicas.requireVolume(ModelCache.claim({ accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY }));
    Replicas.between('replicas', 0, 1).requireVolume(ModelCache.claim());
  });

  it('are refused with an upper bound below the lower one', () => {
    expectRefusal(() => Replicas.between('replicas', 2, 1), {
      what: 'replicas upper bound',
      value: '1',
      because: 'a whole number of at least 2',
      instead: '2 or more',
    });
  });
});
