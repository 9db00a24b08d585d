import { describe, expect, it } from 'vitest';
import { carryOut, isRecordOutdated } from '../../../lib/cli/publish/carry-out';
import type { Disk } from '../../../lib/cli/publish/disk';
import { PublishedFolder } from '../../../lib/cli/publish/folder';
import { UNFINISHED_FILE } from '../../../lib/cli/publish/lock';
import { type FilePlan, planFiles } from '../../../lib/cli/publish/plan';
import { ABSENT, hashOf, RECORD_FILE, showRecord } from '../../../lib/cli/publish/record';
import { writeFiles } from '../../support/files';
import { FAST_DISK } from '../../support/interrupted-disk';
import { filesIn, withDirectory } from '../../support/programs';

type Texts = Readonly<Record<string, string>>;

/** What a run does with a folder that has exactly the published files: each operation, and the files afterwards. */
function carriedOut(published: Texts, rendered: Texts): { readonly operations: string[]; readonly files: Texts } {
  return withDirectory((directory) => {
    const record = new Map(Object.entries(published).map(([path, text]) => [path, new Set([hashOf(text)])]));
    writeFiles(directory, { ...published, [RECORD_FILE]: showRecord(record) });
    const operations: string[] = [];
    const disk = Object.fromEntries(
      Object.entries(FAST_DISK).map(([name, run]: [string, (...given: string[]) => void]) => [
        name,
        (...given: string[]): void => {
          operations.push([name, ...given.map((value) => value.replace(`${directory}/`, ''))].join(' '));
          run(...given);
        },
      ]),
    ) as unknown as Disk;
    const folder = new PublishedFolder(directory);
    carryOut(planOf(folder, rendered), folder, disk);
    return { operations, files: filesIn(directory) };
  });
}

const planOf = (folder: PublishedFolder, rendered: Texts): FilePlan =>
  planFiles(new Map(Object.entries(rendered)), folder, new Set(), (one, other) => one === other);

describe('carrying out a plan', () => {
  const [old, now] = [hashOf('old'), hashOf('new')];

  it('writes the record with both states of each file first, each file whole, and the record of what is there last', () => {
    const { operations, files } = carriedOut(
      { 'a.yaml': 'old', 'sub/b.yaml': 'old' },
      { 'a.yaml': 'new', 'c.yaml': 'new' },
    );
    expect(operations.map((operation) => operation.split('\n')[0])).toEqual([
      `write ${UNFINISHED_FILE} # Written by \`cdk8s-nim publish\`, which changes and removes these files and no others. Do not edit it.`,
      `rename ${UNFINISHED_FILE} ${RECORD_FILE}`,
      expect.stringMatching(/^makeFolder /),
      `write ${UNFINISHED_FILE} new`,
      `rename ${UNFINISHED_FILE} a.yaml`,
      expect.stringMatching(/^makeFolder /),
      `write ${UNFINISHED_FILE} new`,
      `rename ${UNFINISHED_FILE} c.yaml`,
      'remove sub/b.yaml',
      'removeFolder sub',
      expect.stringMatching(new RegExp(`^write ${UNFINISHED_FILE} # `)),
      `rename ${UNFINISHED_FILE} ${RECORD_FILE}`,
    ]);
    expect(operations[0]?.split('\n').slice(2, -1)).toEqual(
      [
        [old, now].sort().map((state) => `# publishing ${state}  a.yaml`),
        [ABSENT, now].sort().map((state) => `# publishing ${state}  c.yaml`),
        [ABSENT, old].sort().map((state) => `# publishing ${state}  sub/b.yaml`),
      ].flat(),
    );
    expect(files).toEqual({
      'a.yaml': 'new',
      'c.yaml': 'new',
      [RECORD_FILE]: showRecord(new Map(['a.yaml', 'c.yaml'].map((path) => [path, new Set([now])]))),
    });
  });

  it('does nothing where nothing differs', () => {
    expect(carriedOut({ 'a.yaml': 'old' }, { 'a.yaml': 'old' }).operations).toEqual([]);
  });

  it('knows when the record alone is not as it will be', () => {
    withDirectory((directory) => {
      const record = (states: string[]): Texts => ({
        [RECORD_FILE]: showRecord(new Map([['a.yaml', new Set(states)]])),
      });
      const isOutdated = (states: string[]): boolean => {
        writeFiles(directory, { 'a.yaml': 'old', ...record(states) });
        const folder = new PublishedFolder(directory);
        return isRecordOutdated(planOf(folder, { 'a.yaml': 'old' }), folder);
      };
      expect(isOutdated([old])).toBe(false);
      expect(isOutdated([old, ABSENT])).toBe(true);
    });
  });
});
