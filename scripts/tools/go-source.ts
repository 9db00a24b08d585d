import { copyFileSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './run';
import type { GoSource, Tool } from './tool';

/**
 * Builds in a copy of the module's source. A module that is built as a dependency loses the replacements of its go.mod,
 * and the program would be another one than its authors release.
 */
export function buildGoSource(directory: string, { name, version }: Tool, source: GoSource): void {
  const {
    goSource,
    goPackage,
    neighbours,
    files = {},
    replacements = {},
    dependencyFiles = {},
    variables = {},
    kept = [],
  } = source;
  const copy = join(directory, 'source');
  const module = JSON.parse(run('go', ['mod', 'download', '-json', `${goSource}@${version}`], directory)) as {
    readonly Dir: string;
  };
  run('cp', ['-R', '--no-preserve=mode', module.Dir, copy], directory);
  if (neighbours !== undefined) {
    replaceNeighbours(copy, neighbours);
  }
  copyFiles(copy, files);
  for (const [path, replacement] of Object.entries(replacements)) {
    run('go', ['mod', 'edit', `-replace=${path}=${replacement}`], copy);
  }
  for (const [path, changed] of Object.entries(dependencyFiles)) {
    const dependency = join(copy, 'dependencies', path);
    mkdirSync(dirname(dependency), { recursive: true });
    run('cp', ['-R', '--no-preserve=mode', directoryOf(path, copy), dependency], copy);
    copyFiles(dependency, changed);
    run('go', ['mod', 'edit', `-replace=${path}=./dependencies/${path}`], copy);
  }
  const flags = ['-s', '-w', ...Object.entries(variables).map(([variable, value]) => `-X ${variable}=${value}`)];
  run(
    'go',
    [
      ...['build', '-mod=mod', '-trimpath', '-ldflags', flags.join(' ')],
      ...['-o', join(directory, 'bin', name), goPackage],
    ],
    copy,
    ENVIRONMENT,
  );
  for (const path of kept) {
    mkdirSync(dirname(join(directory, 'kept', path)), { recursive: true });
    renameSync(join(copy, path), join(directory, 'kept', path));
  }
  rmSync(copy, { recursive: true });
}

/** A workspace of the repository would name directories that the module does not carry. */
const ENVIRONMENT = { GOWORK: 'off', CGO_ENABLED: '0' };

interface ListedModule {
  readonly Path: string;
  readonly Version: string;
  readonly Replace?: { readonly Path: string; readonly Version: string };
}

/** The directory of a dependency, at the version that go.mod decides. */
function directoryOf(module: string, copy: string): string {
  const listed = JSON.parse(run('go', ['list', '-mod=mod', '-m', '-json', module], copy, ENVIRONMENT)) as ListedModule;
  const { Path, Version } = listed.Replace ?? listed;
  const { Dir } = JSON.parse(run('go', ['mod', 'download', '-json', `${Path}@${Version}`], copy, ENVIRONMENT)) as {
    readonly Dir: string;
  };
  return Dir;
}

function copyFiles(directory: string, files: Readonly<Record<string, string>>): void {
  for (const [path, file] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    copyFileSync(file, join(directory, path));
  }
}

interface GoMod {
  readonly Replace: readonly { readonly Old: { readonly Path: string }; readonly New: { readonly Path: string } }[];
}

/** A directory of the same repository becomes the module that was published from it. */
function replaceNeighbours(copy: string, version: string): void {
  const { Replace } = JSON.parse(run('go', ['mod', 'edit', '-json'], copy)) as GoMod;
  const edits = Replace.filter((replacement) => replacement.New.Path.startsWith('.')).map(
    ({ Old }) => `-replace=${Old.Path}=${Old.Path}@${version}`,
  );
  run('go', ['mod', 'edit', ...edits], copy);
}
