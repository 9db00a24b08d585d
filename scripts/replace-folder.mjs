/**
 * Replaces a folder by another one in two renames: whenever the process is killed, the folder is the old or the new one, or, between
 * the two renames, the old one stands beside it and the next run puts it back.
 */
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const previousOf = (folder) => join(dirname(folder), `.${basename(folder)}-previous`);

/** Where a process prepares the new folder: on the same file system, so that it can be renamed. */
export const preparedOf = (folder, pid = process.pid) => join(dirname(folder), `.${basename(folder)}-${pid}`);

/** Puts `prepared` in the place of `folder`. */
export function replaceFolder(folder, prepared) {
  const previous = previousOf(folder);
  rmSync(previous, { recursive: true, force: true });
  if (existsSync(folder)) renameSync(folder, previous);
  renameSync(prepared, folder);
  rmSync(previous, { recursive: true, force: true });
}

/** Mends what a killed run left: the old folder between the two renames, and folders that were being prepared. */
export function recoverFolder(folder) {
  const previous = previousOf(folder);
  if (existsSync(previous)) {
    if (existsSync(folder)) rmSync(previous, { recursive: true, force: true });
    else renameSync(previous, folder);
  }
  const prefix = `.${basename(folder)}-`;
  for (const name of existsSync(dirname(folder)) ? readdirSync(dirname(folder)) : []) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : NaN;
    if (Number.isInteger(pid) && !isRunning(pid)) rmSync(join(dirname(folder), name), { recursive: true, force: true });
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
