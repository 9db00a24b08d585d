/// <reference types="node" />
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from './arguments';

/** Something that could not be read, or is no manifest. */
export interface Problem {
  readonly file: string;
  /** Counted from 1. */
  readonly line?: number;
  readonly message: string;
}

/** A file with its text. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
}

const MANIFEST_FILE = /\.(ya?ml|json)$/i;
/** Written by the command line of cdk8s beside the manifests. */
const NO_MANIFEST = 'construct-metadata.json';
const SKIPPED_DIRECTORY = /^(\..+|node_modules)$/;

const MEBIBYTE = 1024 * 1024;
/** Far above any manifest, and below what takes the parser more than seconds. */
const LARGEST_FILE_BYTES = 10 * MEBIBYTE;

/** The texts of all files that the paths name, or have in them, and what could not be read. */
export function readFiles(
  paths: readonly string[],
  standardInput: () => Buffer,
): { readonly files: SourceFile[]; readonly problems: Problem[] } {
  const files: SourceFile[] = [];
  const problems: Problem[] = [];
  for (const path of paths) {
    try {
      const found = path === '-' ? ['-'] : manifestFiles(path, new Set());
      if (found.length === 0) {
        problems.push({ file: path, message: 'the folder has no file named *.yaml, *.yml or *.json' });
      }
      for (const file of found) {
        files.push({ file: file === '-' ? 'stdin' : file, text: readText(file, standardInput) });
      }
    } catch (error) {
      problems.push({ file: path, message: readable(error) });
    }
  }
  return { files, problems };
}

/** The file itself, or the manifests below a folder. A folder that symbolic links lead to twice is read once. */
function manifestFiles(path: string, seen: Set<string>): string[] {
  if (!statSync(path).isDirectory()) {
    return [path];
  }
  const real = realpathSync(path);
  if (seen.has(real)) {
    return [];
  }
  seen.add(real);
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) =>
      entry.isFile() || !isDirectory(join(path, entry.name))
        ? MANIFEST_FILE.test(entry.name) && entry.name !== NO_MANIFEST
        : !SKIPPED_DIRECTORY.test(entry.name),
    )
    .map((entry) => join(path, entry.name))
    .sort()
    .flatMap((entry) => manifestFiles(entry, seen));
}

/** Whether it is a folder, also by a symbolic link; a link that leads nowhere is none. */
function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function readText(file: string, standardInput: () => Buffer): string {
  if (file !== '-') {
    const stat = statSync(file);
    if (!stat.isFile()) {
      throw new Error(`${file}: it is neither a file nor a folder`);
    }
    requireSize(file, stat.size);
  }
  const bytes = file === '-' ? standardInput() : readFileSync(file);
  requireSize(file, bytes.length);
  return bytes.toString('utf8');
}

function requireSize(file: string, bytes: number): void {
  if (bytes > LARGEST_FILE_BYTES) {
    const size = Math.ceil(bytes / MEBIBYTE);
    throw new Error(
      `${file}: ${size} MiB are refused: a file may have ${LARGEST_FILE_BYTES / MEBIBYTE} MiB; split it, or leave out what is no manifest`,
    );
  }
}

const ERRORS: Readonly<Record<string, string>> = {
  EACCES: 'it may not be read',
  ELOOP: 'its symbolic links lead in a circle',
  ENOENT: 'there is no such file or folder',
};

function readable(error: unknown): string {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return (code === undefined ? undefined : ERRORS[code]) ?? messageOf(error);
}
