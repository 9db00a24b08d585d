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

  it('are those of a SealedSecret, also under another name', () => {
    const sealed = { encryptedData: { a: '' }, template: { metadata: { name: 'other' }, data: { b: '' } } };
    const objects = alone('bitnami.com/v1alpha1', 'SealedSecret', { spec: sealed });
    expect(keysOf(objects, 'other')).toEqual(['a', 'b']);
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
