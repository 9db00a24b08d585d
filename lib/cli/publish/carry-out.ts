/// <reference types="node" />
import { lstatSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Disk } from './disk';
import type { PublishedFolder } from './folder';
import { UNFINISHED_FILE } from './lock';
import type { FilePlan } from './plan';
import { ABSENT, type FileRecord, hashOf, RECORD_FILE, showRecord, type States } from './record';

/**
 * Does what a plan says. The record comes first, with the old and the new state of every file: after a kill the next run knows each
 * of them as its own, and goes on.
 */
export function carryOut(plan: FilePlan, folder: PublishedFolder, disk: Disk): void {
  const changesFiles = plan.writes.size > 0 || plan.removals.length > 0;
  if (changesFiles) {
    replaceFile(RECORD_FILE, showRecord(transitionOf(plan)), folder, disk);
  }
  for (const [path, text] of plan.writes) {
    disk.makeFolder(dirname(folder.at(path)));
    replaceFile(path, text, folder, disk);
  }
  for (const path of plan.removals) {
    disk.remove(folder.at(path));
  }
  // Of the files, too, that an earlier run removed before it was killed.
  for (const path of folder.record.keys()) {
    if (!plan.record.has(path)) removeEmptyFolders(path, folder, disk);
  }
  if (changesFiles || isRecordOutdated(plan, folder)) {
    replaceFile(RECORD_FILE, showRecord(plan.record), folder, disk);
  }
}

/** Whether the record of a folder says something else than it will: a run was killed, or files were taken over. */
export function isRecordOutdated(plan: FilePlan, folder: PublishedFolder): boolean {
  return showRecord(plan.record) !== folder.recordText;
}

/** The record in which every file is in its old or in its new state. */
function transitionOf({ writes, removals, record, before }: FilePlan): FileRecord {
  const stateOf = (text: string | undefined): string => (text === undefined ? ABSENT : hashOf(text));
  return new Map<string, States>([
    ...record,
    ...[...writes].map(([path, text]) => [path, new Set([stateOf(before.get(path)), hashOf(text)])] as const),
    ...removals.map((path) => [path, new Set([stateOf(before.get(path)), ABSENT])] as const),
  ]);
}

/** A file is the old or the new one, at any moment. */
function replaceFile(path: string, text: string, folder: PublishedFolder, disk: Disk): void {
  const unfinished = folder.at(UNFINISHED_FILE);
  disk.write(unfinished, text);
  disk.rename(unfinished, folder.at(path));
}

function removeEmptyFolders(path: string, folder: PublishedFolder, disk: Disk): void {
  for (let above = dirname(path); above !== '.'; above = dirname(above)) {
    if (lstatSync(folder.at(above), { throwIfNoEntry: false })?.isDirectory() === true) {
      if (readdirSync(folder.at(above)).length > 0) return;
      disk.removeFolder(folder.at(above));
    }
  }
}
