import type { ChangeWarning } from './warnings/warning';
import type { ObjectChange } from './objects';

/** Everything that a run of publish has to say. */
export interface PublishResult {
  /** The folder as it was named. */
  readonly target: string;
  /** Whether it was written to, or only compared, or nothing was done because of refusals. */
  readonly done: 'published' | 'compared' | 'refused';
  /** Whether the guardrails judged the render. */
  readonly judged: boolean;
  readonly objects: readonly ObjectChange[];
  /** The files that were, or would be, written, by their path in the folder. */
  readonly written: readonly string[];
  readonly removed: readonly string[];
  /** Whether the record of the files was, or would be, written: a file changes, a run was killed, or files are taken over. */
  readonly recordChanges: boolean;
  /** What to look at twice before it is merged. */
  readonly warnings: readonly ChangeWarning[];
  /** The lines that differ, when they were asked for. */
  readonly diff: string | undefined;
  readonly refusals: readonly Refusal[];
}

/** Why nothing is published. */
export interface Refusal {
  readonly file: string;
  /** Counted from 1. */
  readonly line?: number;
  readonly message: string;
}
