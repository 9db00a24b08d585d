/// <reference types="node" />
import type { GuardrailsOptions } from '../guardrails/guardrails-options';
import type { RuleSet } from '../guardrails/rule';
import { ruleSetOf } from '../guardrails/rule-set';
import { kubernetesVersions } from '../manifests/kubernetes-versions';
import { orWrongUse } from './arguments';
import { type Config, readConfig } from './config';
import { loadRules } from './rules-file';

/** The options of every command that judges manifests, for `parseArgs`. */
export const GUARDRAILS_ARGUMENTS = {
  strict: { type: 'boolean', default: false },
  'kubernetes-version': { type: 'string' },
  config: { type: 'string' },
  'nim-only': { type: 'boolean', default: false },
  rules: { type: 'string' },
} as const;

/** What the arguments and the configuration ask for; what is an argument goes before the configuration. */
export interface GuardrailsArguments {
  readonly options: GuardrailsOptions;
  readonly config: Config | undefined;
}

/** Reads the arguments that were given for `GUARDRAILS_ARGUMENTS`. */
export function guardrailsArguments(
  values: {
    readonly strict: boolean;
    readonly 'kubernetes-version'?: string | undefined;
    readonly config?: string | undefined;
    readonly 'nim-only': boolean;
    readonly rules?: string | undefined;
  },
  rules: RuleSet,
): GuardrailsArguments {
  const version = values['kubernetes-version'];
  orWrongUse(() => kubernetesVersions('--kubernetes-version', version));
  const own = values.rules === undefined ? {} : { rules: loadRules(values.rules) };
  const config = values.config === undefined ? undefined : readConfig(values.config, ruleSetOf(rules, own));
  return {
    options: {
      ...config?.options,
      ...own,
      ...(version === undefined ? {} : { kubernetesVersion: version }),
      ...(values.strict ? { strict: true } : {}),
      ...(values['nim-only'] ? { nimOnly: true } : {}),
    },
    config,
  };
}
