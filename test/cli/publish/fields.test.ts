import { expect, it } from 'vitest';
import { changedFields } from '../../../lib/cli/publish/fields';

const names = (...items: string[]): { name: string }[] => items.map((name) => ({ name }));

it('empty lists are the same', () => {
  expect(changedFields({ egress: [] }, { egress: [] })).toEqual([]);
});

it('items with names that change places are a change of the order', () => {
  expect(changedFields(names('a', 'b', 'c'), names('b', 'a', 'c', 'd'))).toEqual([
    { path: '[d]', before: undefined, after: { name: 'd' } },
    { path: ', the order', before: ['a', 'b', 'c'], after: ['b', 'a', 'c'] },
  ]);
});
