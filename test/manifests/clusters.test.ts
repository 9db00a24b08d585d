import { describe, expect, it } from 'vitest';
import { clustersOf, folderOf } from '../../lib/manifests/clusters';
import { type Manifest, nameOf } from '../../lib/manifests/manifest';

/** Objects by name, and their places. */
function clusters(...objects: [place: string, name: string][]): string[] {
  const places = new Map<Manifest, string>(
    objects.map(([place, name]) => [{ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'a' } }, place]),
  );
  return clustersOf([...places.keys()], (object) => places.get(object)).map((cluster) =>
    cluster.map((object) => `${places.get(object) ?? ''}/${nameOf(object)}`).join(' '),
  );
}

describe('objects of several places', () => {
  it('are of one cluster when they share no object', () => {
    expect(clusters(['platform', 'dns'], ['nim', 'nim'])).toEqual(['platform/dns nim/nim']);
  });

  it('are of one cluster within one place, also with two objects of a name', () => {
    expect(clusters(['nim', 'nim'], ['nim', 'nim'])).toEqual(['nim/nim nim/nim']);
  });

  it('are of two clusters when they share an object', () => {
    expect(clusters(['berlin', 'nim'], ['tokyo', 'nim'])).toEqual(['berlin/nim', 'tokyo/nim']);
  });

  it('keep the places of a cluster together that follow each other', () => {
    expect(
      clusters(['berlin-platform', 'dns'], ['berlin', 'nim'], ['tokyo-platform', 'dns'], ['tokyo', 'nim']),
    ).toEqual(['berlin-platform/dns berlin/nim', 'tokyo-platform/dns tokyo/nim']);
  });

  it('are of every cluster where they clash with none', () => {
    expect(clusters(['shared', 'dns'], ['berlin', 'nim'], ['tokyo', 'nim'])).toEqual([
      'shared/dns berlin/nim',
      'shared/dns tokyo/nim',
    ]);
  });
});

it.each([
  ['dist/berlin/Service.a.yaml', 'dist/berlin/'],
  ['dist\\berlin\\Service.a.yaml', 'dist\\berlin\\'],
  ['manifests.yaml', ''],
])('the folder of %s is %s', (file, folder) => {
  expect(folderOf(file)).toBe(folder);
});
