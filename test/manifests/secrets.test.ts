import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../lib/manifests/manifest';
import { Manifests } from '../../lib/manifests/manifests';
import { keysOfSecret, makersOfSecret } from '../../lib/manifests/secrets';
import { alone } from '../support/rules';

const keysOf = (objects: readonly Manifest[], name = 'alone'): string[] | undefined => {
  const keys = keysOfSecret('embeddings', name, new Manifests(objects));
  return keys && [...keys];
};
const external = (spec: object): Manifest[] => alone('external-secrets.io/v1', 'ExternalSecret', { spec });

describe('the keys of a Secret', () => {
  it('are those of a Secret, in both of its fields', () => {
    expect(keysOf(alone('v1', 'Secret', { data: { a: '' }, stringData: { b: '' } }))).toEqual(['a', 'b']);
    expect(keysOf(alone('v1', 'Secret'))).toEqual([]);
  });

  it('are those of a SealedSecret, always under its own name', () => {
    const sealed = { encryptedData: { a: '' }, template: { metadata: { name: 'other' }, data: { b: '' } } };
    const objects = alone('bitnami.com/v1alpha1', 'SealedSecret', { spec: sealed });
    expect(keysOf(objects)).toEqual(['a', 'b']);
    expect(keysOf(objects, 'other')).toBeUndefined();
  });

  it('are the templates of a VaultStaticSecret, unless there is more in it', () => {
    const transformation = { excludeRaw: true, excludes: ['.*'], templates: { a: { text: '' } } };
    const vault = (more: object, destination: object = {}): Manifest[] =>
      alone('secrets.hashicorp.com/v1beta1', 'VaultStaticSecret', {
        spec: {
          destination: { name: 'made', create: true, transformation: { ...transformation, ...more }, ...destination },
        },
      });
    expect(keysOf(vault({}), 'made')).toEqual(['a']);
    expect(keysOf(vault({}))).toBeUndefined();
    expect(keysOf(vault({}, { name: undefined }))).toEqual(['a']);
    for (const more of [{ excludeRaw: false }, { excludes: ['x'] }, { transformationRefs: [{ name: 'shared' }] }]) {
      expect(keysOf(vault(more), 'made')).toBeUndefined();
    }
    expect(keysOf(vault({}, { create: false }), 'made')).toBeUndefined();
  });

  it('are those of every Secret that a SecretProviderClass has', () => {
    const secretObjects = [
      { secretName: 'one', data: [{ key: 'a' }, { key: 'b' }] },
      { secretName: 'two', data: [{ key: 'c' }] },
    ];
    const objects = alone('secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass', { spec: { secretObjects } });
    expect(keysOf(objects, 'one')).toEqual(['a', 'b']);
    expect(keysOf(objects, 'two')).toEqual(['c']);
    expect(keysOf(objects)).toBeUndefined();
  });

  it('are what an ExternalSecret reads, or what its template has instead', () => {
    const data = [{ secretKey: 'a' }];
    expect(keysOf(external({ data }))).toEqual(['a']);
    expect(keysOf(external({ data, target: { template: { data: { b: '' } } } }))).toEqual(['b']);
    expect(keysOf(external({ data, target: { template: { data: { b: '' }, mergePolicy: 'Merge' } } }))).toEqual([
      'b',
      'a',
    ]);
  });

  it('are unknown where they come from outside, or nothing makes the Secret', () => {
    expect(keysOf(external({ dataFrom: [{ extract: { key: 'a' } }] }))).toBeUndefined();
    expect(keysOf(external({ target: { template: { templateFrom: [] } } }))).toBeUndefined();
    expect(keysOf([])).toBeUndefined();
    expect(keysOfSecret('elsewhere', 'alone', new Manifests(alone('v1', 'Secret')))).toBeUndefined();
  });

  it('are those of all objects that make it', () => {
    const secret = alone('v1', 'Secret', { data: { a: '' } });
    const read = external({ data: [{ secretKey: 'b' }] });
    expect(keysOf([...secret, ...read])).toEqual(['a', 'b']);
    expect(makersOfSecret('embeddings', 'alone', new Manifests([...secret, ...read]))).toEqual([...secret, ...read]);
    expect(keysOf([...secret, ...external({ dataFrom: [{}] })])).toBeUndefined();
  });
});
