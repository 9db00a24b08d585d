import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { version } from '../support/command-line';

describe('npm run cli', () => {
  it('runs the command from its sources, with its arguments and exit code', () => {
    const run = (...args: string[]): { status: number | null; stdout: string } =>
      spawnSync(process.execPath, ['scripts/cli.mjs', ...args], { encoding: 'utf8' });
    expect(run('--version')).toMatchObject({ status: 0, stdout: `${version}\n` });
    expect(run('check', 'test/golden/none')).toMatchObject({ status: 2 });
  });
});
