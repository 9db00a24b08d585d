import { clustersOf, folderOf } from '../../../manifests/clusters';
import type { Manifest } from '../../../manifests/manifest';
import { Manifests } from '../../../manifests/manifests';
import type { ObjectChange } from '../objects';

/** The objects of one cluster before and after. */
export interface Transition {
  readonly before: Manifests;
  readonly after: Manifests;
}

/** What changes in each cluster. An object that moves to another folder stays with the objects that it was applied with. */
export function transitionsOf(changes: readonly ObjectChange[], languages?: Manifests['languages']): Transition[] {
  const folders = new Map<Manifest, string>();
  for (const { before, after } of changes) {
    const folder = folderOf((after ?? before)?.file ?? '');
    if (before !== undefined) folders.set(before.object, folder);
    if (after !== undefined) folders.set(after.object, folder);
  }
  const manifests = (objects: readonly Manifest[]): Manifests => new Manifests(objects, undefined, languages);
  const old = new Set(changes.flatMap(({ before }) => (before === undefined ? [] : [before.object])));
  return clustersOf([...folders.keys()], (object) => folders.get(object)).map((objects) => ({
    before: manifests(objects.filter((object) => old.has(object))),
    after: manifests(objects.filter((object) => !old.has(object))),
  }));
}
