import { Guardrails, type IGuardrailRule, RuleLevel } from 'cdk8s-nim';
import type { IConstruct } from 'constructs';

const hasOwner: IGuardrailRule = {
  id: 'has-owner',
  level: RuleLevel.ERROR,
  what: 'A Deployment says who owns it.',
  why: 'Somebody has to answer at night.',
  fix: 'set the label owner to the name of a team',
  kinds: ['apps/Deployment'],
  check: (object) =>
    object.labels['owner'] === undefined ? [{ path: 'metadata.labels', message: 'there is no owner' }] : [],
};

export function guard(app: IConstruct): Guardrails {
  return Guardrails.of(app, { rules: [hasOwner] });
}
