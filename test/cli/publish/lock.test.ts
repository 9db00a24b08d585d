import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { requireAlone, UNFINISHED_FILE, withLock } from '../../../lib/cli/publish/lock';
import { writeFiles } from '../../support/files';
import { FAST_DISK } from '../../support/interrupted-disk';
import { withDirectory } from '../../support/programs';

const lockOf = (host: string, pid: number): string => `.cdk8s-nim-publish.${host}.${pid}.lock`;
const OWN = lockOf(hostname(), process.pid);
/** The number of a process that has ended. */
const ended = (): number => spawnSync('true').pid;

/** A folder with empty files of these names. */
function withFolder(names: readonly string[], use: (folder: string) => void): void {
  withDirectory((folder) => {
    writeFiles(folder, Object.fromEntries(names.map((name) => [name, ''])));
    use(folder);
  });
}

describe('the lock of a folder', () => {
  it('is there while the action runs, and then gone', () => {
    withFolder(['a.yaml'], (folder) => {
      expect(withLock(folder, FAST_DISK, () => readdirSync(folder))).toEqual([OWN, 'a.yaml']);
      expect(readdirSync(folder)).toEqual(['a.yaml']);
    });
  });

  it('is gone, too, when the action fails', () => {
    withFolder([], (folder) => {
      const failing = (): never => {
        throw new Error('failed');
      };
      expect(() => withLock(folder, FAST_DISK, failing)).toThrow('failed');
      expect(readdirSync(folder)).toEqual([]);
    });
  });

  it.each([
    ['of a process that is alive', hostname(), process.ppid],
    ['of another machine, of whose processes nobody knows', 'elsewhere', ended()],
  ])('%s is respected, and named', (_, host, pid) => {
    const other = lockOf(host, pid);
    withFolder([other], (folder) => {
      const message = `process ${pid} on ${host} publishes to ${folder}: wait until it has ended; if it is gone, delete ${join(folder, other)}`;
      expect(() => withLock(folder, FAST_DISK, () => 'done')).toThrow(message);
      expect(() => requireAlone(folder)).toThrow(message);
      expect(readdirSync(folder)).toEqual([other]);
    });
  });

  it('of a process that is dead is removed, with the file that it did not finish', () => {
    withFolder([lockOf(hostname(), ended()), UNFINISHED_FILE, 'a.yaml'], (folder) => {
      expect(() => requireAlone(folder)).not.toThrow();
      expect(withLock(folder, FAST_DISK, () => readdirSync(folder))).toEqual([OWN, 'a.yaml']);
    });
  });

  it('of a dead process with our own number is taken for ours', () => {
    withFolder([OWN], (folder) => {
      expect(withLock(folder, FAST_DISK, () => 'done')).toBe('done');
      expect(readdirSync(folder)).toEqual([]);
    });
  });
});
