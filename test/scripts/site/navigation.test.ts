import { expect, it } from 'vitest';
import { navigation } from '../../../scripts/site/navigation';

const INDEX = `# Pages

Words.

## How to

| page                     | for     |
| ------------------------ | ------- |
| [a-way.md](a-way.md)     | a way   |

## Reference

| page             | what |
| ---------------- | ---- |
| [b.md](api/b.md) | b    |
`;

it('has a part for each heading of the index and a link for each row', () => {
  expect(navigation(INDEX)).toEqual([
    { title: 'How to', links: [{ title: 'a way', path: 'a-way.md' }] },
    { title: 'Reference', links: [{ title: 'b', path: 'api/b.md' }] },
  ]);
});
