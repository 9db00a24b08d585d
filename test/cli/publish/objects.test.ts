import { describe, expect, it } from 'vitest';
import { compareObjects, duplicatesIn, outcomeOf, placed, type PlacedObject } from '../../../lib/cli/publish/objects';
import { nameOf } from '../../../lib/manifests/manifest';

const configMap = (name: string, file: string, data: object = {}): PlacedObject => ({
  object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'embeddings' }, data },
  file,
});

/** What became of each object, with its files. */
function changes(before: readonly PlacedObject[], after: readonly PlacedObject[]): unknown[] {
  return compareObjects(before, after).map((change) => [
    outcomeOf(change),
    nameOf(placed(change).object),
    change.before?.file,
    change.after?.file,
  ]);
}

describe('what became of objects', () => {
  it('is in the order of the summary: added, changed, removed, unchanged', () => {
    const before = [configMap('a', 'a.yaml'), configMap('b', 'b.yaml'), configMap('c', 'c.yaml')];
    const after = [configMap('a', 'a.yaml'), configMap('b', 'b.yaml', { x: '1' }), configMap('d', 'd.yaml')];
    expect(changes(before, after)).toEqual([
      ['added', 'd', undefined, 'd.yaml'],
      ['changed', 'b', 'b.yaml', 'b.yaml'],
      ['removed', 'c', 'c.yaml', undefined],
      ['unchanged', 'a', 'a.yaml', 'a.yaml'],
    ]);
  });

  it('is the same object when it moves to another file, or to another folder where it is alone', () => {
    expect(changes([configMap('a', 'all.yaml')], [configMap('a', 'a.yaml')])).toEqual([
      ['unchanged', 'a', 'all.yaml', 'a.yaml'],
    ]);
    expect(changes([configMap('a', 'one/a.yaml')], [configMap('a', 'two/a.yaml')])).toEqual([
      ['unchanged', 'a', 'one/a.yaml', 'two/a.yaml'],
    ]);
  });

  it('is told for each folder: they may be of different clusters', () => {
    const before = [configMap('a', 'one/a.yaml'), configMap('a', 'two/a.yaml')];
    expect(changes(before, [configMap('a', 'one/a.yaml', { x: '1' }), configMap('a', 'two/a.yaml')])).toEqual([
      ['changed', 'a', 'one/a.yaml', 'one/a.yaml'],
      ['unchanged', 'a', 'two/a.yaml', 'two/a.yaml'],
    ]);
    expect(changes(before, [configMap('a', 'three/a.yaml')])).toEqual([
      ['added', 'a', undefined, 'three/a.yaml'],
      ['removed', 'a', 'one/a.yaml', undefined],
      ['removed', 'a', 'two/a.yaml', undefined],
    ]);
  });

  it('shows no value of a Secret, wherever it stands, and its names and labels', () => {
    const secret = (value: string): PlacedObject => ({
      object: {
        apiVersion: 'v1',
        kind: 'Secret',
        type: value,
        metadata: { name: 'a', labels: { team: value }, annotations: { 'last-applied': value } },
        data: { key: value },
      },
      file: 'a.yaml',
    });
    const [change] = compareObjects([secret('one')], [secret('two')]);
    expect(change?.fields).toEqual([
      { path: 'type', before: 'one', after: 'two' },
      { path: 'metadata.labels.team', before: 'one', after: 'two' },
      { path: 'metadata.annotations.last-applied', before: '(hidden)', after: '(hidden)' },
      { path: 'data.key', before: '(hidden)', after: '(hidden)' },
    ]);
  });
});

describe('an object that is there twice', () => {
  it('is one in its folder, and none in two folders or without a name', () => {
    const [a, again] = [configMap('a', 'one/a.yaml'), configMap('a', 'one/b.yaml')];
    expect(duplicatesIn([a, again, configMap('a', 'two/a.yaml'), configMap('b', 'one/a.yaml')])).toEqual([[a, again]]);
    expect(duplicatesIn([configMap('', 'one/a.yaml'), configMap('', 'one/b.yaml')])).toEqual([]);
  });
});
