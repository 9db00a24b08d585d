/// <reference types="node" />
import { readdirSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from './arguments';

/** An input that could not be read, or is no manifest. */
export interface InputProblem {
  readonly file: string;
  /** Counted from 1. */
  readonly line?: number;
  readonly message: string;
}

/** A file and its line, where one is known: `main.yaml:3`. */
export function showPlace({ file, line }: { readonly file: string; readonly line?: number }): string {
  return line === undefined ? file : `${file}:${line}`;
}

/** A file with its text. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
}

const MANIFEST_FILE = /\.(ya?ml|json)$/i;
/** Written by the command line of cdk8s beside the manifests. */
const NO_MANIFEST = 'construct-metadata.json';
/** Folders of tools and version control; configuration of other tools. */
const SKIPPED = /^(\..+|node_modules)$/;

const MEBIBYTE = 1024 * 1024;
/** Far larger than any manifest, and small enough to be parsed in seconds. */
const LARGEST_FILE_BYTES = 10 * MEBIBYTE;

/** The texts of all files that the paths name or hold, each file once, and what could not be read. */
export function readFiles(
  paths: readonly string[],
  excluded: readonly string[],
  standardInput: () => Buffer,
): { readonly files: SourceFile[]; readonly problems: InputProblem[] } {
  const files: SourceFile[] = [];
  const problems: InputProblem[] = [];
  const attempt = <Value>(file: string, action: () => Value): Value | undefined => {
    try {
      return action();
    } catch (error) {
      problems.push({ file, message: readable(error) });
      return undefined;
    }
  };
  // Each file and each folder once, however many paths and symbolic links lead to it.
  const seen = new Set(
    excluded.map((path) => attempt(path, () => realPath(path))).filter((path) => path !== undefined),
  );
  const read = (path: string): number => {
    const real = attempt(path, () => realPath(path));
    if (real === undefined || seen.has(real)) {
      return 1;
    }
    seen.add(real);
    if (statOf(real)?.isDirectory() === true) {
      const entries = attempt(path, () => readdirSync(path)) ?? [];
      return entries
        .filter((name) => isOfInterest(path, name))
        .sort()
        .reduce((found, name) => found + read(join(path, name)), 0);
    }
    const text = attempt(path, () => readText(path));
    if (text !== undefined) files.push({ file: path, text });
    return 1;
  };
  for (const path of paths) {
    if (path === '-') {
      const text = attempt('stdin', () => textOf(standardInput()));
      if (text !== undefined) files.push({ file: 'stdin', text });
    } else if (read(path) === 0) {
      problems.push({ file: path, message: 'the folder has no file named *.yaml, *.yml or *.json' });
    }
  }
  return { files, problems };
}

/** Where symbolic links lead; a pipe that the shell made (`<(helm template …)`) exists at its own path only. */
function realPath(path: string): string {
  return statSync(path).isFIFO() ? path : realpathSync(path);
}

/** Whether an entry of a folder is a folder or a manifest. A link that leads nowhere is one if its name is. */
function isOfInterest(directory: string, name: string): boolean {
  const isDirectory = statOf(join(directory, name))?.isDirectory() === true;
  return !SKIPPED.test(name) && (isDirectory || (MANIFEST_FILE.test(name) && name !== NO_MANIFEST));
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function readText(file: string): string {
  const stat = statSync(file);
  if (!stat.isFile() && !stat.isFIFO()) {
    throw new Error('it is neither a file nor a folder');
  }
  requireSize(stat.size);
  return textOf(readFileSync(file));
}

function textOf(bytes: Buffer): string {
  requireSize(bytes.length);
  return bytes.toString('utf8');
}

function requireSize(bytes: number): void {
  if (bytes > LARGEST_FILE_BYTES) {
    const size = Math.ceil(bytes / MEBIBYTE);
    throw new Error(
      `${size} MiB are refused: a file may have ${LARGEST_FILE_BYTES / MEBIBYTE} MiB; split it, or leave out what is no manifest`,
    );
  }
}

const ERRORS: Readonly<Record<string, string>> = {
  EACCES: 'it may not be read',
  ELOOP: 'its symbolic links lead in a circle',
  ENOENT: 'there is no such file or folder',
};

/** Why a file cannot be read, in words of ours where Node.js has a code. */
export function readable(error: unknown): string {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return (code === undefined ? undefined : ERRORS[code]) ?? messageOf(error);
}
