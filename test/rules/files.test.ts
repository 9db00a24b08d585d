import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../lib/rules';

const lib = join(__dirname, '../../lib/rules');
const tests = __dirname;
const NO_RULES = ['acknowledgements', 'engine', 'finding', 'guardrails-options', 'index', 'rule'];

describe('lib/rules', () => {
  it('has one file for each rule, named after it', () => {
    const files = readdirSync(lib)
      .filter((file) => file.endsWith('.ts'))
      .map((file) => file.replace(/\.ts$/, ''));
    expect(files.filter((file) => !NO_RULES.includes(file)).sort()).toEqual(RULES.map(({ id }) => id).sort());
  });

  it.each(RULES)('$id has a test of its own', ({ id }) => {
    expect(existsSync(`${tests}/${id}.test.ts`)).toBe(true);
  });
});
