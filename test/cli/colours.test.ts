import { describe, expect, it } from 'vitest';
import { coloured, wantsColours } from '../../lib/cli/colours';
import { COMMANDS } from '../../lib/cli/commands';
import { run } from '../../lib/cli/run';
import { cli, ERROR } from '../support/command-line';
import { withDirectory } from '../support/programs';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [RED, GREEN, YELLOW, RESET] = ['\u001b[31m', '\u001b[32m', '\u001b[33m', '\u001b[0m'];

describe('colours', () => {
  it.each([
    ['+ added Service a', `${GREEN}+${RESET} added Service a`],
    ['    - spec.a: 1', `    ${RED}-${RESET} spec.a: 1`],
    ['~ changed', `${YELLOW}~${RESET} changed`],
    ['! Service a: its type is NodePort', `${YELLOW}!${RESET} Service a: its type is NodePort`],
    ['a.yaml:3: error probes: Deployment a', `a.yaml:3: ${RED}error${RESET} probes: Deployment a`],
    ['a.yaml: refused: it is read-only', `a.yaml: ${RED}refused${RESET}: it is read-only`],
    ['8 objects, 0 errors', '8 objects, 0 errors'],
    ['  the warning of a text', '  the warning of a text'],
  ])('%s', (line, expected) => {
    expect(coloured(`${line}\n`)).toBe(`${expected}\n`);
  });

  it.each([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '' }, true],
    [true, { TERM: 'dumb' }, false],
  ])('on a terminal (%s) with %j: %s', (isTerminal, environment, expected) => {
    expect(wantsColours(isTerminal, environment)).toBe(expected);
  });

  it('are in texts for people on a terminal, and nowhere else', () => {
    withDirectory((directory) => {
      writeFileSync(join(directory, 'nim.yaml'), ERROR);
      const onTerminal = (...args: string[]): string => {
        let out = '';
        const terminal = {
          out: (text: string) => (out += text),
          error: () => undefined,
          standardInput: () => Buffer.alloc(0),
        };
        run([...args, directory], { ...terminal, hasColours: true }, COMMANDS);
        return out;
      };
      expect(onTerminal('check')).toContain(RED);
      expect(onTerminal('check', '--format', 'json')).not.toContain('\u001b');
      expect(onTerminal('check', '--format', 'sarif')).not.toContain('\u001b');
      expect(onTerminal('graph')).not.toContain('\u001b');
    });
    expect(cli(['check', 'DIR'], { 'nim.yaml': ERROR }).out).not.toContain('\u001b');
  });
});
