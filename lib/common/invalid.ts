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
  return new Error(`${problem.what}: ${show(problem.value)} is refused: ${problem.because}; ${problem.instead}`);
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
