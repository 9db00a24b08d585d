import { Duration, Lazy, Size } from 'cdk8s';
import { Cpu, Secret } from 'cdk8s-plus-28';
import * as nim from 'cdk8s-nim';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { invalid, isRefusal } from '../../lib/common/invalid';
import type { AnyKind } from '../../lib/common/kinds';
import type { AnyTable } from '../../lib/common/props';
import { testChart } from '../support/manifests';
import { type Arguments, callPublic, CALLS } from './calls';

/** A place in an argument where a value of a kind belongs. */
interface Place {
  readonly kind: AnyKind;
  /** How an error names it, without the call. */
  readonly name: string;
  /** The argument with another value there. */
  readonly put: (value: unknown) => unknown;
}

/** An argument itself, its props, their items, and so on. */
function placesIn(kind: AnyKind, right: unknown): Place[] {
  const itself: Place = { kind, name: '', put: (value) => value };
  const { table } = kind as { readonly table?: AnyTable };
  const below = (name: string, inner: AnyKind, value: unknown, wrap: (value: unknown) => unknown): Place[] =>
    placesIn(inner, value).map((place) => ({
      ...place,
      name: `${name}${place.name}`,
      put: (wrong) => wrap(place.put(wrong)),
    }));
  if (table !== undefined) {
    const props = (right ?? {}) as Readonly<Record<string, unknown>>;
    const members = Object.entries(table).flatMap(([name, prop]) =>
      below(` ${name}`, prop.kind, props[name], (value) => ({ ...props, [name]: value })),
    );
    return [itself, ...members];
  }
  if (kind.item === undefined) {
    return [itself];
  }
  const isList = kind.problems('', []).length === 0;
  return [
    itself,
    ...(isList
      ? below('[0]', kind.item, undefined, (value) => [value])
      : below(' a', kind.item, undefined, (value) => ({ a: value }))),
  ];
}

const circular: Record<string, unknown> = {};
circular['self'] = circular;

/** Of every kind of JavaScript, of the library and of its peers. */
const anyValue = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withNullPrototype: true,
    withSparseArray: true,
  }),
  fc.constantFrom<unknown>(
    null,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    -1,
    1.5,
    '2',
    'no',
    Symbol('a'),
    () => 1,
    nim.Gpu,
    circular,
    Lazy.any({ produce: () => 1 }),
    Duration.seconds(1),
    Size.gibibytes(1),
    Cpu.units(1),
    nim.Gpu.whole(),
    nim.SecurityProfile.STRICT,
    nim.RateLimit.perClient({ requestsPerSecond: 1, burst: 1 }),
    testChart(),
    Secret.fromSecretName(testChart(), 'a', 'a'),
  ),
);

/** The arguments with a wrong value at one place, in a chart of their own. */
function withWrong(right: Arguments, argument: number, place: number, wrong: unknown): unknown[] {
  return right(testChart()).map(([kind, value], index) =>
    index === argument ? placesIn(kind, value)[place]?.put(wrong) : value,
  );
}

function errorOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('a value of the wrong kind', () => {
  it.each(Object.entries(CALLS))('is refused by %s, with the prop and the value in the message', (name, right) => {
    const places = right(testChart()).flatMap(([kind, right], argument) =>
      placesIn(kind, right).map((place, index) => ({ kind: place.kind, name: place.name, argument, index })),
    );
    const cases = fc.constantFrom(...places).chain((place) =>
      fc.record({
        place: fc.constant(place),
        wrong: anyValue.filter((value) => value !== undefined && place.kind.problems('', value).length > 0),
      }),
    );
    fc.assert(
      fc.property(cases, ({ place, wrong }) => {
        const error = errorOf(() => callPublic(name, withWrong(right, place.argument, place.index, wrong)));
        expect(isRefusal(error)).toBe(true);
        const { message } = error as Error;
        const [expected] = place.kind.problems(place.name, wrong);
        expect(message).toContain(expected === undefined ? '' : invalid(expected).message);
        expect(message).not.toContain('[object Object]');
      }),
      { seed: 20261129, numRuns: 15 * places.length },
    );
  });

  it.each(Object.entries(CALLS))('is what %s gets here, and else it takes its arguments', (name, right) => {
    const values = right(testChart()).map(([, value]) => value);
    expect(() => callPublic(name, values)).not.toThrow();
  });

  it('is tried on every public factory and constructor', () => {
    const classes = Object.entries(nim).filter(
      (entry): entry is [string, (typeof nim)['Gpu']] => typeof entry[1] === 'function',
    );
    const factories = classes.flatMap(([name, type]) =>
      Object.getOwnPropertyNames(type)
        .filter((member) => !/^(_|prototype$|name$|length$)/.test(member))
        .filter((member) => typeof (type as unknown as Record<string, unknown>)[member] === 'function')
        .map((member) => `${name}.${member}`),
    );
    const withoutArguments = [
      'ClientAddress.direct',
      'ClientAddress.proxyProtocol',
      'Egress.none',
      'Egress.publicHttps',
    ];
    expect(
      Object.keys(CALLS)
        .filter((name) => name.includes('.'))
        .sort(),
    ).toEqual(factories.filter((name) => !withoutArguments.includes(name)).sort());
  });
});
