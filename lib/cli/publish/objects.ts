import { folderOf } from '../../manifests/clusters';
import { groupBy } from '../../manifests/grouping';
import { groupKindOf, type Manifest, nameOf } from '../../manifests/manifest';
import { identityOf } from '../../manifests/manifests';
import { changedFields, type FieldChange } from './fields';

/** An object and the file that it is in, by its path in the folder. */
export interface PlacedObject {
  readonly object: Manifest;
  readonly file: string;
}

/** What became of an object: new without `before`, gone without `after`, changed when there are fields. */
export interface ObjectChange {
  readonly before: PlacedObject | undefined;
  readonly after: PlacedObject | undefined;
  readonly fields: readonly FieldChange[];
}

/** The words for what became of objects, in the order of the summary. */
export const OUTCOMES = ['added', 'changed', 'removed', 'unchanged'] as const;

export type ChangeOutcome = (typeof OUTCOMES)[number];

export function outcomeOf({ before, after, fields }: ObjectChange): ChangeOutcome {
  if (before === undefined) return 'added';
  if (after === undefined) return 'removed';
  return fields.length > 0 ? 'changed' : 'unchanged';
}

/** The object of a change as it is now, or was. */
export function placed({ before, after }: ObjectChange): PlacedObject {
  const either = after ?? before;
  if (either === undefined) throw new Error('a change without an object');
  return either;
}

/**
 * What became of each object. Folders may be for different clusters, so an object is looked for in its own folder first; one that is
 * nowhere else has moved.
 */
export function compareObjects(before: readonly PlacedObject[], after: readonly PlacedObject[]): ObjectChange[] {
  const inFolder = pairsBy(placeOf, before, after);
  const moved = pairsBy(({ object }) => identityOf(object), inFolder.onlyBefore, inFolder.onlyAfter);
  return [
    ...[...inFolder.pairs, ...moved.pairs].map(([old, now]) => ({
      before: old,
      after: now,
      fields: fieldsOf(old, now),
    })),
    ...moved.onlyBefore.map((old) => ({ before: old, after: undefined, fields: [] })),
    ...moved.onlyAfter.map((now) => ({ before: undefined, after: now, fields: [] })),
  ].sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
}

/** The objects that are there more than once in a folder: to Argo CD and the API server they are one. */
export function duplicatesIn(objects: readonly PlacedObject[]): PlacedObject[][] {
  const named = objects.filter(({ object }) => nameOf(object) !== '');
  return [...groupBy(named, placeOf).values()].filter(({ length }) => length > 1);
}

/** The folder and the identity of an object. */
export function placeOf({ object, file }: PlacedObject): string {
  return `${folderOf(file)} ${identityOf(object)}`;
}

interface Pairs {
  readonly pairs: (readonly [PlacedObject, PlacedObject])[];
  readonly onlyBefore: PlacedObject[];
  readonly onlyAfter: PlacedObject[];
}

/** The objects that have a key for themselves, before and after. */
function pairsBy(
  keyOf: (object: PlacedObject) => string,
  before: readonly PlacedObject[],
  after: readonly PlacedObject[],
): Pairs {
  const [old, now] = [groupBy(before, keyOf), groupBy(after, keyOf)];
  const partner = (object: PlacedObject, others: Map<string, PlacedObject[]>): PlacedObject | undefined => {
    const key = keyOf(object);
    return old.get(key)?.length === 1 && now.get(key)?.length === 1 ? others.get(key)?.[0] : undefined;
  };
  return {
    pairs: before.flatMap((object) => {
      const other = partner(object, now);
      return other === undefined ? [] : [[object, other] as const];
    }),
    onlyBefore: before.filter((object) => partner(object, now) === undefined),
    onlyAfter: after.filter((object) => partner(object, old) === undefined),
  };
}

function fieldsOf({ object: before }: PlacedObject, { object: after }: PlacedObject): FieldChange[] {
  const fields = changedFields(before, after);
  return groupKindOf(after) === '/Secret' ? fields.map(hidden) : fields;
}

/** What of a Secret may be printed; its annotations may repeat the values. */
const SHOWN_OF_SECRET = /^(apiVersion|type|immutable|metadata\.(name|namespace|labels))\b/;

/** A field of a Secret: its value is nobody's to print. */
function hidden({ path, before, after }: FieldChange): FieldChange {
  return !SHOWN_OF_SECRET.test(path)
    ? { path, before: before === undefined ? before : '(hidden)', after: after === undefined ? after : '(hidden)' }
    : { path, before, after };
}

function sortKey(change: ObjectChange): string {
  const { object, file } = placed(change);
  return `${OUTCOMES.indexOf(outcomeOf(change))} ${folderOf(file)} ${identityOf(object)}`;
}
