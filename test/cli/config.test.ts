import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { cli, GOOD, WARNING } from '../support/command-line';

describe('the configuration', () => {
  it('takes its options from a file', () => {
    const run = (options: object): number =>
      cli(['check', '--config', 'DIR/guardrails.yaml', 'DIR'], {
        'nim.yaml': WARNING,
        'guardrails.yaml': stringify(options),
      }).code;
    expect(run({})).toBe(0);
    expect(run({ strict: true })).toBe(1);
    expect(run({ kubernetesVersion: '1.30' })).toBe(0);
  });

  it.each([
    [
      'acknowledgements: a',
      '--config DIR/config.yaml: the configuration acknowledgements: "a" is refused: it has to be a list',
    ],
    ['kubernetesVersion: 1.30', 'the configuration kubernetesVersion: 1.3 is refused: it has to be a text'],
    ['a: [', '--config DIR/config.yaml: '],
  ])('the configuration %s', (config, message) => {
    const { code, error } = cli(['check', '--config', 'DIR/config.yaml', 'DIR/a.yaml'], {
      'config.yaml': config,
      'a.yaml': GOOD,
    });
    expect(code).toBe(2);
    expect(error).toContain(message);
  });

  it('a configuration that is not there', () => {
    expect(cli(['check', '--config', 'DIR/none.yaml', 'DIR/a.yaml'], { 'a.yaml': GOOD })).toMatchObject({
      code: 2,
      error: 'error: --config DIR/none.yaml: there is no such file or folder\n',
    });
  });
});
