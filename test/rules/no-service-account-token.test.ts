import { noServiceAccountToken } from '../../lib/rules/no-service-account-token';
import { nimWith, REMOVED, testRule } from '../support/rules';

testRule(noServiceAccountToken, {
  accepts: {
    'a projected volume without a token': nimWith([
      'Deployment',
      'spec.template.spec.volumes.3',
      { name: 'a', projected: { sources: [{ configMap: { name: 'a' } }] } },
    ]),
  },
  refuses: {
    'a pod that says nothing': [
      nimWith(['Deployment', 'spec.template.spec.automountServiceAccountToken', REMOVED]),
      'Deployment: spec.template.spec.automountServiceAccountToken',
    ],
    'an account that says nothing': [
      nimWith(['ServiceAccount', 'automountServiceAccountToken', REMOVED]),
      'ServiceAccount: automountServiceAccountToken',
    ],
    'a volume with a token': [
      nimWith([
        'Deployment',
        'spec.template.spec.volumes.3',
        { name: 'a', projected: { sources: [{ serviceAccountToken: { path: 'a' } }] } },
      ]),
      'Deployment: spec.template.spec.volumes[3].projected.sources[0].serviceAccountToken',
    ],
  },
});
