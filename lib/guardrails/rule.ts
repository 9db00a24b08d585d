import type { Path } from '../manifests/fields';
import type { Manifest } from '../manifests/manifest';
import type { Manifests } from '../manifests/manifests';

/** How much a finding weighs. */
export enum RuleLevel {
  /** Fails the synth and the check. */
  ERROR = 'error',
  /** Is reported; fails only where strictness is asked for. */
  WARNING = 'warning',
}

/** What a rule has against an object. */
export interface Violation {
  /** The field, from the root of the object. */
  readonly path: Path;
  /** What is wrong, with the value. */
  readonly message: string;
}

/** One guardrail: a pure function from a rendered object to what is wrong with it. Its file has the name of its id. */
export interface Rule {
  readonly id: string;
  readonly level: RuleLevel;
  /** What it asks for. */
  readonly what: string;
  /** Why that matters. */
  readonly why: string;
  /** What to write. */
  readonly fix: string;
  /** @param manifests everything that is checked together, for rules about how objects fit. */
  check(object: Manifest, manifests: Manifests): Violation[];
}
