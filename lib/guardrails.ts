import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { invalid } from './common/invalid';
import { requireText } from './common/names';
import { type PropTable, requireProps } from './common/props';
import { RULES } from './rules';
import type { Acknowledgement } from './rules/acknowledgements';
import { check, type Report } from './rules/engine';
import { type GuardrailFinding, plainFinding, showFinding } from './rules/finding';
import { RuleLevel } from './rules/rule';
import { kubernetesVersions } from './rules/support/kubernetes-versions';
import { type Manifest, manifestsIn, showObject } from './rules/support/manifest';

/** Options of `Guardrails`. */
export interface GuardrailsOptions {
  /**
   * The version of Kubernetes that the manifests are for, such as `1.30`.
   * @default - they have to be right for every supported version
   */
  readonly kubernetesVersion?: string;
  /**
   * Findings that are accepted, with the reason. On a single object, the annotation `cdk8s-nim/acknowledge-<rule>` does the same.
   * @default - none
   */
  readonly acknowledgements?: Acknowledgement[];
  /**
   * Whether warnings fail the synth too.
   * @default false
   */
  readonly strict?: boolean;
}

export const GUARDRAILS_OPTIONS: PropTable<GuardrailsOptions> = {
  kubernetesVersion: 'optional',
  acknowledgements: 'optional',
  strict: 'optional',
};

/** A finding that was accepted. */
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
}

/**
 * Checks everything that an app renders, patches included, whoever made it. An error fails `app.synth()`.
 *
 * The rules are in `docs/guardrails.md`.
 */
export class Guardrails {
  /** Adds the guardrails to an app, or to a part of one. Call it once. */
  public static of(scope: IConstruct, options: GuardrailsOptions = {}): Guardrails {
    return new Guardrails(scope, requireProps('Guardrails', options, GUARDRAILS_OPTIONS));
  }

  private constructor(
    private readonly scope: IConstruct,
    private readonly options: GuardrailsOptions,
  ) {
    kubernetesVersions('Guardrails kubernetesVersion', options.kubernetesVersion);
    (options.acknowledgements ?? []).forEach(requireAcknowledgement);
    scope.node.addValidation({ validate: () => this.failures() });
  }

  /** What is found in the app as it is now. */
  public report(): GuardrailsReport {
    const { findings, acknowledged, notChecked } = this.check();
    return {
      findings: findings.map(plainFinding),
      acknowledged: acknowledged.map(({ finding, reason }) => ({ finding: plainFinding(finding), reason })),
      notChecked: notChecked.map(showObject),
    };
  }

  private failures(): string[] {
    return this.check()
      .findings.filter(({ level }) => level === RuleLevel.ERROR || this.options.strict === true)
      .map(showFinding);
  }

  private check(): Report {
    const { kubernetesVersion, acknowledgements } = this.options;
    return check(renderedObjects(this.scope), {
      ...(kubernetesVersion === undefined ? {} : { kubernetesVersion }),
      ...(acknowledgements === undefined ? {} : { acknowledgements }),
    });
  }
}

function renderedObjects(scope: IConstruct): Manifest[] {
  const objects = scope.node
    .findAll()
    .filter((construct): construct is ApiObject => ApiObject.isApiObject(construct));
  return manifestsIn(objects.map((object): unknown => object.toJson()));
}

function requireAcknowledgement({ rule, reason }: Acknowledgement): void {
  if (!RULES.some(({ id }) => id === rule)) {
    throw invalid({
      what: 'Guardrails acknowledgements rule',
      value: rule,
      because: 'there is no such rule',
      instead: `write one of ${RULES.map(({ id }) => id).join(', ')}`,
    });
  }
  requireText('Guardrails acknowledgements reason', reason, 'write why the finding may stay');
}
