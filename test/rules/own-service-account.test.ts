import { ownServiceAccount } from '../../lib/rules/own-service-account';
import { nimWith, REMOVED, testRule } from '../support/rules';

testRule(ownServiceAccount, {
  accepts: {},
  refuses: {
    'no account': [
      nimWith(['Deployment', 'spec.template.spec.serviceAccountName', REMOVED]),
      'Deployment: spec.template.spec.serviceAccountName',
    ],
    'the account default': [
      nimWith(['Deployment', 'spec.template.spec.serviceAccountName', 'default']),
      'Deployment: spec.template.spec.serviceAccountName',
    ],
  },
});
