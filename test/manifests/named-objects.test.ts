import { describe, expect, it } from 'vitest';
import type { ObjectReference } from '../../lib/ingress/controller-language';
import { type Manifest, nameOf } from '../../lib/manifests/manifest';
import { Manifests } from '../../lib/manifests/manifests';
import { listed, namedObjects, namesUnseen, objectNamed } from '../../lib/manifests/named-objects';
import { ingressWith, traefik } from '../support/rules';

function policy(name: string, namespace = 'embeddings'): Manifest {
  return { apiVersion: 'k8s.nginx.org/v1', kind: 'Policy', metadata: { name, namespace } };
}

describe('objects that are named alone or with their namespace', () => {
  const reference: ObjectReference = { annotation: 'nginx.org/policies', kind: 'k8s.nginx.org/Policy' };

  it('are those among the manifests', () => {
    const door = ingressWith({ 'nginx.org/policies': 'auth, shared/limit,other' });
    const policies = [policy('auth'), policy('limit', 'shared'), policy('unnamed')];
    expect(namedObjects(door, reference, new Manifests(policies))).toEqual(policies.slice(0, 2));
  });

  it('are never out of sight', () => {
    expect(namesUnseen(ingressWith({ 'nginx.org/policies': 'auth@file' }), reference)).toBe(false);
  });
});

describe('objects that are named with a provider', () => {
  const reference: ObjectReference = {
    annotation: 'middlewares',
    kind: 'traefik.io/Middleware',
    provider: 'kubernetescrd',
    chain: ['spec', 'chain', 'middlewares'],
  };
  const middlewares = traefik('Middleware', 'a', {});
  const [middleware] = middlewares;
  const manifests = new Manifests(middlewares);
  const find = (name: string): Manifest | undefined => objectNamed(name, reference, ingressWith({}), manifests);

  it('are found by namespace and name', () => {
    expect(find('embeddings-a@kubernetescrd')).toBe(middleware);
  });

  it.each([
    'embeddings-b@kubernetescrd',
    'embeddings-a@file',
    'embeddings-a',
    // As long as the namespace of the Ingress.
    'elsewhere1-a@kubernetescrd',
    'elsewhere1-a@file',
  ])('are not found by %s', (name) => {
    expect(find(name)).toBeUndefined();
  });

  it('are those of the list', () => {
    const door = ingressWith({ middlewares: 'embeddings-b@kubernetescrd, embeddings-a@kubernetescrd' });
    expect(namedObjects(door, reference, manifests)).toEqual(middlewares);
  });

  it.each([
    ['those that a chain names', [{ name: 'a' }, { name: 'missing' }], ['chain', 'a']],
    ['each once, also in a circle', [{ name: 'chain' }, { name: 'a' }, { name: 'a' }], ['chain', 'a']],
    ['those of another namespace', [{ name: 'a', namespace: 'shared' }], ['chain']],
  ])('are, with a chain, %s', (_, links, names) => {
    const door = ingressWith({ middlewares: 'embeddings-chain@kubernetescrd' });
    const objects = [...middlewares, ...traefik('Middleware', 'chain', { chain: { middlewares: links } })];
    expect(namedObjects(door, reference, new Manifests(objects)).map(nameOf)).toEqual(names);
  });

  it.each([
    ['embeddings-a@kubernetescrd', false],
    ['embeddings-a@kubernetescrd,login@file', true],
    ['login', true],
  ])('of another provider are out of sight: %s', (text, is) => {
    expect(namesUnseen(ingressWith({ middlewares: text }), reference)).toBe(is);
  });
});

describe('an annotation with a list', () => {
  it.each([
    ['a,b', ['a', 'b']],
    [' a , b ', ['a', 'b']],
    ['a,, ', ['a']],
    ['', []],
  ])('%j has the names %j', (text, names) => {
    expect(listed(ingressWith({ list: text }), 'list')).toEqual(names);
  });

  it('that is not there has no names', () => {
    expect(listed(ingressWith({}), 'list')).toEqual([]);
  });
});
