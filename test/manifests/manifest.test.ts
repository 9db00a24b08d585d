import { describe, expect, it } from 'vitest';
import { groupKindOf, isListKind, isManifest, manifestsIn, showObject } from '../../lib/manifests/manifest';

const SERVICE = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a', namespace: 'embeddings' } };
const NAMESPACE = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'embeddings' } };

describe('an object of Kubernetes', () => {
  it.each<[unknown, boolean]>([
    [{ apiVersion: 'v1', kind: 'Pod' }, true],
    [{ apiVersion: 'v1' }, false],
    [{ kind: 'Pod' }, false],
    [{ apiVersion: 1, kind: 'Pod' }, false],
    [{ apiVersion: 'v1', kind: 1 }, false],
    [{}, false],
    [[], false],
    [null, false],
    ['Pod', false],
  ])('is %j: %s', (value, expected) => {
    expect(isManifest(value)).toBe(expected);
  });

  it.each([
    ['apps/v1', 'Deployment', 'apps/Deployment'],
    ['networking.k8s.io/v1', 'NetworkPolicy', 'networking.k8s.io/NetworkPolicy'],
    ['v1', 'Service', '/Service'],
  ])('of %s and the kind %s has the group and kind %s', (apiVersion, kind, expected) => {
    expect(groupKindOf({ apiVersion, kind })).toBe(expected);
  });

  it.each([
    [SERVICE, 'Service embeddings/a'],
    [NAMESPACE, 'Namespace embeddings'],
    [{ apiVersion: 'v1', kind: 'Service' }, 'Service '],
  ])('has a name for people', (object, expected) => {
    expect(showObject(object)).toBe(expected);
  });
});

describe('a list of objects', () => {
  const list = (kind: string, items?: unknown): object => ({ apiVersion: 'v1', kind, items });

  it.each<[unknown, boolean]>([
    [list('List', []), true],
    [list('ServiceList', [SERVICE]), true],
    [list('List'), false],
    [list('List', {}), false],
    [list('ListOfThings', []), false],
    [list('Gadget', []), false],
    [{ kind: 'List', items: [] }, false],
    [[SERVICE], false],
    [null, false],
  ])('is %j: %s', (value, expected) => {
    expect(isListKind(value)).toBe(expected);
  });

  it('stands for its objects, those of lists in it too', () => {
    const values = [NAMESPACE, list('List', [SERVICE, list('ServiceList', [SERVICE])]), 'no object'];
    expect(manifestsIn(values)).toEqual([NAMESPACE, SERVICE, SERVICE]);
  });
});
