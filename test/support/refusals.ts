import { expect } from 'vitest';

/** The four things that every error has to say. */
export interface Refusal {
  /** What was wrong, in the words of the API. */
  readonly what: string;
  /** The value that was given, as the message shows it. */
  readonly value: string;
  /** What is allowed, or why this is not. */
  readonly because: string;
  /** What to write instead. */
  readonly instead: string;
}

/** The message of the error that `run` ends with. */
export function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('expected an error, but nothing was thrown');
}

/** Asserts that `run` is refused with a message that names the value, what is allowed and the way out. */
export function expectRefusal(run: () => unknown, { what, value, because, instead }: Refusal): void {
  const message = messageOf(run);
  const refusal = value === 'nothing' ? 'nothing is given' : `${value} is refused`;
  expect(message).toContain(`${what}: ${refusal}: `);
  const [, reason = ''] = message.split(`${refusal}: `);
  expect(reason).toContain(because);
  expect(reason.slice(reason.indexOf(because))).toContain(instead);
}
