/// <reference types="node" />

/** What the command line reads from and writes to, besides files. */
export interface Terminal {
  out(text: string): void;
  error(text: string): void;
  standardInput(): Buffer;
  /**
   * Whether texts for people may have colours.
   * @default false
   */
  readonly hasColours?: boolean;
}

/** One command of the program. */
export interface Command {
  /** The first word after `cdk8s-nim`. */
  readonly name: string;
  /** What it does, in one line. */
  readonly summary: string;
  /** What `--help` after its name prints. */
  readonly usage: string;
  /** Runs it with the arguments after its name, and returns the exit code; throws `WrongUse` when they are wrong. */
  run(args: readonly string[], terminal: Terminal): number;
}

/** Exit codes that mean the same for every command. */
export enum ExitCode {
  FINE = 0,
  FOUND = 1,
  WRONG = 2,
}
