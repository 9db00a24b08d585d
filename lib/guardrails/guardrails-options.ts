import { invalid } from '../common/invalid';
import { requireText } from '../common/names';
import { flag, kind, listOf, text } from '../common/kinds';
import { optional, type PropTable, required, requireProps, struct } from '../common/props';
import { INGRESS_CONTROLLER_LANGUAGE, type IngressControllerLanguage } from '../ingress/own-language';
import { type Acknowledgement, EVERY_RULE } from './acknowledgements';
import type { IGuardrailRule } from './guardrail-rule';
import { languagesWith } from './own-controllers';
import { ownRule } from './own-rule';
import type { RuleSet } from './rule';
import { ruleSetOf } from './rule-set';
import { kubernetesVersions } from '../manifests/kubernetes-versions';

/** Options of the guardrails: of `Guardrails.of`, of the validation in `cdk8s.yaml`, and of the file for `--config`. */
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
   * Whether warnings fail too.
   * @default false
   */
  readonly strict?: boolean;
  /**
   * Whether only the objects of NIMs are judged: their workloads, what leads to them and what these name. For manifests with other
   * applications among them, whose objects the report lists as left out.
   * @default false
   */
  readonly nimOnly?: boolean;
  /**
   * Ingress controllers that this library does not know: what their objects say, so that their front doors are judged like the others.
   * For a controller of `IngressController.custom`, write the `language` of its profile.
   * @default - none
   */
  readonly controllers?: IngressControllerLanguage[];
  /**
   * Rules of your own beside those of this library. The file for `--config` and `cdk8s.yaml` have no functions: there, `--rules` and a
   * class that extends `GuardrailsValidation` add them (`docs/own-rules.md`).
   * @default - none
   */
  readonly rules?: IGuardrailRule[];
}

const ACKNOWLEDGEMENT_MEMBERS: PropTable<Acknowledgement> = {
  rule: required(text),
  reason: required(text),
  kind: optional(text),
  namespace: optional(text),
  name: optional(text),
  field: optional(text),
};

export const GUARDRAILS_OPTIONS: PropTable<GuardrailsOptions> = {
  kubernetesVersion: optional(
    kind(
      {
        wanted: 'a text; in YAML, 1.30 without quotes is the number 1.3',
        example: 'it in quotes, for example "1.30"',
      },
      (value) => typeof value === 'string',
    ),
  ),
  acknowledgements: optional(listOf(struct<Acknowledgement>(ACKNOWLEDGEMENT_MEMBERS))),
  strict: optional(flag),
  nimOnly: optional(flag),
  controllers: optional(listOf(struct<IngressControllerLanguage>(INGRESS_CONTROLLER_LANGUAGE))),
  rules: optional(listOf(ownRule)),
};

/**
 * Refuses options that are none: they may come from a file, where no compiler has read them.
 *
 * @param rules what may be acknowledged beside the rules of the options
 */
export function requireOptions(what: string, given: unknown, rules: RuleSet): GuardrailsOptions {
  const options = requireProps(what, given as GuardrailsOptions | undefined, GUARDRAILS_OPTIONS);
  kubernetesVersions(`${what} kubernetesVersion`, options.kubernetesVersion);
  languagesWith(options.controllers ?? []);
  const every = ruleSetOf(rules, options);
  (options.acknowledgements ?? []).forEach((entry, index) => {
    requireAcknowledgement(`${what} acknowledgements[${index}]`, entry, every);
  });
  return options;
}

function requireAcknowledgement(what: string, entry: Acknowledgement, rules: RuleSet): void {
  requireText(`${what} reason`, entry.reason, 'write why the finding may stay');
  if (entry.rule === EVERY_RULE) {
    if (entry.kind === undefined && entry.namespace === undefined && entry.name === undefined) {
      throw invalid({
        what: `${what} rule`,
        value: entry.rule,
        because: 'it would accept everything',
        instead: 'name the kind, the namespace or the name of the objects that it is for',
      });
    }
  } else if (!rules.some(({ id }) => id === entry.rule)) {
    throw invalid({
      what: `${what} rule`,
      value: entry.rule,
      because: 'there is no such rule',
      instead: `write one of ${rules.map(({ id }) => id).join(', ')}`,
    });
  }
}
