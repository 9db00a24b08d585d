import type { RenderedObject } from './rendered-object';
import type { RenderedObjects } from './rendered-objects';
import type { RuleLevel } from './rule';

/**
 * A rule of your own beside those of this library: found, listed, acknowledged and printed like them. Give it to the guardrails with
 * `GuardrailsOptions.rules`, or to the command with `--rules`; `docs/own-rules.md` shows all three ways.
 *
 * @example
 * class HasOwner implements nim.IGuardrailRule {
 *   public readonly id = 'has-owner';
 *   public readonly level = nim.RuleLevel.ERROR;
 *   public readonly what = 'A Deployment says who owns it.';
 *   public readonly why = 'Somebody has to answer at night.';
 *   public readonly fix = 'set metadata.labels.owner';
 *   public readonly kinds = ['apps/Deployment'];
 *
 *   public check(object: nim.RenderedObject): nim.GuardrailViolation[] {
 *     if (object.text('metadata.labels.owner')) {
 *       return [];
 *     }
 *     return [{ path: 'metadata.labels', message: 'there is no owner' }];
 *   }
 * }
 *
 * nim.Guardrails.of(app, { rules: [new HasOwner()] });
 */
export interface IGuardrailRule {
  /**
   * The id: lower-case words joined by dashes, at most 51 characters, and not that of another rule. The annotation
   * `cdk8s-nim/acknowledge-<id>` acknowledges its findings.
   */
  readonly id: string;
  /** How much its findings weigh. */
  readonly level: RuleLevel;
  /** What it asks for, as a sentence. */
  readonly what: string;
  /** Why that matters, as a sentence. */
  readonly why: string;
  /** What to write. */
  readonly fix: string;
  /**
   * The kinds that it looks at, as group and kind: `networking.k8s.io/Ingress`, `/Service` for the core group. It is asked about no other object,
   * and reports do not list these kinds as not checked.
   * @default - every kind
   */
  readonly kinds?: string[];
  /**
   * What is wrong with an object; an empty list when nothing is. The same objects have to give the same answer.
   *
   * @param object one object of its kinds.
   * @param objects everything that is checked together, for rules about how objects fit.
   */
  check(object: RenderedObject, objects: RenderedObjects): GuardrailViolation[];
}

/** What a rule has against an object. */
export interface GuardrailViolation {
  /**
   * The field from the root of the object, as `RenderedObject` reads it: `spec.ports[0].port`,
   * `metadata.annotations["example.com/a"]`. The empty text stands for the whole object.
   */
  readonly path: string;
  /** What is wrong, with the value. */
  readonly message: string;
}
