import { Duration, Lazy, Size } from 'cdk8s';
import { Cpu, Secret } from 'cdk8s-plus-28';
import * as nim from 'cdk8s-nim';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invalid, isRefusal } from '../../lib/common/invalid';
import type { AnyKind } from '../../lib/common/kinds';
import type { AnyTable } from '../../lib/common/props';
import { testChart } from '../support/manifests';
import { runs } from '../support/property-runs';
import { callPublic, CALLS, METHODS } from './calls';

/** A place in an argument where a value of a kind belongs. */
interface Place {
  readonly kind: AnyKind;
  /** How an error names it, without the call. */
  readonly name: string;
  /** A right argument with another value there. */
  readonly put: (right: unknown, value: unknown) => unknown;
}

/** The member of a value that holds another. */
interface Step {
  readonly name: string;
  readonly kind: AnyKind;
  readonly read: (outer: unknown) => unknown;
  readonly put: (outer: unknown, inner: unknown) => unknown;
}

/** The props of a struct, the item of a list, the entry of a record. */
function stepsInto(kind: AnyKind): Step[] {
  const { table } = kind as { readonly table?: AnyTable };
  if (table !== undefined) {
    return Object.entries(table).map(([name, prop]) => ({
      name: ` ${name}`,
      kind: prop.kind,
      read: (props) => (props as Readonly<Record<string, unknown>> | undefined)?.[name],
      put: (props, value) => ({ ...(props as object | undefined), [name]: value }),
    }));
  }
  if (kind.item === undefined) {
    return [];
  }
  const isList = kind.problems('', []).length === 0;
  const put = (_: unknown, value: unknown): unknown => (isList ? [value] : { a: value });
  return [{ name: isList ? '[0]' : ' a', kind: kind.item, read: () => undefined, put }];
}

/** An argument itself, its props, their items, and so on. */
function placesIn(kind: AnyKind): Place[] {
  const below = stepsInto(kind).flatMap((step) =>
    placesIn(step.kind).map((place) => ({
      kind: place.kind,
      name: `${step.name}${place.name}`,
      put: (right: unknown, value: unknown) => step.put(right, place.put(step.read(right), value)),
    })),
  );
  return [{ kind, name: '', put: (_, value) => value }, ...below];
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

function errorOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

const takesArguments = (value: unknown): boolean => typeof value === 'function' && value.length > 0;

const EVERYTHING = Object.entries({ ...CALLS, ...METHODS });

describe('a value of the wrong kind', () => {
  // Nobody reads the stacks of thousands of refusals, and to make them takes longer than to refuse.
  const { stackTraceLimit } = Error;
  beforeAll(() => {
    Error.stackTraceLimit = 0;
  });
  afterAll(() => {
    Error.stackTraceLimit = stackTraceLimit;
  });

  it.each(EVERYTHING)('is refused by %s, with the prop and the value in the message', (name, right) => {
    const places = right(testChart()).flatMap(([kind], argument) =>
      placesIn(kind).map((place) => ({ ...place, argument })),
    );
    const cases = fc.constantFrom(...places).chain((place) =>
      fc.record({
        place: fc.constant(place),
        wrong: anyValue.filter((value) => value !== undefined && place.kind.problems('', value).length > 0),
      }),
    );
    fc.assert(
      fc.property(cases, ({ place, wrong }) => {
        const values = right(testChart()).map(([, value], index) =>
          index === place.argument ? place.put(value, wrong) : value,
        );
        const error = errorOf(() => callPublic(name, values));
        expect(isRefusal(error)).toBe(true);
        const { message } = error as Error;
        const [expected] = place.kind.problems(place.name, wrong);
        expect(message).toContain(expected === undefined ? '' : invalid(expected).message);
        expect(message).not.toContain('[object Object]');
      }),
      runs(8 * places.length),
    );
  });

  it.each(EVERYTHING)('is what %s gets here, and else it takes its arguments', (name, right) => {
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
      'RotationRestart.reloader',
      'ServiceMesh.istioAmbient',
    ];
    expect(
      Object.keys(CALLS)
        .filter((name) => name.includes('.'))
        .sort(),
    ).toEqual(factories.filter((name) => !withoutArguments.includes(name)).sort());
  });

  it('is tried on every public method', () => {
    const methods = Object.entries(nim).flatMap(([name, type]) => {
      const members: Record<string, PropertyDescriptor> =
        typeof type === 'function' ? Object.getOwnPropertyDescriptors(type.prototype) : {};
      return Object.entries(members)
        .filter(([member, { value }]) => !/^(constructor$|_)/.test(member) && takesArguments(value))
        .map(([member]) => `${name}#${member}`);
    });
    // The second is called by cdk8s; the first is no member of the type.
    const notPublic = ['RestrictedService#allow', 'GuardrailsValidation#validate'];
    expect(Object.keys(METHODS).sort()).toEqual(methods.filter((name) => !notPublic.includes(name)).sort());
  });
});
