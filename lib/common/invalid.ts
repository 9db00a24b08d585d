import { literalSecretIn } from './literal-secrets';

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

/** One form for every error: what is wrong, the value given, what is allowed, and the way out. */
export function invalid(problem: Problem): Error {
  const refusal = problem.value === undefined ? 'nothing is given' : `${show(problem.value)} is refused`;
  return new Error(`${problem.what}: ${refusal}: ${problem.because}; ${problem.instead}`);
}

/** The value as JSON; one that holds a credential stays out of terminals and CI logs. */
function show(value: unknown): string {
  const text = JSON.stringify(value);
  // The shapes are looked for in the texts themselves too, because JSON escapes the quotes in them.
  return [text, ...textsIn(value)].some((part) => literalSecretIn(part) !== undefined) ? '"(hidden)"' : text;
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
