import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERROR, version } from '../support/command-line';
import { writeFiles } from '../support/files';
import { withDirectory } from '../support/programs';

/** How a run of the command from its sources ends in a directory, and what it prints. */
function run(cwd: string, ...args: string[]): { status: number | null; stdout: string } {
  return spawnSync(process.execPath, [resolve('scripts/cli.mjs'), ...args], { cwd, encoding: 'utf8' });
}

describe('npm run cli', () => {
  it('runs the command from its sources, with its arguments and exit code', () => {
    expect(run('.', '--version')).toMatchObject({ status: 0, stdout: `${version}\n` });
    expect(run('.', 'check', 'test/golden/none')).toMatchObject({ status: 2 });
  });

  it('runs it where one is: check reads dist when nothing is named', () => {
    withDirectory((directory) => {
      writeFiles(directory, { 'dist/nim.yaml': ERROR });
      const { status, stdout } = run(directory, 'check');
      expect(stdout).toContain('dist/nim.yaml:');
      expect(status).toBe(1);
    });
  });
});
