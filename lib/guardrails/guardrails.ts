import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { construct } from '../common/cdk8s-kinds';
import { chartsApart } from '../common/collisions';
import { addFinalCheck } from '../common/final-check';
import { objectsBelow } from '../common/objects-below';
import { required, requireProps } from '../common/props';
import { followSynths, shownToCheck } from '../common/synth';
import { check } from './engine';
import { type GuardrailFinding, plainFinding, showFinding } from './finding';
import { type GuardrailsOptions, requireOptions } from './guardrails-options';
import { failing, type Report } from './report';
import type { RuleSet } from './rule';
import { RULES } from './rules';
import { type Manifest, manifestsIn, showObject } from '../manifests/manifest';

/**
 * A finding that was accepted.
 *
 * @example
 * const reasons: string[] = [];
 * for (const accepted of nim.Guardrails.of(app).report().acknowledged) {
 *   reasons.push(`${accepted.finding.rule}: ${accepted.reason}`);
 * }
 */
export interface AcknowledgedGuardrailFinding {
  /** The finding. */
  readonly finding: GuardrailFinding;
  /** Why it may stay. */
  readonly reason: string;
}

/** What the guardrails found in an app. */
export interface GuardrailsReport {
  /** What is wrong. */
  readonly findings: GuardrailFinding[];
  /** What was accepted. */
  readonly acknowledged: AcknowledgedGuardrailFinding[];
  /** Objects of kinds that the rules do not know: only their names and literal secrets were checked. */
  readonly notChecked: string[];
  /** Objects of other applications, which `nimOnly` leaves out. */
  readonly leftOut: string[];
}

/**
 * Checks everything that an app renders, patches included, whoever made it. An error fails `app.synth()`.
 *
 * The rules are in `docs/rules.md`.
 *
 * @example
 * const guardrails = nim.Guardrails.of(app, {
 *   strict: true,
 *   acknowledgements: [{ rule: 'image-pinned', name: 'debug', reason: 'a test pod of one afternoon' }],
 * });
 * const findings = guardrails.report().findings;
 */
export class Guardrails {
  /** Adds the guardrails to an app, or to a part of one. Call it once. */
  public static of(scope: IConstruct, options: GuardrailsOptions = {}): Guardrails {
    requireProps('Guardrails.of', { scope }, { scope: required(construct) });
    return new Guardrails(guard(scope, RULES, requireOptions('Guardrails', options, RULES)));
  }

  private constructor(private readonly check: () => Report) {}

  /** What is found in the app as it is now. */
  public report(): GuardrailsReport {
    const { findings, acknowledged, notChecked, leftOut } = this.check();
    return {
      findings: findings.map(plainFinding),
      acknowledged: acknowledged.map(({ finding, reason }) => ({ finding: plainFinding(finding), reason })),
      notChecked: notChecked.map(showObject),
      leftOut: leftOut.map(showObject),
    };
  }
}

/** Makes the synth of an app fail for what rules find in it; returns how to check the app as it is at any time. */
export function guard(scope: IConstruct, rules: RuleSet, options: GuardrailsOptions): () => Report {
  const report = (): Report => {
    const charts = renderedObjects(scope);
    return check([...charts.keys()], rules, options, chartsApart(scope) ? (object) => charts.get(object) : undefined);
  };
  followSynths(scope);
  addFinalCheck(scope, () => failing(report(), options).map(showFinding));
  return report;
}

/** What an app renders, and the chart of each object. */
function renderedObjects(scope: IConstruct): Map<Manifest, Chart> {
  return new Map(
    objectsBelow(scope).flatMap((object) =>
      manifestsIn([shownToCheck(object)]).map((manifest): [Manifest, Chart] => [manifest, Chart.of(object)]),
    ),
  );
}
