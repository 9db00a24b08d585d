import type { ScannerName } from './scanners';

/** Findings that are left as they are, and why. */
export interface Exception {
  /** The scanners' own ids of the checks. */
  readonly checks: Readonly<Partial<Record<ScannerName, readonly string[]>>>;
  /** Kinds (`Deployment`) or single objects (`Deployment/text-embedding`), each with the renders that it is found in. */
  readonly objects: Readonly<Record<string, Renders>>;
  readonly reason: string;
  /** What protects all the same, or what to write where the finding matters. */
  readonly instead: string;
}

/** The renders in which an exception holds, as `npm run scan` prints them: a program, or a program and its environment. */
export type Renders = { readonly only: readonly string[] } | { readonly allBut: readonly string[] };

export const allBut = (...renders: string[]): Renders => ({ allBut: renders });
export const only = (...renders: string[]): Renders => ({ only: renders });
export const ALL = allBut();
