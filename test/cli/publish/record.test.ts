import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ABSENT, type FileRecord, hashOf, readRecord, RECORD_FILE, showRecord } from '../../../lib/cli/publish/record';
import { writeFiles } from '../../support/files';
import { withDirectory } from '../../support/programs';
import { runs } from '../../support/property-runs';

const A = hashOf('a');
const B = hashOf('b');
const lines = (record: FileRecord): string[] => showRecord(record).split('\n').slice(2, -1);

describe('the record of the published files', () => {
  it('has a line for each file, in the order of their names', () => {
    const record: FileRecord = new Map([
      ['sub/b.yaml', new Set([B])],
      ['a.yaml', new Set([A])],
    ]);
    expect(lines(record)).toEqual([`${A}  a.yaml`, `${B}  sub/b.yaml`]);
  });

  it('has every state of a file that is not finished, as comments', () => {
    expect(lines(new Map([['a.yaml', new Set([ABSENT, A])]]))).toEqual(
      [A, ABSENT].sort().map((state) => `# publishing ${state}  a.yaml`),
    );
    expect(lines(new Map([['a.yaml', new Set([ABSENT])]]))).toEqual([`# publishing ${ABSENT}  a.yaml`]);
  });

  it('is read as it was written', () => {
    const name = fc.stringMatching(/^[a-z][a-z .*-]{0,7}$/);
    const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
    const states = fc
      .uniqueArray(fc.constantFrom(ABSENT, A, B), { minLength: 1 })
      .map((given): ReadonlySet<string> => new Set(given));
    fc.assert(
      fc.property(fc.array(fc.tuple(path, states)), (entries) => {
        const record = new Map(entries);
        expect(readRecord(showRecord(record))).toEqual(record);
      }),
      runs(100),
    );
  });

  it('is read with the line ends of Windows, and with comments of others', () => {
    const record: FileRecord = new Map([['a.yaml', new Set([A])]]);
    expect(readRecord(`# ours\n${showRecord(record)}`.replaceAll('\n', '\r\n'))).toEqual(record);
    expect(readRecord('')).toEqual(new Map());
  });

  it.each([
    'a line',
    `${A.slice(1)}  a.yaml`,
    `${A}  /a.yaml`,
    `${A}  .git/a`,
    `${A}  a/../b`,
    `# publishing ${A}  ../a`,
  ])('is refused with %j in it, which is named with its line', (line) => {
    expect(() => readRecord(`# ours\n${line}\n`)).toThrow(
      `${RECORD_FILE}:2: ${JSON.stringify(line)} is no line of it: take the file back from Git (after a merge that of either side), and publish again`,
    );
  });

  it.skipIf(spawnSync('sha256sum', ['--version']).status !== 0)('is what sha256sum checks', () => {
    withDirectory((directory) => {
      const texts = { 'a.yaml': 'a', 'sub/b.yaml': 'b' };
      const record = new Map(Object.entries(texts).map(([path, text]) => [path, new Set([hashOf(text)])]));
      writeFiles(directory, { ...texts, [RECORD_FILE]: showRecord(record) });
      const check = (): number | null => spawnSync('sha256sum', ['--check', RECORD_FILE], { cwd: directory }).status;
      expect(check()).toBe(0);
      writeFiles(directory, { [join('sub', 'b.yaml')]: 'by hand' });
      expect(check()).toBe(1);
    });
  });
});
