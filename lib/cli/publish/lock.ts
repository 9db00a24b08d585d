/// <reference types="node" />
import { existsSync, readdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Disk } from './disk';

const PREFIX = '.cdk8s-nim-publish.';
const LOCK = /^\.cdk8s-nim-publish\.(.+)\.(\d+)\.lock$/;

/** The file that a text is written to before it takes the place of another one. */
export const UNFINISHED_FILE = `${PREFIX}unfinished`;

/**
 * Runs an action while no other publish writes into a folder. The name of a lock says who has it, so that it is whole from the first
 * moment on; whoever made one looks for others afterwards, so that of two at most one goes on. What a dead process left is removed.
 */
export function withLock<Value>(folder: string, disk: Disk, action: () => Value): Value {
  const own = `${PREFIX}${hostname()}.${process.pid}.lock`;
  // Whatever has our name is of a process that had our number before.
  if (!existsSync(join(folder, own))) {
    disk.create(join(folder, own));
  }
  try {
    requireAlone(folder, own);
    for (const name of readdirSync(folder)) {
      // One that came meanwhile is held: its process sees ours and gives up.
      if (name === UNFINISHED_FILE || (LOCK.test(name) && name !== own && !isHeld(name))) {
        disk.remove(join(folder, name));
      }
    }
    return action();
  } finally {
    disk.remove(join(folder, own));
  }
}

/** Refuses a folder that another process publishes to. */
export function requireAlone(folder: string, own?: string): void {
  const other = readdirSync(folder).find((name) => name !== own && isHeld(name));
  if (other !== undefined) {
    const [, host, pid] = LOCK.exec(other) ?? [];
    throw new Error(
      `process ${pid} on ${host} publishes to ${folder}: wait until it has ended; if it is gone, delete ${join(folder, other)}`,
    );
  }
}

/** Whether a file is the lock of a process that is alive, or of another machine, of which nobody knows. */
function isHeld(name: string): boolean {
  const [, host, pid] = LOCK.exec(name) ?? [];
  return host !== undefined && (host !== hostname() || isAlive(Number(pid)));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
