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
  it('loads yaml and the rules, and nothing of cdk8s', async () => {
    const loaded = await loadedBy('lib/cli/main.ts');
    expect(loaded).toContain('yaml');
    expect(loaded.filter((file) => /^(cdk8s|constructs)/.test(file))).toEqual([]);
  });
});
