import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { filesIn, goldenPrograms, renderProgram } from './support/programs';

/** Each program is a process of its own: far above what one takes on an idle machine. */
const TIMEOUT = { timeout: 60_000 };

describe('the programs of this repository', TIMEOUT, () => {
  it('are main.ts and the examples', () => {
    expect(goldenPrograms().map(({ program }) => program)).toContain('main.ts');
  });

  // After a deliberate change: npm run golden, and review the difference.
  it.concurrent.each(goldenPrograms())(
    '$program renders what is committed, byte for byte',
    async ({ program, golden }) => {
      const files = await renderProgram(program);
      const committed = existsSync(golden) ? filesIn(golden) : {};
      expect(Object.keys(files)).toEqual(Object.keys(committed));
      for (const [name, text] of Object.entries(files)) {
        expect(text, name).toBe(committed[name]);
      }
    },
  );
});

describe('main.ts', TIMEOUT, () => {
  it('writes one folder for each environment, and one file for each object', async () => {
    const files = Object.keys(await renderProgram('main.ts'));
    expect(new Set(files.map((file) => file.split('/')[0]))).toEqual(new Set(['production', 'staging']));
    expect(files).toContain('production/Deployment.text-embedding.k8s.yaml');
    expect(files.filter((file) => !/^[a-z-]+\/[A-Za-z]+\.[a-z0-9.-]+\.k8s\.yaml$/.test(file))).toEqual([]);
  });
});
