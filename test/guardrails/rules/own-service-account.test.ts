import { ownServiceAccount } from '../../../lib/guardrails/rules/own-service-account';
import { nimWith, REMOVED, testRule } from '../../support/rules';

testRule(ownServiceAccount, {
  accepts: {
    'an account in the old field': nimWith(
      ['Deployment', 'spec.template.spec.serviceAccountName', REMOVED],
      ['Deployment', 'spec.template.spec.serviceAccount', 'text-embedding'],
    ),
  },
  refuses: {
    'no account': [
      nimWith(['Deployment', 'spec.template.spec.serviceAccountName', REMOVED]),
      'Deployment: spec.template.spec.serviceAccountName',
    ],
    'the account default': [
      nimWith(['Deployment', 'spec.template.spec.serviceAccountName', 'default']),
      'Deployment: spec.template.spec.serviceAccountName',
    ],
    'an empty name': [
      nimWith(['Deployment', 'spec.template.spec.serviceAccountName', '']),
      'Deployment: spec.template.spec.serviceAccountName',
    ],
    'the account default over one in the old field': [
      nimWith(
        ['Deployment', 'spec.template.spec.serviceAccountName', 'default'],
        ['Deployment', 'spec.template.spec.serviceAccount', 'text-embedding'],
      ),
      'Deployment: spec.template.spec.serviceAccountName',
    ],
  },
});
