import { article, isData } from './show';
import { invalid, type Problem } from './invalid';

/** What a person reads about a kind. */
export interface Words {
  /** What the value is, after "it has to be": `a whole number of at least 1`. */
  readonly wanted: string;
  /** What to write, after "write": `1 or more`. */
  readonly example: string;
}

/** What a value has to be. */
export interface Kind<T> {
  /** Read when a value is refused: those of a class are found in the class. */
  readonly words: () => Words;
  /** What is wrong with a value, and with what is in it. */
  readonly problems: (what: string, value: unknown) => Problem[];
  /** The kind of each item of a list or a record. */
  readonly item?: AnyKind;
  /** Only for the compiler, which compares the kinds of a table with the types of its interface. */
  readonly type?: (value: T) => T;
}

/** A kind of any type. */
export type AnyKind = Omit<Kind<unknown>, 'type'>;

/** A kind that one look at the value decides. */
export function kind<T>(words: Words | (() => Words), is: (value: unknown) => boolean): Kind<T> {
  const read = typeof words === 'function' ? words : (): Words => words;
  return {
    words: read,
    problems: (what, value) => (!isLazy(value) && holds(() => is(value)) ? [] : [problemOf(what, value, read())]),
  };
}

/** The problem with a value that is not of the kind at all. */
export function problemOf(what: string, value: unknown, { wanted, example }: Words): Problem {
  const because = isLazy(value)
    ? `a Lazy has no value yet, and it has to be ${wanted}, which is checked at once`
    : `it has to be ${wanted}`;
  return { what, value, because, instead: `write ${example}` };
}

/** A value of the kind; refuses any other. */
export function requireKind<T>(what: string, value: T, wanted: Kind<T>): T {
  const problems = wanted.problems(what, value);
  if (problems.length > 0) {
    throw invalid(...problems);
  }
  return value;
}

/** Whether a value is a promise of cdk8s to make one later. */
function isLazy(value: unknown): boolean {
  return holds(() => typeof (value as { produce?: unknown } | null | undefined)?.produce === 'function');
}

/** Whether something is true of a value; an object that throws when it is read is not what is asked for. */
function holds(check: () => boolean): boolean {
  try {
    return check();
  } catch {
    return false;
  }
}

/** A text. What it may hold is checked where it is used. */
export const text: Kind<string> = kind(
  { wanted: 'a text', example: 'a text in quotes' },
  (value) => typeof value === 'string',
);

/** A switch. */
export const flag: Kind<boolean> = kind(
  { wanted: 'a switch', example: 'true or false' },
  (value) => typeof value === 'boolean',
);

/** A whole number of at least, and of at most, another one. */
export function wholeNumber(minimum = 1, maximum?: number, example = `${minimum} or more`): Kind<number> {
  const range = maximum === undefined ? `of at least ${minimum}` : `from ${minimum} to ${maximum}`;
  return kind(
    { wanted: `a whole number ${range}`, example },
    (value) =>
      Number.isSafeInteger(value) && (value as number) >= minimum && (value as number) <= (maximum ?? Infinity),
  );
}

const HIGHEST_PORT = 65535;

/** A TCP or UDP port. */
export const port: Kind<number> = wholeNumber(1, HIGHEST_PORT, 'the port that the server listens on');

/** A port that a process without privileges can listen on. */
export const unprivilegedPort: Kind<number> = wholeNumber(1024, HIGHEST_PORT, 'for example 8000');

/** A member of an enum, given with its name: `enumOf({ TlsVersion })`. */
export function enumOf<T extends string>(named: Readonly<Record<string, Readonly<Record<string, T>>>>): Kind<T> {
  const [[name, members] = ['', {}]] = Object.entries(named);
  const [first = '', ...others] = Object.keys(members);
  return kind({ wanted: article(name), example: `${alternatives([`${name}.${first}`, ...others])}` }, (value) =>
    Object.values<unknown>(members).includes(value),
  );
}

/** One of a few texts that a standard names. */
export function oneOf(...texts: readonly string[]): Kind<string> {
  return kind({ wanted: 'one of a few texts', example: `${alternatives(texts.map((one) => `"${one}"`))}` }, (value) =>
    texts.includes(value as string),
  );
}

/** A list. */
export function listOf<T>(item: Kind<T>): Kind<T[]> {
  const words = (): Words => ({ wanted: 'a list', example: `[ … ], and for each item ${item.words().example}` });
  return {
    words,
    item,
    problems: (what, value) =>
      Array.isArray(value)
        ? // Not `flatMap`, which leaves out holes.
          Array.from(value, (member: unknown, index) => item.problems(`${what}[${index}]`, member)).flat()
        : [problemOf(what, value, words())],
  };
}

/** A record: any names, and values of one kind. */
export function recordOf<T>(item: Kind<T>): Kind<Record<string, T>> {
  const words = (): Words => ({
    wanted: 'a record',
    example: `{ name: … }, and for each value ${item.words().example}`,
  });
  return {
    words,
    item,
    problems: (what, value) =>
      !isLazy(value) && isRecord(value)
        ? Object.entries(value).flatMap(([name, member]) => item.problems(`${what} ${name}`, member))
        : [problemOf(what, value, words())],
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && isData(value);
}

/** Texts as a person lists them: `a, b or c`. */
export function alternatives(texts: readonly string[]): string {
  const last = texts.at(-1) ?? '';
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(', ')} or ${last}`;
}
