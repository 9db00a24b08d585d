import type { PresentFile, PublishedFolder } from './folder';
import { ABSENT, hashOf, type FileRecord, type States } from './record';

/** What will be done with the files of a folder, and what stands against it. */
export interface FilePlan {
  /** The texts to write, by path. */
  readonly writes: ReadonlyMap<string, string>;
  readonly removals: readonly string[];
  /** What publish knows as its own when it is done. */
  readonly record: FileRecord;
  /** Why it cannot be done, by path. */
  readonly obstacles: readonly Obstacle[];
  /** The texts that were there, of all files that publish wrote or would write. */
  readonly before: ReadonlyMap<string, string>;
}

/** A file that publish does not touch, and why. */
export interface Obstacle {
  readonly path: string;
  readonly message: string;
  /** Whether `--force` with its name helps. */
  readonly canBeForced: boolean;
}

/**
 * Compares a render with a folder. Files with the same objects stay as they are; a file is written or removed when publish knows
 * the state that it is in, or its name is among the forced ones.
 */
export function planFiles(
  rendered: ReadonlyMap<string, string>,
  folder: PublishedFolder,
  forced: ReadonlySet<string>,
  sameObjects: (one: string, other: string) => boolean,
): FilePlan {
  const writes = new Map<string, string>();
  const removals: string[] = [];
  const record = new Map<string, States>();
  const obstacles: Obstacle[] = [];
  const before = new Map<string, string>();
  for (const path of new Set([...rendered.keys(), ...folder.record.keys()])) {
    const wanted = rendered.get(path);
    const own = folder.record.get(path);
    const inTheWay = wanted === undefined ? undefined : folder.obstacleAt(path);
    if (inTheWay !== undefined) {
      obstacles.push({ path, message: inTheWay, canBeForced: false });
      continue;
    }
    const present = folder.read(path);
    if (present !== undefined) before.set(path, present.text);
    if (wanted === undefined && present === undefined) {
      continue;
    }
    if (wanted !== undefined && present !== undefined && isAsWanted(present.text, wanted, sameObjects)) {
      const states = statesToKeep(present, wanted, own);
      if (states !== undefined) record.set(path, states);
      continue;
    }
    const refusal = forced.has(path) ? undefined : whyNotOurs(present, own);
    if (refusal !== undefined) {
      obstacles.push({ path, message: refusal, canBeForced: true });
    } else if (folder.isReadOnly(path)) {
      obstacles.push({ path, message: 'it is read-only: make it writable first (chmod u+w)', canBeForced: false });
    } else if (wanted === undefined) {
      removals.push(path);
    } else {
      writes.set(path, wanted);
      record.set(path, new Set([hashOf(wanted)]));
    }
  }
  return { writes, removals, record, obstacles, before };
}

function isAsWanted(text: string, wanted: string, sameObjects: (one: string, other: string) => boolean): boolean {
  return text === wanted || sameObjects(text, wanted);
}

/** What is known of a file that stays: its bytes are ours, they were ours before, or it is only equal to ours and stays its owner's. */
function statesToKeep(present: PresentFile, wanted: string, own: States | undefined): States | undefined {
  if (present.text === wanted) {
    return new Set([hashOf(present.text)]);
  }
  const known = present.hashes.find((hash) => own?.has(hash) === true);
  return known === undefined ? own : new Set([known]);
}

/** Why a file is not in a state that publish left it in. */
function whyNotOurs(present: PresentFile | undefined, own: States | undefined): string | undefined {
  if (present === undefined) {
    return own === undefined || own.has(ABSENT) ? undefined : 'somebody has removed it since it was published';
  }
  if (own === undefined) {
    return 'it is there and was not published by this command';
  }
  return present.hashes.some((hash) => own.has(hash)) ? undefined : 'somebody has changed it since it was published';
}
