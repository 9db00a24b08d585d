/// <reference types="node" />
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmdirSync, unlinkSync, writeFileSync } from 'node:fs';

/** Every operation that changes something on a disk. Tests end a run at each of them. */
export interface Disk {
  /** Makes a folder and those above it. */
  makeFolder(path: string): void;
  /** Makes an empty file; fails when there is one of that name. */
  create(path: string): void;
  /** Writes a file and waits until the disk has it. */
  write(path: string, text: string): void;
  /** Puts a file in the place of another one, in one step. */
  rename(from: string, to: string): void;
  remove(path: string): void;
  /** Removes an empty folder; fails when there is something in it. */
  removeFolder(path: string): void;
}

/** The disk of this machine. */
export const DISK: Disk = {
  makeFolder: (path) => void mkdirSync(path, { recursive: true }),
  create: (path) => {
    closeSync(openSync(path, 'wx'));
  },
  write: (path, text) => {
    const file = openSync(path, 'w');
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  },
  rename: renameSync,
  remove: unlinkSync,
  removeFolder: rmdirSync,
};
