import { describe, expect, it } from 'vitest';
import { cli, version } from '../support/command-line';

describe('cdk8s-nim', () => {
  it('prints its version', () => {
    expect(cli(['--version'])).toEqual({ code: 0, out: `${version}\n`, error: '' });
  });

  it('prints how it is used', () => {
    expect(cli(['--help'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(
        /^Usage: cdk8s-nim <command>[^]*\n {2}check +checks[^]*\n {2}publish +writes/,
      ) as unknown,
    });
    expect(cli(['check', '--help']).out).toMatch(/^Usage: cdk8s-nim check/);
  });
});

describe('cdk8s-nim refuses', () => {
  it.each([
    [[], 'no command was given'],
    [['lint'], 'there is no command "lint"'],
    [['--strict', 'check', 'a'], 'write the command before --strict'],
    [['check', '--format', 'xml', 'a'], '--format xml: write one of human, json, sarif'],
    [['check', '--kubernetes-version', '1.12', 'a'], '--kubernetes-version: "1.12" is refused'],
    [['check', '--verbose', 'a'], "Unknown option '--verbose'"],
  ])('%j', (args, message) => {
    const { code, error } = cli(args);
    expect(code).toBe(2);
    expect(error).toContain(`error: ${message}`);
    expect(error).toContain('Usage:');
  });
});
