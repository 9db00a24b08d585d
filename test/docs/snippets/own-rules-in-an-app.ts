import { App } from 'cdk8s';
import { Guardrails, type IGuardrailRule, RuleLevel } from 'cdk8s-nim';

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

const app = new App();
Guardrails.of(app, { rules: [hasOwner], acknowledgements: [{ rule: 'has-owner', name: 'legacy', reason: 'unowned' }] });
app.synth();
