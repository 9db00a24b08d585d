import { App, Chart, Duration, Lazy } from 'cdk8s';
import { SecurityProfile } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { show } from '../../lib/common/show';

const circular: Record<string, unknown> = {};
circular['self'] = circular;

const hostile = {
  get name(): string {
    throw new Error('no');
  },
};

describe('a value in a message', () => {
  it.each<[unknown, string]>([
    ['', '""'],
    ['a "b"', '"a \\"b\\""'],
    [2, '2'],
    [Number.NaN, 'NaN'],
    [-Infinity, '-Infinity'],
    [10n, '10n'],
    [true, 'true'],
    [null, 'null'],
    [Symbol('a'), 'Symbol(a)'],
    [[], '[]'],
    [{ a: [1, undefined] }, '{"a":[1,null]}'],
    [{ a: undefined }, '{}'],
    [Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
    [{ port: Number.NaN, count: 1n }, '{"port":"NaN","count":"1n"}'],
    [() => 1, 'a function'],
    [
      function later() {
        return 1;
      },
      'the function later',
    ],
    [SecurityProfile, 'the class SecurityProfile'],
    [SecurityProfile.STRICT, 'a SecurityProfile'],
    [Duration.seconds(1), 'a Duration'],
    [new Map(), 'a Map'],
    [Lazy.any({ produce: () => 1 }), 'a Lazy'],
    [new Chart(new App(), 'production'), 'a Chart "production"'],
    [[new Chart(new App(), 'production')], '["a Chart \\"production\\""]'],
    [circular, 'an object'],
    [hostile, 'an object'],
    ['x'.repeat(400), `"${'x'.repeat(299)}…`],
  ])('is short and never fails: %#', (value, shown) => {
    expect(show(value)).toBe(shown);
  });

  it.each([
    'nvapi-canary',
    { key: 'nvapi-canary' },
    ['x', '{"auths":{"canary":{}}}'],
    'https://user:canary@nvcr.io/nim/nvidia/model:1.13.0',
  ])('is hidden when it holds a credential: %j', (value) => {
    expect(show(value)).toBe('"(hidden)"');
  });
});
