import { spawnSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withDirectory } from '../support/programs';

const projectDirectory = join(__dirname, '../..');

/** What a program prints and how it ends. */
function run(...lines: string[]): { readonly status: number | null; readonly out: string; readonly error: string } {
  return withDirectory((directory) => {
    symlinkSync(join(projectDirectory, 'node_modules'), join(directory, 'node_modules'));
    writeFileSync(join(directory, 'main.ts'), lines.join('\n'));
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(projectDirectory, 'scripts/run.mjs'), 'main.ts'],
      {
        cwd: directory,
        encoding: 'utf8',
        env: { ...process.env, DEBUG: '1' },
      },
    );
    return { status, out: stdout, error: stderr };
  });
}

describe('a program that is run from its sources', () => {
  it('names its line for an error of the library, and DEBUG the lines of the sources', () => {
    const { status, error } = run(
      "import { Chart, App } from 'cdk8s';",
      "import { NgcCredentials } from 'cdk8s-nim';",
      'interface Names { readonly pull: string }',
      "const names: Names = { pull: 'Not A Name' };",
      "const chart = new Chart(new App(), 'a', { namespace: 'a' });",
      "NgcCredentials.fromSecretNames(chart, 'ngc', { pullSecretName: names.pull });",
    );
    expect(status).toBe(1);
    const [message, line, , ...stack] = error.split('\n');
    expect(message).toMatch(/^error: .*"Not A Name"/);
    expect(line).toBe('  at main.ts:6:16');
    expect(stack[0]).toMatch(/\/lib\/common\/invalid\.ts:\d+:\d+\)$/);
  });

  it('names its line where the program itself prints a stack', () => {
    const { status, out } = run(
      'type Text = string;',
      "const text: Text = 'here';",
      'console.log(new Error(text).stack);',
    );
    expect(status).toBe(0);
    expect(out).toMatch(/^Error: here\n {4}at .*\/main\.ts:3:13\)/);
  });

  it('is the main module, as when Node runs it', () => {
    expect(run("if (require.main === module) console.log('main');").out).toBe('main\n');
  });
});
