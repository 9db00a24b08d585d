import type { Path } from '../manifests/fields';
import type { Manifest } from '../manifests/manifest';
import type { Manifests } from '../manifests/manifests';

/**
 * How much a finding weighs.
 *
 * @example
 * for (const finding of nim.Guardrails.of(app).report().findings) {
 *   const fails = finding.level === nim.RuleLevel.ERROR;
 * }
 */
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

/** What a rule says of itself. */
export interface RuleDescription {
  /** Lower-case words joined by dashes; the annotation that acknowledges its findings ends with it. */
  readonly id: string;
  readonly level: RuleLevel;
  /** What it asks for. */
  readonly what: string;
  /** Why that matters. */
  readonly why: string;
  /** What to write. */
  readonly fix: string;
}

/**
 * One guardrail: a pure function from a rendered object to what is wrong with it. Its file has the name of its id. A rule with
 * options of its own is made with them: what runs, is acknowledged and is listed are the rules of one set.
 */
export interface Rule extends RuleDescription {
  /**
   * The kinds that it looks at, written `networking.k8s.io/Ingress`: it is asked about no other object, and no report says that
   * nobody looked at these.
   * @default - every kind
   */
  readonly kinds?: readonly string[];
  /** @param manifests everything that is checked together, for rules about how objects fit. */
  check(object: Manifest, manifests: Manifests): Violation[];
}

/** Whether a rule looks at objects of a kind. */
export function looksAt({ kinds }: Rule, groupKind: string): boolean {
  return kinds === undefined || kinds.includes(groupKind);
}

/** The rules of a check. Everything that needs to know which rules there are takes the same set. */
export type RuleSet = readonly Rule[];
