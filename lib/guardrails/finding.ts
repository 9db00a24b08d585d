import type { RuleDescription, RuleLevel, Violation } from './rule';
import { showPath } from '../manifests/fields';
import { type Manifest, nameOf, namespaceOf, showObject } from '../manifests/manifest';

/** What a rule has against an object, with everything that a report needs. */
export interface Finding extends Violation {
  readonly rule: string;
  readonly level: RuleLevel;
  /** The object; `undefined` for a finding about an acknowledgement of the app. */
  readonly object: Manifest | undefined;
  readonly fix: string;
}

/** A finding that somebody accepted. */
export interface AcknowledgedFinding {
  readonly finding: Finding;
  readonly reason: string;
}

/** One finding, in plain values. */
export interface GuardrailFinding {
  /** Id of the rule. */
  readonly rule: string;
  /** How much it weighs. */
  readonly level: RuleLevel;
  /**
   * apiVersion of the object.
   * @default - the finding is about the app
   */
  readonly apiVersion?: string;
  /**
   * Kind of the object.
   * @default - the finding is about the app
   */
  readonly kind?: string;
  /**
   * Namespace of the object.
   * @default - the object names none
   */
  readonly namespace?: string;
  /**
   * Name of the object.
   * @default - the finding is about the app
   */
  readonly name?: string;
  /** The field, from the root of the object. */
  readonly path: string;
  /** What is wrong. */
  readonly message: string;
  /** What to write. */
  readonly fix: string;
}

/** What a rule has against an object, or against the app. */
export function findingOf(
  { id, level, fix }: RuleDescription,
  object: Manifest | undefined,
  { path, message }: Violation,
): Finding {
  return { rule: id, level, object, path, message, fix };
}

/** A finding in plain values. */
export function plainFinding({ rule, level, object, path, message, fix }: Finding): GuardrailFinding {
  const place = { path: showPath(path), message, fix };
  if (object === undefined) {
    return { rule, level, ...place };
  }
  const namespace = namespaceOf(object);
  return {
    rule,
    level,
    apiVersion: object.apiVersion,
    kind: object.kind,
    ...(namespace === '' ? {} : { namespace }),
    name: nameOf(object),
    ...place,
  };
}

/** A finding as one line. */
export function showFinding({ rule, object, path, message, fix }: Finding): string {
  const where = [object === undefined ? 'app' : showObject(object), showPath(path)]
    .filter((part) => part !== '')
    .join(', ');
  return `${rule}: ${where}: ${message}; ${fix}`;
}
