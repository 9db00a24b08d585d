import { invalid, type Problem } from './invalid';
import { type AnyKind, type Kind, problemOf, type Words } from './kinds';
import { isNear } from './near';
import { isData } from './show';

/** A prop that has to be given. */
interface RequiredProp<T> {
  readonly required: true;
  readonly kind: Kind<T>;
}

/** A prop that may be left out. */
interface OptionalProp<T> {
  readonly required: false;
  readonly kind: Kind<T>;
}

/**
 * Every member of a props interface: whether it has to be given, and what it is. The compiler refuses a table that is not
 * complete or that disagrees with the interface.
 */
export type PropTable<Props> = {
  readonly [Name in keyof Required<Props>]: object extends Pick<Props, Name & keyof Props>
    ? OptionalProp<Required<Props>[Name]>
    : RequiredProp<Required<Props>[Name]>;
};

/** A table for any interface. */
export type AnyTable = Readonly<Record<string, { readonly required: boolean; readonly kind: AnyKind }>>;

export function required<T>(kind: Kind<T>): RequiredProp<T> {
  return { required: true, kind };
}

export function optional<T>(kind: Kind<T>): OptionalProp<T> {
  return { required: false, kind };
}

/**
 * Refuses a prop that does not exist, the lack of one that has to be there, and every value of another kind; all of them in one
 * error. The arguments of a factory are props by the names of its parameters.
 *
 * TypeScript finds most of it, but a program runs without a type check too, and a misspelt `sourceRanges` must not leave the way
 * in open.
 */
export function requireProps<Props extends object>(
  what: string,
  props: Props | undefined,
  table: PropTable<NoInfer<Props>>,
): Props {
  const kind = struct<Props>(table);
  const problems =
    props === undefined
      ? [
          {
            what: `${what} props`,
            value: props,
            because: 'they are required',
            instead: `write ${kind.words().example}`,
          },
        ]
      : kind.problems(what, props);
  if (problems.length > 0) {
    throw invalid(...problems);
  }
  return props!;
}

/** An object with the props of a table. */
export function struct<Props extends object>(table: PropTable<Props>): Kind<Props> & { readonly table: AnyTable } {
  const members: AnyTable = table;
  const words = (): Words => ({ wanted: 'an object with props', example: example(members) });
  return {
    words,
    table: members,
    problems: (what, value) =>
      isStruct(value, members)
        ? [...unknownProps(what, value, members), ...wrongProps(what, value, members)]
        : [problemOf(what, value, words())],
  };
}

/** An object by the members that a table names, whoever made it and whatever else it has: one of a class of somebody else. */
export function implementing<T extends object>(words: Words, table: PropTable<T>): Kind<T> {
  return {
    words: () => words,
    problems: (what, value) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? wrongProps(what, value as Readonly<Record<string, unknown>>, table)
        : [problemOf(what, value, words)],
  };
}

/** The members of props that a table names. */
export function pickProps<Props extends object>(props: Props, table: PropTable<Props>): Props {
  return Object.fromEntries(Object.entries(props).filter(([name]) => name in table)) as Props;
}

/** An object of a class counts when it has a prop: a proxy of another language, but no `Date` or `Map`. */
function isStruct(value: unknown, table: AnyTable): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    (isData(value) || Object.keys(table).some((name) => name in value))
  );
}

function unknownProps(what: string, props: Readonly<Record<string, unknown>>, table: AnyTable): Problem[] {
  const names = Object.keys(table);
  return Object.keys(props)
    .filter((name) => !names.includes(name))
    .map((unknown) => {
      const near = names.find((name) => isNear(name, unknown));
      return {
        what: `${what} prop`,
        value: unknown,
        because: `there is none of that name; there are ${names.join(', ')}`,
        instead: near === undefined ? 'leave it out' : `did you mean ${near}?`,
      };
    });
}

/**
 * What is wrong with the members of an object that a table names.
 *
 * `undefined` is the same as absent, because wrappers hand their props through.
 */
function wrongProps(what: string, props: Readonly<Record<string, unknown>>, table: AnyTable): Problem[] {
  return Object.entries(table).flatMap(([name, prop]) => {
    const value = props[name];
    const where = `${what} ${name}`;
    if (value !== undefined) {
      return prop.kind.problems(where, value);
    }
    // A member that does not exist is `undefined`, too.
    const because = name in props ? 'it is required (a member that does not exist?)' : 'it is required';
    return prop.required
      ? [{ what: where, value, because, instead: `write ${name}: ${prop.kind.words().example}` }]
      : [];
  });
}

function example(table: AnyTable): string {
  const needed = Object.keys(table).filter((name) => table[name]?.required === true);
  const names = needed.length > 0 ? needed : Object.keys(table);
  return `{ ${names.map((name) => `${name}: …`).join(', ')} }`;
}
