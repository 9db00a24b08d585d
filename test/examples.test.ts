import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { examplePrograms, filesIn, renderHere } from './support/programs';

describe('the examples', () => {
  it('are there', () => {
    expect(examplePrograms().length).toBeGreaterThan(5);
  });

  // After a deliberate change: npm run golden, and review the difference.
  it.each(examplePrograms())('$program renders what is committed, byte for byte', async ({ program, golden }) => {
    const files = await renderHere(program);
    const committed = existsSync(golden) ? filesIn(golden) : {};
    expect(Object.keys(files)).toEqual(Object.keys(committed));
    for (const [name, text] of Object.entries(files)) {
      expect(text, name).toBe(committed[name]);
    }
  });
});
