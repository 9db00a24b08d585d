import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { construct } from '../common/cdk8s-kinds';
import { required, requireProps } from '../common/props';
import { check, type Report } from './engine';
import { type GuardrailFinding, plainFinding, showFinding } from './finding';
import { type GuardrailsOptions, requireOptions } from './guardrails-options';
import { RuleLevel } from './rule';
import { type Manifest, manifestsIn, showObject } from '../manifests/manifest';

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
    requireProps('Guardrails.of', { scope }, { scope: required(construct) });
    return new Guardrails(scope, requireOptions('Guardrails', options));
  }

  private constructor(
    private readonly scope: IConstruct,
    private readonly options: GuardrailsOptions,
  ) {
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
  const objects = scope.node.findAll().filter((construct): construct is ApiObject => ApiObject.isApiObject(construct));
  return manifestsIn(objects.map((object): unknown => object.toJson()));
}
