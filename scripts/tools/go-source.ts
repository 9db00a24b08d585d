import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './run';
import type { GoSource, Tool } from './tool';

/**
 * Builds in a copy of the module's source. A module that is built as a dependency loses the replacements of its go.mod,
 * and the program would be another one than its authors release.
 */
export function buildGoSource(directory: string, { name, version }: Tool, source: GoSource): void {
  const { goSource, goPackage, neighbours, files = {}, variables = {} } = source;
  const copy = join(directory, 'source');
  const module = JSON.parse(run('go', ['mod', 'download', '-json', `${goSource}@${version}`], directory)) as {
    readonly Dir: string;
  };
  run('cp', ['-R', '--no-preserve=mode', module.Dir, copy], directory);
  if (neighbours !== undefined) {
    replaceNeighbours(copy, neighbours);
  }
  for (const [path, file] of Object.entries(files)) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    copyFileSync(file, join(copy, path));
  }
  const flags = ['-s', '-w', ...Object.entries(variables).map(([variable, value]) => `-X ${variable}=${value}`)];
  run(
    'go',
    [
      ...['build', '-mod=mod', '-trimpath', '-ldflags', flags.join(' ')],
      ...['-o', join(directory, 'bin', name), goPackage],
    ],
    copy,
    // A workspace of the repository would name directories that the module does not carry.
    { GOWORK: 'off', CGO_ENABLED: '0' },
  );
  rmSync(copy, { recursive: true });
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
