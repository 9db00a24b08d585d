/// <reference types="node" />
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, realpathSync, type Stats } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { groupBy } from '../../manifests/grouping';
import { hashOf, readRecord, RECORD_FILE, type FileRecord } from './record';

/** A file of the folder with its text. */
export interface PresentFile {
  readonly text: string;
  /** The hashes that it may be known by: a checkout on Windows writes other line ends. */
  readonly hashes: readonly string[];
}

/** The folder that is published to, as it is. Paths in it are written with "/". */
export class PublishedFolder {
  /** What publish knows as its own. */
  public readonly record: FileRecord;
  /** The text of the record, when there is one. */
  public readonly recordText: string | undefined;
  private readonly entries = new Map<string, Entries>();

  /** @param path where it is; links in it are followed once, here. */
  public constructor(private readonly path: string) {
    this.recordText = this.read(RECORD_FILE)?.text;
    this.record = readRecord(this.recordText ?? '');
  }

  /** The file of a path; `undefined` when no file of exactly this name is there. */
  public read(path: string): PresentFile | undefined {
    if (this.statOf(path)?.isFile() !== true) {
      return undefined;
    }
    const text = readFileSync(this.at(path), 'utf8');
    return { text, hashes: [hashOf(text), hashOf(text.replaceAll('\r\n', '\n'))] };
  }

  /** What is in the way of a file of this path: publish would write elsewhere, or into what is not a folder of its own. */
  public obstacleAt(path: string): string | undefined {
    const steps = path.split('/');
    for (const [index, step] of steps.entries()) {
      const folder = steps.slice(0, index).join('/');
      const part = steps.slice(0, index + 1).join('/');
      const other = this.entriesOf(folder)
        .byFoldedName.get(folded(step))
        ?.find((name) => name !== step);
      if (other !== undefined) {
        return `${[...steps.slice(0, index), other].join('/')} is there and differs only in upper and lower case, which many file systems take for one: rename or remove it first`;
      }
      const stat = this.statOf(part);
      const isLast = index === steps.length - 1;
      if (stat === undefined) {
        return undefined;
      }
      if (stat.isSymbolicLink()) {
        return `${part} is a symbolic link to ${readlinkSync(this.at(part))}, and publish writes into no other place: put a ${isLast ? 'file' : 'folder'} there`;
      }
      if (isLast ? !stat.isFile() : !stat.isDirectory()) {
        return `${part} is no ${isLast ? 'file' : 'folder'}: remove it first`;
      }
      if (!isLast && this.statOf(`${part}/${RECORD_FILE}`) !== undefined) {
        return `${part} has a ${RECORD_FILE} of its own: publish to ${part}, or remove that file first`;
      }
    }
    return undefined;
  }

  /** Whether a person has taken the right to write from a file. */
  public isReadOnly(path: string): boolean {
    const stat = this.statOf(path);
    return stat !== undefined && (stat.mode & 0o222) === 0;
  }

  /** The names in a folder; none when it is not there. */
  public namesIn(folder: string): readonly string[] {
    return [...this.entriesOf(folder).names];
  }

  /** The path on the disk. */
  public at(path: string): string {
    return join(this.path, ...path.split('/'));
  }

  /** A file system that knows no upper and lower case finds other spellings too: here only the exact one is there. */
  private statOf(path: string): Stats | undefined {
    const slash = path.lastIndexOf('/');
    return this.entriesOf(path.slice(0, Math.max(slash, 0))).names.has(path.slice(slash + 1))
      ? lstatSync(this.at(path), { throwIfNoEntry: false })
      : undefined;
  }

  private entriesOf(folder: string): Entries {
    const known = this.entries.get(folder);
    if (known !== undefined) {
      return known;
    }
    const isFolder = folder === '' ? existsSync(this.path) : this.statOf(folder)?.isDirectory() === true;
    const names = isFolder ? readdirSync(folder === '' ? this.path : this.at(folder)) : [];
    const entries = { names: new Set(names), byFoldedName: groupBy(names, folded) };
    this.entries.set(folder, entries);
    return entries;
  }
}

/** The names in a folder, read once. */
interface Entries {
  readonly names: ReadonlySet<string>;
  readonly byFoldedName: ReadonlyMap<string, readonly string[]>;
}

/** What file systems that know no upper and lower case take a name for. */
export function folded(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/**
 * Where to publish to, on the disk; throws where that is no place for it.
 *
 * @param rendered the folder that is published.
 */
export function requireTarget(target: string, rendered: string): string {
  const path = realPathOf(resolve(target));
  if (path.split(sep).includes('.git')) {
    throw new Error(`--to ${target}: it is in the folder of Git itself: name a folder of the checkout`);
  }
  const from = realPathOf(resolve(rendered));
  if (`${path}${sep}`.startsWith(`${from}${sep}`) || `${from}${sep}`.startsWith(`${path}${sep}`)) {
    throw new Error(`--to ${target}: one of ${target} and ${rendered} is in the other one: name a folder elsewhere`);
  }
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat !== undefined && !stat.isDirectory()) {
    throw new Error(`--to ${target}: it is no folder`);
  }
  const above = foldersAbove(path);
  if (stat === undefined && !above.some((folder) => existsSync(join(folder, '.git')))) {
    throw new Error(
      `--to ${target}: there is no such folder, and it would be in no Git checkout: check the path, or make it`,
    );
  }
  const owner = above.find((folder) => ownsFilesBelow(folder, path));
  if (owner !== undefined) {
    throw new Error(`--to ${target}: ${join(owner, RECORD_FILE)} has files of it: publish to ${owner}`);
  }
  return path;
}

/** The path without links, of what may not be there yet. */
function realPathOf(path: string): string {
  return existsSync(path) || dirname(path) === path
    ? realpathSync(path)
    : join(realPathOf(dirname(path)), basename(path));
}

function foldersAbove(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [] : [parent, ...foldersAbove(parent)];
}

function ownsFilesBelow(folder: string, path: string): boolean {
  const file = join(folder, RECORD_FILE);
  const prefix = `${relative(folder, path).replaceAll(sep, '/')}/`;
  return (
    existsSync(file) && [...readRecord(readFileSync(file, 'utf8')).keys()].some((owned) => owned.startsWith(prefix))
  );
}
