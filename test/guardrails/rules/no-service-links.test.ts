import { noServiceLinks } from '../../../lib/guardrails/rules/no-service-links';
import { nimWith, REMOVED, testRule } from '../../support/rules';

testRule(noServiceLinks, {
  accepts: {},
  refuses: {
    'nothing said': [
      nimWith(['Deployment', 'spec.template.spec.enableServiceLinks', REMOVED]),
      'Deployment: spec.template.spec.enableServiceLinks',
    ],
    true: [
      nimWith(['Deployment', 'spec.template.spec.enableServiceLinks', true]),
      'Deployment: spec.template.spec.enableServiceLinks',
    ],
  },
});
