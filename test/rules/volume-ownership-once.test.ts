import { volumeOwnershipOnce } from '../../lib/rules/volume-ownership-once';
import { nimWith, REMOVED, testRule } from '../support/rules';

testRule(volumeOwnershipOnce, {
  accepts: {
    'no persistent volume': nimWith(
      ['Deployment', 'spec.template.spec.securityContext.fsGroupChangePolicy', REMOVED],
      ['Deployment', 'spec.template.spec.volumes', []],
    ),
  },
  refuses: {
    'the default of the kubelet': [
      nimWith(['Deployment', 'spec.template.spec.securityContext.fsGroupChangePolicy', REMOVED]),
      'Deployment: spec.template.spec.securityContext.fsGroupChangePolicy',
    ],
    'a change at every start': [
      nimWith(['Deployment', 'spec.template.spec.securityContext.fsGroupChangePolicy', 'Always']),
      'Deployment: spec.template.spec.securityContext.fsGroupChangePolicy',
    ],
  },
});
