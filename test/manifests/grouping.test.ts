import { expect, it } from 'vitest';
import { groupBy, groupByEach } from '../../lib/manifests/grouping';

it('puts items with one key together, in their order', () => {
  expect([...groupBy(['b1', 'a1', 'b2'], (item) => item.charAt(0))]).toEqual([
    ['b', ['b1', 'b2']],
    ['a', ['a1']],
  ]);
});

it('puts an item under each of its keys, and one without a key nowhere', () => {
  expect([...groupByEach(['ab', 'b', ''], (item) => item.split(''))]).toEqual([
    ['a', ['ab']],
    ['b', ['ab', 'b']],
  ]);
});
