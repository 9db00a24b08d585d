import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { withDirectory } from '../support/programs';

const MODULE = pathToFileURL(join(__dirname, '../../scripts/replace-folder.mjs')).href;
const FILE_OPERATIONS = ['renameSync', 'rmSync'];

function folder(path: string, text: string): void {
  mkdirSync(path);
  writeFileSync(join(path, 'manifest.yaml'), text);
}

/** Replaces dist in a process of its own, which is killed before its operation number `killAt`; whether it came to its end. */
function replace(directory: string, killAt: number): boolean {
  const program = `
    import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    let operations = 0;
    for (const name of ${JSON.stringify(FILE_OPERATIONS)}) {
      const real = fs[name];
      fs[name] = (...args) => {
        if (operations++ === ${killAt}) process.kill(process.pid, 'SIGKILL');
        return real(...args);
      };
    }
    syncBuiltinESMExports();
    const { replaceFolder } = await import(${JSON.stringify(MODULE)});
    replaceFolder(${JSON.stringify(join(directory, 'dist'))}, ${JSON.stringify(join(directory, 'new'))});`;
  return spawnSync(process.execPath, ['--input-type=module', '--eval', program]).status === 0;
}

let recoverFolder: (folder: string) => void;
beforeAll(async () => {
  ({ recoverFolder } = (await import(MODULE)) as { readonly recoverFolder: (folder: string) => void });
});

describe('a folder that is replaced', { timeout: 120_000 }, () => {
  it('is the old or the new one, whenever the process is killed', () => {
    const seen: string[] = [];
    for (let killAt = 0, ended = false; !ended; killAt++) {
      ended = withDirectory((directory) => {
        folder(join(directory, 'dist'), 'old');
        folder(join(directory, 'new'), 'new');
        const isAtEnd = replace(directory, killAt);
        recoverFolder(join(directory, 'dist'));
        seen.push(readFileSync(join(directory, 'dist', 'manifest.yaml'), 'utf8'));
        expect(readdirSync(directory).filter((name) => name.startsWith('.'))).toEqual([]);
        return isAtEnd;
      });
    }
    expect(seen.length).toBeGreaterThan(4);
    expect([...new Set(seen)]).toEqual(['old', 'new']);
  });

  it('loses what a killed run prepared, and keeps what a running one prepares', () => {
    withDirectory((directory) => {
      folder(join(directory, 'dist'), 'old');
      folder(join(directory, '.dist-4194305'), 'of a process that no Linux has');
      folder(join(directory, `.dist-${process.pid}`), 'of this process');
      folder(join(directory, '.dist-notes'), 'of a person');
      recoverFolder(join(directory, 'dist'));
      expect(readdirSync(directory).sort()).toEqual([`.dist-${process.pid}`, '.dist-notes', 'dist'].sort());
    });
  });
});
