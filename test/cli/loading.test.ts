import { build } from 'esbuild';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The files and packages that a file loads, and what those load. */
async function loadedBy(entry: string): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: join(__dirname, '../..'),
    entryPoints: [entry],
    bundle: true,
    packages: 'external',
    platform: 'node',
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  return Object.entries(metafile.inputs).flatMap(([file, { imports }]) => [file, ...imports.map(({ path }) => path)]);
}

describe('the library', () => {
  it('loads neither the parser of YAML nor the command line', async () => {
    const loaded = await loadedBy('lib/index.ts');
    expect(loaded).toContain('lib/guardrails/engine.ts');
    expect(loaded.filter((file) => /^(node:|yaml$|lib\/cli\/)/.test(file))).toEqual([]);
  });
});

describe('the command line', () => {
  it('loads yaml, the rules and the languages of controllers, and nothing of cdk8s or of what renders', async () => {
    const loaded = await loadedBy('lib/cli/main.ts');
    expect(loaded).toEqual(expect.arrayContaining(['yaml', 'lib/ingress/controllers/traefik/language.ts']));
    expect(loaded.filter((file) => /^(cdk8s|constructs|imports\/)|\/profile\.ts$/.test(file))).toEqual([]);
  });
});
