import { describe, expect, it } from 'vitest';
import { defined, inOrder, unlessEmpty, unlessEmptyRecord } from '../../lib/common/defined';

describe('what is empty', () => {
  it('is left out of an object only where it is undefined', () => {
    const object = defined({ a: 1, b: undefined, c: false, d: '', e: 0 });
    expect(Object.keys(object)).toEqual(['a', 'c', 'd', 'e']);
  });

  it('is left out as a list and as a record', () => {
    expect(unlessEmpty([])).toBeUndefined();
    expect(unlessEmpty([0])).toEqual([0]);
    expect(unlessEmptyRecord({})).toBeUndefined();
    expect(unlessEmptyRecord(undefined)).toBeUndefined();
    expect(unlessEmptyRecord({ a: '' })).toEqual({ a: '' });
  });
});

it('a record is in the order of its names, upper case first', () => {
  expect(Object.entries(inOrder({ b: 1, a: 2, B: 3 }))).toEqual([
    ['B', 3],
    ['a', 2],
    ['b', 1],
  ]);
});
