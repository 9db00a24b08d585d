import { show } from './show';

/** The parts of every error this library throws. */
export interface Problem {
  /** What the value is, in the words of the API: `host`, `NimDeployment replicas`. */
  readonly what: string;
  /** The value that was given. */
  readonly value: unknown;
  /** What is allowed, or why this value is not. */
  readonly because: string;
  /** What to write instead. */
  readonly instead: string;
}

/**
 * The parts of each error. They are kept beside the errors, because Node.js prints the members of an error, and a value
 * may be a credential.
 */
const problemsOf = new WeakMap<Error, readonly Problem[]>();

/** One form for every error: what is wrong, the value given, what is allowed, and the way out. Several problems are a list. */
export function invalid(...problems: readonly Problem[]): Error {
  const error = new Error(textOf(problems));
  problemsOf.set(error, problems);
  return withoutPackages(error);
}

/** Whether an error is a refusal of this library, and no accident. */
export function isRefusal(error: unknown): error is Error {
  return error instanceof Error && problemsOf.has(error);
}

/** The refusals of several steps, in one error. */
export class Refusals {
  private readonly problems: Problem[] = [];

  /** The result of a step, or `undefined` when it is refused. */
  public collect<Result>(step: () => Result): Result | undefined {
    try {
      return step();
    } catch (error) {
      if (isRefusal(error)) {
        this.problems.push(...(problemsOf.get(error) ?? []));
      } else if (this.problems.length === 0) {
        throw error;
      }
      // Otherwise the step stumbled over what an earlier one has refused.
      return undefined;
    }
  }

  /** Problems that no step throws. */
  public add(problems: readonly Problem[]): void {
    this.problems.push(...problems);
  }

  /** Throws what was refused so far. */
  public throwAny(): void {
    if (this.problems.length > 0) {
      throw invalid(...this.problems);
    }
  }
}

/** Makes all parts of something; what any of them refuses is in one error. */
export function together<Parts extends object>(make: { readonly [Name in keyof Parts]: () => Parts[Name] }): Parts {
  const refusals = new Refusals();
  const parts = Object.entries<() => unknown>(make).map(([name, part]) => [name, refusals.collect(part)]);
  refusals.throwAny();
  return Object.fromEntries(parts) as Parts;
}

function textOf(problems: readonly Problem[]): string {
  const lines = [...new Set(problems.map(lineOf))];
  const [only = ''] = lines;
  return lines.length === 1 ? only : [`${lines.length} things are refused:`, ...lines].join('\n  - ');
}

function lineOf({ what, value, because, instead }: Problem): string {
  return `${what}: ${value === undefined ? 'nothing is given' : `${show(value)} is refused`}: ${because}; ${instead}`;
}

/** Leaves the lines of the program in the stack, without those of installed packages and of Node.js. */
export function withoutPackages(error: Error): Error {
  const lines = error.stack?.split('\n') ?? [];
  error.stack = lines.filter((line) => !/^\s+at .*(node_modules[\\/]|node:|\(<anonymous>\))/.test(line)).join('\n');
  return error;
}
