import { describe, expect, it } from 'vitest';
import { quantity } from '../../lib/manifests/quantities';

describe('a quantity', () => {
  it.each<[unknown, number]>([
    [0, 0],
    [2, 2],
    [0.5, 0.5],
    ['0', 0],
    ['2', 2],
    ['+2', 2],
    ['1.5', 1.5],
    ['12.25', 12.25],
    ['1.', 1],
    ['.5', 0.5],
    ['.25', 0.25],
    ['250n', 2.5e-7],
    ['250u', 0.00025],
    ['250m', 0.25],
    ['3k', 3e3],
    ['3M', 3e6],
    ['3G', 3e9],
    ['3T', 3e12],
    ['3P', 3e15],
    ['3E', 3e18],
    ['12e2', 1200],
    ['12E2', 1200],
    ['1e+2', 100],
    ['1e-2', 0.01],
    ['1e12', 1e12],
    ['1.5Ki', 1536],
    ['2Mi', 2 * 1024 ** 2],
    ['2Gi', 2 * 1024 ** 3],
    ['2Ti', 2 * 1024 ** 4],
    ['2Pi', 2 * 1024 ** 5],
    ['2Ei', 2 * 1024 ** 6],
  ])('%j is %d', (value, expected) => {
    expect(quantity(value)).toBe(expected);
  });

  it.each([
    ['9m', '0.009'],
    ['1.07G', '1070M'],
    ['2.3e3', '2300'],
  ])('%s is exactly %s', (one, other) => {
    expect(quantity(one)).toBe(quantity(other));
  });

  it.each<unknown>([
    undefined,
    null,
    true,
    {},
    { toString: false },
    '',
    '.',
    'Gi',
    'a1',
    '1 Gi',
    '1Gi ',
    ' 1',
    '1GiB',
    '1g',
    '1mi',
    '1ki',
    '1e2Ki',
    '1ee2',
    '1.2.3',
    '-1',
    -1,
    NaN,
  ])('is not %j', (value) => {
    expect(quantity(value)).toBeUndefined();
  });
});
