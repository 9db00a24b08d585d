import { Size } from 'cdk8s';
import { PersistentVolumeAccessMode, PersistentVolumeClaim } from 'cdk8s-plus-28';
import { describe, expect, it } from 'vitest';
import { ModelCache, NimRuntime } from 'cdk8s-nim';
import { at, find, inventory, testChart } from '../support/manifests';
import { airGapped, nimDeployment, renderNimDeployment, taggedImage } from '../support/nims';
import { expectRefusal } from '../support/refusals';
import { nimOf, podOf } from '../support/workload';

const { READ_WRITE_ONCE, READ_WRITE_MANY, READ_ONLY_MANY } = PersistentVolumeAccessMode;

function existing(accessMode?: PersistentVolumeAccessMode, name = 'filled'): ModelCache {
  const claim = PersistentVolumeClaim.fromClaimName(testChart(), 'claim', name);
  return ModelCache.existingClaim(claim, accessMode === undefined ? {} : { accessMode });
}

describe('a claim of the NIM', () => {
  it('is 50Gi of the default class for one node by default', () => {
    const claim = find(renderNimDeployment(), 'PersistentVolumeClaim');
    expect(claim.metadata).toMatchObject({ name: 'text-embedding-model-cache', namespace: 'embeddings' });
    expect(claim['spec']).toEqual({ accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '50Gi' } } });
  });

  it('has the given size, class and access mode', () => {
    const modelCache = ModelCache.claim({
      size: Size.gibibytes(100),
      storageClassName: 'shared-ssd',
      accessMode: READ_WRITE_MANY,
    });
    expect(find(renderNimDeployment({ modelCache }), 'PersistentVolumeClaim')['spec']).toEqual({
      accessModes: ['ReadWriteMany'],
      storageClassName: 'shared-ssd',
      resources: { requests: { storage: '100Gi' } },
    });
  });

  it('is what the pod mounts', () => {
    expect(podOf(renderNimDeployment()).volumes[0]).toEqual({
      name: 'model-cache',
      persistentVolumeClaim: { claimName: 'text-embedding-model-cache' },
    });
  });

  it('is refused when it would be read-only', () => {
    expectRefusal(() => ModelCache.claim({ accessMode: READ_ONLY_MANY }), {
      what: 'ModelCache.claim accessMode',
      value: '"ReadOnlyMany"',
      because: 'nothing could ever be written to a new read-only claim',
      instead: 'name a filled claim with ModelCache.existingClaim',
    });
  });

  it('is refused with a storage class that is no object name', () => {
    expectRefusal(() => ModelCache.claim({ storageClassName: 'Fast SSD' }), {
      what: 'ModelCache.claim storageClassName',
      value: '"Fast SSD"',
      because: 'an object name is',
      instead: 'kubectl get',
    });
  });

  it('is refused without size', () => {
    expectRefusal(() => ModelCache.claim({ size: Size.gibibytes(0) }), {
      what: 'ModelCache.claim size',
      value: '"0Gi"',
      because: 'more than zero',
      instead: 'Size.gibibytes(50)',
    });
  });
});

describe('an existing claim', () => {
  it('is mounted, and nothing is made', () => {
    const objects = renderNimDeployment({ modelCache: existing() });
    expect(inventory(objects)).not.toContainEqual(expect.stringContaining('PersistentVolumeClaim'));
    expect(podOf(objects).volumes[0]).toEqual({ name: 'model-cache', persistentVolumeClaim: { claimName: 'filled' } });
  });

  it.each(['1.13.0', '2.0.0', '2.3.0'])('is mounted read-only on %s when it is ReadOnlyMany', (tag) => {
    const objects = renderNimDeployment((chart) => ({
      image: taggedImage(tag),
      credentials: airGapped(chart),
      modelCache: existing(READ_ONLY_MANY),
    }));
    expect(podOf(objects).volumes[0]).toEqual({
      name: 'model-cache',
      persistentVolumeClaim: { claimName: 'filled', readOnly: true },
    });
    expect(nimOf(objects).volumeMounts[0]).toEqual({
      name: 'model-cache',
      mountPath:
        nimDeployment({ image: taggedImage(tag) }).runtime === NimRuntime.TRITON ? '/opt/nim/.cache' : '/model',
      readOnly: true,
    });
  });

  it('is refused with a name that is none', () => {
    expectRefusal(() => existing(READ_WRITE_ONCE, 'No Name'), {
      what: 'ModelCache.existingClaim name',
      value: '"No Name"',
      because: 'an object name is',
      instead: 'kubectl get',
    });
  });
});

describe('an ephemeral cache', () => {
  it('is an emptyDir with a limit, which the pod asks the node for', () => {
    const objects = renderNimDeployment({ modelCache: ModelCache.ephemeral({ sizeLimit: Size.gibibytes(20) }) });
    expect(podOf(objects).volumes[0]).toEqual({ name: 'model-cache', emptyDir: { sizeLimit: '20Gi' } });
    expect(nimOf(objects).resources.requests['ephemeral-storage']).toBe('28Gi');
    expect(nimOf(objects).resources.limits['ephemeral-storage']).toBe('28Gi');
  });

  it('holds 50Gi by default', () => {
    expect(podOf(renderNimDeployment({ modelCache: ModelCache.ephemeral() })).volumes[0]).toEqual({
      name: 'model-cache',
      emptyDir: { sizeLimit: '50Gi' },
    });
  });

  it('is refused without size', () => {
    expectRefusal(() => ModelCache.ephemeral({ sizeLimit: Size.mebibytes(0) }), {
      what: 'ModelCache.ephemeral sizeLimit',
      value: '"0Mi"',
      because: 'more than zero',
      instead: 'Size.gibibytes(50)',
    });
  });
});

describe('more than one replica', () => {
  it.each([
    ['a shared claim', ModelCache.claim({ accessMode: READ_WRITE_MANY })],
    ['an existing shared claim', existing(READ_WRITE_MANY)],
    ['an existing read-only claim', existing(READ_ONLY_MANY)],
    ['an ephemeral cache', ModelCache.ephemeral()],
  ])('works on %s', (_, modelCache) => {
    expect(at(find(renderNimDeployment({ replicas: 3, modelCache }), 'Deployment'), 'spec.replicas')).toBe(3);
  });

  it.each([
    ['the default claim', undefined, 'ReadWriteOnce'],
    ['a claim for one node', ModelCache.claim({ accessMode: READ_WRITE_ONCE }), 'ReadWriteOnce'],
    [
      'a claim for one pod',
      ModelCache.claim({ accessMode: PersistentVolumeAccessMode.READ_WRITE_ONCE_POD }),
      'ReadWriteOncePod',
    ],
    ['an existing claim of unknown mode', existing(), 'ReadWriteOnce'],
  ])('is refused on %s', (_, modelCache, accessMode) => {
    const props = { replicas: 2, ...(modelCache === undefined ? {} : { modelCache }) };
    expectRefusal(() => nimDeployment(props), {
      what: 'NimDeployment replicas',
      value: '2',
      because: `the model cache is ${accessMode}, which only one node can mount`,
      instead: 'write modelCache: ModelCache.claim({ accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY })',
    });
  });
});
