import { describe, expect, it } from 'vitest';
import { nameOf } from '../../lib/manifests/manifest';
import { Manifests } from '../../lib/manifests/manifests';
import { deployment, object, ownersOf } from '../support/objects';

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
    const all = new Manifests([workload]);
    expect(all.podOf(workload)).toBe(all.podOf(workload));
    expect(all.pods()).toBe(all.pods());
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
    expect(ownersOf(manifests.podsSelectedBy(namespace, selector))).toEqual(expected);
  });
});
