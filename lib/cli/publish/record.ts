/// <reference types="node" />
import { createHash } from 'node:crypto';

/** The file in a published folder that says which files are publish's own, and what it wrote into them. */
export const RECORD_FILE = 'published.sha256';

/** The state of a file that is not there. */
export const ABSENT = 'absent';

/** What publish left a file in: the hash of its text, or `ABSENT`. More than one while it is at work, or was killed. */
export type States = ReadonlySet<string>;

/** The files of publish, by their path in the folder. */
export type FileRecord = ReadonlyMap<string, States>;

const HEAD = [
  '# Written by `cdk8s-nim publish`, which changes and removes these files and no others. Do not edit it.',
  `# \`sha256sum --check ${RECORD_FILE}\` names the files that somebody else has changed.`,
];
const LINE = /^(?:# publishing (absent|[0-9a-f]{64})|([0-9a-f]{64})) [ *](.+)$/;
/** Neither out of the folder, nor into what is hidden. */
const PATH = /^(?!\.)[^/\\]+(\/(?!\.)[^/\\]+)*$/;

/** What tells one text from another. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Reads the record; throws with the line of what is wrong in it. */
export function readRecord(text: string): FileRecord {
  const record = new Map<string, Set<string>>();
  text.split(/\r?\n/).forEach((line, index) => {
    const [, publishing, hash, path = ''] = LINE.exec(line) ?? [];
    const state = publishing ?? hash;
    if (state === undefined || !PATH.test(path)) {
      requireComment(line, index + 1);
      return;
    }
    record.set(path, (record.get(path) ?? new Set()).add(state));
  });
  return record;
}

function requireComment(line: string, number: number): void {
  if (line !== '' && (!line.startsWith('#') || LINE.test(line))) {
    throw new Error(
      `${RECORD_FILE}:${number}: ${JSON.stringify(line)} is no line of it: take the file back from Git (after a merge that of either side), and publish again`,
    );
  }
}

/** The text of a record, in the form that `sha256sum --check` reads; what is not finished stands in comments. */
export function showRecord(record: FileRecord): string {
  const lines = [...record]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([path, states]) =>
      states.size === 1 && !states.has(ABSENT)
        ? [...states].map((hash) => `${hash}  ${path}`)
        : [...states].sort().map((state) => `# publishing ${state}  ${path}`),
    );
  return `${[...HEAD, ...lines].join('\n')}\n`;
}
