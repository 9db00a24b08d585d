import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../../lib/guardrails/rules';

const lib = join(__dirname, '../../../lib/guardrails/rules');
const tests = __dirname;

describe('lib/guardrails/rules', () => {
  it('has one file for each rule, named after it', () => {
    const files = readdirSync(lib)
      .filter((file) => file !== 'index.ts')
      .map((file) => file.replace(/\.ts$/, ''));
    expect(files.sort()).toEqual(RULES.map(({ id }) => id).sort());
  });

  it.each(RULES)('$id has a test of its own', ({ id }) => {
    expect(existsSync(`${tests}/${id}.test.ts`)).toBe(true);
  });
});
