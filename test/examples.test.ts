import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { examplePrograms, filesIn } from './support/programs';

/** Runs a program in this process, which takes a tenth of one of its own. */
async function filesOf(program: string): Promise<Record<string, string>> {
  const directory = mkdtempSync(join(tmpdir(), 'cdk8s-nim-'));
  vi.stubEnv('CDK8S_OUTDIR', directory);
  try {
    await import(join(__dirname, '..', program));
    return filesIn(directory);
  } finally {
    vi.unstubAllEnvs();
    rmSync(directory, { recursive: true, force: true });
  }
}

describe('the examples', () => {
  it('are there', () => {
    expect(examplePrograms().length).toBeGreaterThan(5);
  });

  // After a deliberate change: npm run golden, and review the difference.
  it.each(examplePrograms())('$program renders what is committed, byte for byte', async ({ program, golden }) => {
    const files = await filesOf(program);
    const committed = existsSync(golden) ? filesIn(golden) : {};
    expect(Object.keys(files)).toEqual(Object.keys(committed));
    for (const [name, text] of Object.entries(files)) {
      expect(text, name).toBe(committed[name]);
    }
  });
});
