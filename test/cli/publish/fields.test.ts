import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedFields, isSame } from '../../../lib/cli/publish/fields';

describe('the fields that changed', () => {
  it.each<[string, unknown, unknown, [string, unknown, unknown][]]>([
    ['of objects, whatever their order', { a: 1, b: { c: 2 } }, { b: { c: 2 }, a: 1 }, []],
    ['with odd names', { a: { 'b.c/d': 1 } }, { a: { 'b.c/d': 2 } }, [['a["b.c/d"]', 1, 2]]],
    [
      'that are new and gone',
      { a: 1 },
      { b: 2 },
      [
        ['a', 1, undefined],
        ['b', undefined, 2],
      ],
    ],
    [
      'of items with names, wherever they stand',
      {
        env: [
          { name: 'a', value: '1' },
          { name: 'b', value: '2' },
        ],
      },
      {
        env: [
          { name: 'c', value: '3' },
          { name: 'a', value: '1' },
          { name: 'b', value: '9' },
        ],
      },
      [
        ['env[b].value', '2', '9'],
        ['env[c]', undefined, { name: 'c', value: '3' }],
      ],
    ],
    [
      'with the order of items with names',
      { env: [{ name: 'a' }, { name: 'b' }] },
      { env: [{ name: 'b' }, { name: 'a' }] },
      [['env, the order', ['a', 'b'], ['b', 'a']]],
    ],
    ['of one item in a list', { a: ['x', 'y', 'z'] }, { a: ['x', 'q', 'z'] }, [['a[1]', 'y', 'q']]],
    ['of an item more in the middle', { a: ['x', 'z'] }, { a: ['x', 'y', 'z'] }, [['a[1]', undefined, 'y']]],
    ['of an item less at the end', { a: ['x', 'y'] }, { a: ['x'] }, [['a[1]', 'y', undefined]]],
    ['of another kind of value', { a: [] }, { a: {} }, [['a', [], {}]]],
    ['that are null', { a: null }, { a: 0 }, [['a', null, 0]]],
  ])('%s', (_, before, after, changes) => {
    expect(changedFields(before, after).map((change) => [change.path, change.before, change.after])).toEqual(changes);
  });

  it('are none exactly when two values say the same', () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    const isEqual = (one: unknown, other: unknown): boolean => {
      try {
        expect(one).toEqual(other);
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(
        value,
        value,
        (one, other) => isSame(one, structuredClone(one)) && isSame(one, other) === isEqual(one, other),
      ),
    );
  });
});
