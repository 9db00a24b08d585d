import { expect, it, vi } from 'vitest';
import { remembered } from '../../lib/manifests/remembered';

it.each(['an answer', undefined])('%s is worked out once for each object', (answer) => {
  const work = vi.fn<(object: object) => unknown>(() => answer);
  const ask = remembered(work);
  const [one, other] = [{}, {}];
  expect([ask(one), ask(one), ask(other)]).toEqual([answer, answer, answer]);
  expect(work.mock.calls).toEqual([[one], [other]]);
});
