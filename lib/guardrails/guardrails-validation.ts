import { check } from './engine';
import { type Finding, showFinding } from './finding';
import { type GuardrailsOptions, requireOptions } from './guardrails-options';
import { countsOf, failing } from './report';
import type { RuleSet } from './rule';
import { RULES } from './rules';
import { folderOf } from '../manifests/clusters';
import { showPath } from '../manifests/fields';
import { type Manifest, manifestsIn, showObject } from '../manifests/manifest';

/** What the command line of cdk8s hands to a validation: the part of its `ValidationContext` that is used here. */
export interface IValidationContext {
  /** Paths of the manifests. */
  readonly manifests: readonly string[];
  /** Where findings go. */
  readonly report: IValidationReport;
  /** Where other lines go. */
  readonly logger: IValidationLogger;
  /** The objects in a manifest. */
  parseManifest(manifestPath: string): unknown[];
}

/** The report of a validation. */
export interface IValidationReport {
  /** Adds a finding. */
  addViolation(violation: ValidationViolation): void;
  /** Ends the report with the status `success` or `failure`. */
  submit(status: string, metadata?: Record<string, string>): void;
}

/** The log of a validation. */
export interface IValidationLogger {
  /** Prints one line. */
  log(message: string): void;
}

/** A finding, as the command line of cdk8s prints it. */
export interface ValidationViolation {
  /** Id of the rule. */
  readonly ruleName: string;
  /** What is wrong. */
  readonly recommendation: string;
  /** What to write. */
  readonly fix: string;
  /** The object, the file and the fields. */
  readonly violatingResources: readonly ValidationViolatingResource[];
}

/** The object of a finding. */
export interface ValidationViolatingResource {
  /** The object. */
  readonly resourceName: string;
  /** The fields. */
  readonly locations: readonly string[];
  /** The file. */
  readonly manifestPath: string;
}

/**
 * The guardrails as a validation of `cdk8s synth`, for apps that do not import this package:
 *
 * ```yaml
 * # cdk8s.yaml
 * validations:
 *   - package: cdk8s-nim
 *     version: 0.1.0
 *     class: GuardrailsValidation
 * ```
 *
 * `cdk8s synth` then ends with exit code 2 when there is an error; the manifests stay in the output directory.
 *
 * @jsii ignore
 */
export class GuardrailsValidation {
  private readonly options: GuardrailsOptions;

  /** Called by the command line of cdk8s with the `properties` of `cdk8s.yaml`. */
  public constructor(properties: GuardrailsOptions = {}) {
    this.options = requireOptions('GuardrailsValidation properties', properties, RULES);
  }

  /** Called by the command line of cdk8s with everything that was rendered. */
  public async validate(context: IValidationContext): Promise<void> {
    validate(context, RULES, this.options);
    await Promise.resolve();
  }
}

/** Checks everything that was rendered, and reports it. */
export function validate(context: IValidationContext, rules: RuleSet, options: GuardrailsOptions): void {
  const files = new Map<Manifest, string>();
  for (const file of context.manifests) {
    for (const object of manifestsIn(context.parseManifest(file))) {
      files.set(object, file);
    }
  }
  const report = check([...files.keys()], rules, options, (object) => folderOf(files.get(object) ?? ''));
  for (const finding of report.findings) {
    context.report.addViolation(violationOf(finding, files));
  }
  for (const { finding, reason } of report.acknowledged) {
    context.logger.log(`acknowledged (${reason}): ${showFinding(finding)}`);
  }
  for (const object of report.notChecked) {
    context.logger.log(`not checked beyond names and literal secrets: ${showObject(object)}`);
  }
  for (const object of report.leftOut) {
    context.logger.log(`left out, of another application: ${showObject(object)}`);
  }
  const counts = Object.entries(countsOf(report)).map(([what, count]) => [what, `${count}`]);
  context.report.submit(
    failing(report, options).length > 0 ? 'failure' : 'success',
    Object.fromEntries(counts) as Record<string, string>,
  );
}

function violationOf(
  { rule, level, object, path, message, fix }: Finding,
  files: Map<Manifest, string>,
): ValidationViolation {
  return {
    ruleName: rule,
    recommendation: `${level}: ${message}`,
    fix,
    violatingResources: [
      {
        // With its kind: by the bare name, cdk8s would look up the construct of any object of that name.
        resourceName: object === undefined ? 'app' : showObject(object),
        locations: [showPath(path)],
        manifestPath: object === undefined ? '' : (files.get(object) ?? ''),
      },
    ],
  };
}
