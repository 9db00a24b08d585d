import { writeFileSync } from 'node:fs';
import { type Disk, DISK } from '../../lib/cli/publish/disk';

/** A disk that nobody waits for: what is on it after a power cut is not tested here. */
export const FAST_DISK: Disk = { ...DISK, write: (path, text) => writeFileSync(path, text) };

/** How many operations on the disk something takes. */
export function operationsOf(use: (disk: Disk) => void): number {
  let count = 0;
  use(
    diskThrough((action) => {
      count += 1;
      action();
    }),
  );
  return count;
}

/**
 * The disk of a process that is killed before its n-th operation, counted from 0: from then on it does nothing more. With `torn`, the
 * write that it is killed at leaves half of its text.
 */
export function diskUntil(operation: number, torn: boolean): Disk {
  let count = 0;
  const killed = new Error('killed');
  return diskThrough((action, half) => {
    if (count === operation && torn && half !== undefined) {
      count += 1;
      half();
    }
    if (count >= operation) throw killed;
    count += 1;
    action();
  });
}

/** A disk whose operations go through a function; a write can be done by half. */
function diskThrough(pass: (action: () => void, half?: () => void) => void): Disk {
  return {
    makeFolder: (path) => pass(() => FAST_DISK.makeFolder(path)),
    create: (path) => pass(() => FAST_DISK.create(path)),
    write: (path, text) =>
      pass(
        () => FAST_DISK.write(path, text),
        () => FAST_DISK.write(path, text.slice(0, text.length / 2)),
      ),
    rename: (from, to) => pass(() => FAST_DISK.rename(from, to)),
    remove: (path) => pass(() => FAST_DISK.remove(path)),
    removeFolder: (path) => pass(() => FAST_DISK.removeFolder(path)),
  };
}

/** A disk on which operations of a name fail for a path that a pattern finds. */
export function failingDisk(name: keyof Disk, pattern: RegExp, code: string): Disk {
  return {
    ...FAST_DISK,
    [name]: (path: string, other: string) => {
      const target = name === 'rename' ? other : path;
      if (pattern.test(target)) {
        throw Object.assign(new Error(code), { code, path });
      }
      FAST_DISK[name](path, other);
    },
  };
}
