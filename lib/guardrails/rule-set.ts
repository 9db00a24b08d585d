import { invalid } from '../common/invalid';
import { ACKNOWLEDGEMENT_RULE } from './acknowledgements';
import type { GuardrailsOptions } from './guardrails-options';
import { asRule } from './own-rule';
import type { RuleSet } from './rule';

/** The rules of an entry point and those that its options add; refuses two of one id. */
export function ruleSetOf(rules: RuleSet, { rules: own = [] }: GuardrailsOptions): RuleSet {
  const every = own.length === 0 ? rules : [...rules, ...own.map(asRule)];
  const ids = [ACKNOWLEDGEMENT_RULE, ...every].map(({ id }) => id);
  const shared = ids.find((id, index) => ids.indexOf(id) !== index);
  if (shared !== undefined) {
    // An acknowledgement names a rule by its id.
    throw invalid({
      what: 'id of a rule',
      value: shared,
      because: 'another rule has it, and an acknowledgement would be for both',
      instead: 'give each rule of a set an id of its own',
    });
  }
  return every;
}
