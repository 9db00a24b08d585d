import { expect, it } from 'vitest';
import { rememberedText } from '../../lib/common/remembered-text';

it('answers once for each text, and as the function does, also with nothing', () => {
  const asked: string[] = [];
  const length = rememberedText((text) => {
    asked.push(text);
    return text === '' ? undefined : text.length;
  });
  expect(['a', 'bc', 'a', '', ''].map(length)).toEqual([1, 2, 1, undefined, undefined]);
  expect(asked).toEqual(['a', 'bc', '']);
});

it('keeps no long texts', () => {
  const asked: number[] = [];
  const length = rememberedText((text) => asked.push(text.length));
  for (const text of ['a'.repeat(1_000), 'a'.repeat(1_001)]) {
    length(text);
    length(text);
  }
  expect(asked).toEqual([1_000, 1_001, 1_001]);
});

it('forgets before it holds too many', () => {
  let asked = 0;
  const count = rememberedText(() => (asked += 1));
  for (let text = 0; text < 10_000; text += 1) count(`${text}`);
  count('0');
  expect(asked).toBe(10_000);
  count('one more');
  count('0');
  expect(asked).toBe(10_002);
});
