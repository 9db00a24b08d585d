import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { examplePrograms, filesIn, renderProgram } from './support/programs';

/** Each program is a process of its own: far above what one takes on an idle machine. */
describe('the examples', { timeout: 60_000 }, () => {
  it('are there', () => {
    expect(examplePrograms().length).toBeGreaterThan(5);
  });

  // After a deliberate change: npm run golden, and review the difference.
  it.concurrent.each(examplePrograms())(
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
