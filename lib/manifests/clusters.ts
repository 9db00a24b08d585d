import { groupBy } from './grouping';
import type { Manifest } from './manifest';
import { identityOf } from './manifests';

/** Where an object comes from: what is written to one place, a chart or a folder, is applied together. */
export type PlaceOf = (object: Manifest) => unknown;

/**
 * The objects of each cluster. Two places that hold an object of the same identity are for different clusters, and places that
 * follow each other without such a clash are for the same one; a place that clashes with no other is for all of them.
 */
export function clustersOf(objects: readonly Manifest[], placeOf: PlaceOf): readonly (readonly Manifest[])[] {
  const clashing = clashingPlaces(objects, placeOf);
  if (clashing.size === 0) {
    return [objects];
  }
  const clusters: { readonly places: Set<unknown>; readonly identities: Set<string> }[] = [];
  for (const [place, identities] of clashing) {
    const cluster = clusters.find((candidate) => !identities.some((identity) => candidate.identities.has(identity)));
    if (cluster === undefined) {
      clusters.push({ places: new Set([place]), identities: new Set(identities) });
    } else {
      cluster.places.add(place);
      identities.forEach((identity) => cluster.identities.add(identity));
    }
  }
  return clusters.map(({ places }) =>
    objects.filter((object) => places.has(placeOf(object)) || !clashing.has(placeOf(object))),
  );
}

/** The places that share an identity with another place, each with all of its identities. */
function clashingPlaces(objects: readonly Manifest[], placeOf: PlaceOf): Map<unknown, string[]> {
  const shared = new Set<unknown>();
  for (const same of groupBy(objects, identityOf).values()) {
    const places = new Set(same.map(placeOf));
    if (places.size > 1) {
      places.forEach((place) => shared.add(place));
    }
  }
  const ofPlaces = groupBy(shared.size === 0 ? [] : objects.filter((object) => shared.has(placeOf(object))), placeOf);
  return new Map([...ofPlaces].map(([place, inIt]) => [place, inIt.map(identityOf)]));
}

/** The folder of a file: folders are applied as a whole. */
export function folderOf(file: string): string {
  return file.replace(/[^/\\]*$/, '');
}
