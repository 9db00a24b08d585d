import { describe, expect, it } from 'vitest';
import type { FieldTest } from '../../lib/ingress/object-tests';
import { matches, passesFieldTest } from '../../lib/manifests/instructions';

const passes = (field: unknown, test: Omit<FieldTest, 'path'> = {}): boolean =>
  passesFieldTest({ spec: { field } }, { path: ['spec', 'field'], ...test });

describe('a field', () => {
  it.each([
    ['text', true],
    [0, true],
    [{}, true],
    [['entry'], true],
    [' ', false],
    [[], false],
    [null, false],
    [undefined, false],
  ])('that is %j is set: %s', (value, is) => {
    expect(passes(value)).toBe(is);
  });

  it.each([
    ['5', true],
    [0.5, true],
    ['0', false],
    [-1, false],
    ['none', false],
    ['', false],
    [true, false],
    [undefined, false],
  ])('that is %j is above zero: %s', (value, is) => {
    expect(passes(value, { isPositive: true })).toBe(is);
  });

  it('looks like a pattern', () => {
    expect(['on', 'off', true].map((value) => passes(value, { pattern: '^(on|true)$' }))).toEqual([true, false, true]);
  });

  it('may be missing only where that is said', () => {
    expect(passes(undefined, { pattern: '^on$', isOptional: true })).toBe(true);
    expect(passes(undefined, { pattern: '^on$' })).toBe(false);
  });
});

describe('a list of groups', () => {
  const eachGroup = { by: 'clients', tests: [{ path: ['limit'] }] };
  const limited = { clients: ['a'], limit: 1 };

  it.each<[string, unknown, boolean]>([
    ['each has an entry that passes', [limited, { clients: ['a'] }, { limit: 2 }], true],
    ['one has none', [limited, { clients: ['b'] }], false],
    ['there are no entries', [], false],
    ['it is no list', 'text', false],
  ])('passes when %s: %#', (_, entries, is) => {
    expect(passes(entries, { eachGroup })).toBe(is);
  });
});

describe('a text', () => {
  it('matches no pattern when it is blank', () => {
    expect(['a', ' '].map((text) => matches(undefined, text))).toEqual([true, false]);
  });
});
