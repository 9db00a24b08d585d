import type { Tool } from '../tools/tool';
import type { RawFinding } from './finding';

/** One scanner of the field: where it comes from, how it is run, and how its report is read. */
export interface Scanner {
  readonly tool: Tool;
  /** For people: what it checks. */
  readonly checks: string;
  /** Why it cannot run here, beside not being installed. */
  readonly because?: () => string | undefined;
  readonly scan: (input: ScannerInput) => RawFinding[];
}

/** What a scanner is given. */
export interface ScannerInput {
  /** The manifests of one render, in one file. */
  readonly file: string;
  /** Runs the scanner with arguments, and returns what it prints. */
  readonly run: (args: readonly string[]) => string;
  /** Where it may keep files between the renders. */
  readonly directory: string;
}
