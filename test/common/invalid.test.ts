import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { invalid } from '../../lib/common/invalid';

const problem = { what: 'port', because: 'a port is a number', instead: 'write 8000' };

describe('an error', () => {
  it('says what is wrong, the value, what is allowed and the way out', () => {
    expect(invalid({ ...problem, value: 80 }).message).toBe('port: 80 is refused: a port is a number; write 8000');
  });

  it('says that a value is missing', () => {
    expect(invalid({ ...problem, value: undefined }).message).toBe(
      'port: nothing is given: a port is a number; write 8000',
    );
  });

  it.each([
    ['', '""'],
    [[], '[]'],
    [{ a: [1] }, '{"a":[1]}'],
  ])('shows %j as %s', (value, shown) => {
    expect(invalid({ ...problem, value }).message).toContain(`port: ${shown} is refused`);
  });

  it.each([
    'nvapi-canary',
    { key: 'nvapi-canary' },
    ['x', '{"auths":{"canary":{}}}'],
    'https://user:canary@nvcr.io/nim/nvidia/model:1.13.0',
  ])('hides a value that holds a credential: %j', (value) => {
    const { message } = invalid({ ...problem, value });
    expect(message).toContain('"(hidden)"');
    expect(message).not.toContain('canary');
  });

  it('is printed with its text and the lines of the program, and nothing else', () => {
    const error = invalid({ ...problem, value: { key: 'nvapi-canary' } });
    const [text, ...lines] = inspect(error).split('\n');
    expect(text).toBe(`Error: ${error.message}`);
    expect(lines.filter((line) => !/^ {4}at /.test(line))).toEqual([]);
    expect(lines.filter((line) => line.includes('node_modules'))).toEqual([]);
  });

  it('lists several problems', () => {
    expect(invalid({ ...problem, value: 80 }, { ...problem, value: 'a' }).message).toBe(
      '2 things are refused:\n  - port: 80 is refused: a port is a number; write 8000\n  - port: "a" is refused: a port is a number; write 8000',
    );
  });
});
