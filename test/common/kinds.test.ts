import { Lazy } from 'cdk8s';
import { describe, expect, it } from 'vitest';
import {
  type AnyKind,
  enumOf,
  flag,
  type Kind,
  listOf,
  oneOf,
  port,
  recordOf,
  requireKind,
  text,
  unprivilegedPort,
  wholeNumber,
} from '../../lib/common/kinds';
import { messageOf } from '../support/refusals';

enum Colour {
  RED = 'red',
  DARK_BLUE = 'dark-blue',
}

const later: unknown = Lazy.any({ produce: () => 1 });

describe('a kind', () => {
  it.each<[string, AnyKind, unknown]>([
    ['a text', text, ''],
    ['a switch', flag, false],
    ['a whole number', wholeNumber(), 1],
    ['a whole number from zero on', wholeNumber(0), 0],
    ['a port', port, 65535],
    ['a port without privileges', unprivilegedPort, 1024],
    ['a member of an enum', enumOf({ Colour }), 'dark-blue'],
    ['one of a few texts', oneOf('Exists', 'Equal'), 'Equal'],
    ['a list', listOf(text), ['a', '']],
    ['an empty list', listOf(text), []],
    ['a record', recordOf(flag), { a: true }],
    ['a record without prototype', recordOf(flag), Object.assign(Object.create(null), { a: true })],
  ])('takes %s as it is', (_, kind, value) => {
    expect(requireKind('thing', value, kind as Kind<unknown>)).toBe(value);
  });

  it.each<[string, AnyKind, unknown, string]>([
    ['a text', text, 5, '5 is refused: it has to be a text; write a text in quotes'],
    ['a text', text, null, 'null is refused: it has to be a text; write a text in quotes'],
    ['a switch', flag, 'no', '"no" is refused: it has to be a switch; write true or false'],
    ...[0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY].map((value): [string, AnyKind, unknown, string] => [
      'a whole number',
      wholeNumber(),
      value,
      `${value} is refused: it has to be a whole number of at least 1; write 1 or more`,
    ]),
    ...[0, -1, 65536, 80.5, Number.NaN, '80'].map((value): [string, AnyKind, unknown, string] => [
      'a port',
      port,
      value,
      ' is refused: it has to be a whole number from 1 to 65535; write the port that the server listens on',
    ]),
    [
      'a port without privileges',
      unprivilegedPort,
      443,
      '443 is refused: it has to be a whole number from 1024 to 65535; write for example 8000',
    ],
    [
      'a member of an enum',
      enumOf({ Colour }),
      'RED',
      '"RED" is refused: it has to be a Colour; write Colour.RED or DARK_BLUE',
    ],
    [
      'one of a few texts',
      oneOf('Exists', 'Equal', 'Never'),
      'Exist',
      '"Exist" is refused: it has to be one of a few texts; write "Exists", "Equal" or "Never"',
    ],
    [
      'a list',
      listOf(text),
      'a',
      '"a" is refused: it has to be a list; write [ … ], and for each item a text in quotes',
    ],
    ['an item', listOf(text), ['a', 5], 'thing[1]: 5 is refused: it has to be a text'],
    ['a hole in a list', listOf(text), Array(1), 'thing[0]: nothing is given: it has to be a text'],
    [
      'a record',
      recordOf(text),
      ['a'],
      '["a"] is refused: it has to be a record; write { name: … }, and for each value a text in quotes',
    ],
    ['a record', recordOf(text), new Map([['a', 'b']]), 'a Map is refused: it has to be a record'],
    ['a value of a record', recordOf(text), { a: 5 }, 'thing a: 5 is refused: it has to be a text'],
    [
      'a Lazy',
      wholeNumber(),
      later,
      'a Lazy is refused: a Lazy has no value yet, and it has to be a whole number of at least 1, which is checked at once',
    ],
    [
      'an object that can be read',
      text,
      new Proxy(
        {},
        {
          get: () => {
            throw new Error('no');
          },
        },
      ),
      'thing: an object is refused: it has to be a text',
    ],
    ['a Lazy record', recordOf(text), later, 'a Lazy is refused: a Lazy has no value yet'],
  ])('refuses what is not %s', (_, kind, value, message) => {
    expect(messageOf(() => requireKind('thing', value, kind as Kind<unknown>))).toContain(message);
  });
});
