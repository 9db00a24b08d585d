import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../lib/cli/commands';
import { guardrailTables } from '../support/rules-table';

const page = readFileSync(join(__dirname, '../../docs/guardrails.md'), 'utf8');

/** The page with the tables as the code has them. */
async function current(): Promise<string> {
  return Object.entries(await guardrailTables()).reduce((text, [name, table]) => {
    const [before = '', after = ''] = [text.split(`<!-- ${name} -->`)[0], text.split(`<!-- /${name} -->`)[1]];
    return `${before}<!-- ${name} -->\n\n${table}\n<!-- /${name} -->${after}`;
  }, page);
}

describe('docs/guardrails.md', () => {
  // `npx vitest run test/guardrails/documentation.test.ts --update` writes them.
  it('has the tables of rules and detectors as the code has them', async () => {
    await expect(await current()).toMatchFileSnapshot('../../docs/guardrails.md');
  });

  it('shows the usage of the command', () => {
    expect(page).toContain(COMMANDS.find(({ name }) => name === 'check')?.usage);
  });
});
