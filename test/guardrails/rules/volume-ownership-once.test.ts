import { volumeOwnershipOnce } from '../../../lib/guardrails/rules/volume-ownership-once';
import { alone, nimWith, REMOVED, testRule } from '../../support/rules';

testRule(volumeOwnershipOnce, {
  accepts: {
    'no persistent volume': nimWith(
      ['Deployment', 'spec.template.spec.securityContext.fsGroupChangePolicy', REMOVED],
      ['Deployment', 'spec.template.spec.volumes', []],
    ),
    'volumes that end with the pod': nimWith(
      ['Deployment', 'spec.template.spec.securityContext.fsGroupChangePolicy', REMOVED],
      ['Deployment', 'spec.template.spec.volumes', [{ name: 'a', emptyDir: {} }]],
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
    'the volumes that a StatefulSet makes': [
      alone('apps/v1', 'StatefulSet', { spec: { volumeClaimTemplates: [{ metadata: { name: 'a' } }] } }),
      'StatefulSet: spec.template.spec.securityContext.fsGroupChangePolicy',
    ],
  },
});
