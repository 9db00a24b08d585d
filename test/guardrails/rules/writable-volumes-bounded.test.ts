import { writableVolumesBounded } from '../../../lib/guardrails/rules/writable-volumes-bounded';
import { nimWith, testRule } from '../../support/rules';

testRule(writableVolumesBounded, {
  accepts: {
    'a claim': nimWith([
      'Deployment',
      'spec.template.spec.volumes',
      [{ name: 'a', persistentVolumeClaim: { claimName: 'a' } }],
    ]),
  },
  refuses: {
    ...Object.fromEntries(
      ['0', 0, '0Gi'].map((sizeLimit): [string, [ReturnType<typeof nimWith>, string]] => [
        `a limit of ${JSON.stringify(sizeLimit)}, which is none`,
        [
          nimWith(['Deployment', 'spec.template.spec.volumes', [{ name: 'a', emptyDir: { sizeLimit } }]]),
          'Deployment: spec.template.spec.volumes[0].emptyDir.sizeLimit',
        ],
      ]),
    ),
    'an emptyDir without a limit': [
      nimWith(['Deployment', 'spec.template.spec.volumes', [{ name: 'a', emptyDir: {} }]]),
      'Deployment: spec.template.spec.volumes[0].emptyDir.sizeLimit',
    ],
    'a volume that says nothing, which is an emptyDir': [
      nimWith(['Deployment', 'spec.template.spec.volumes', [{ name: 'a' }]]),
      'Deployment: spec.template.spec.volumes[0].emptyDir.sizeLimit',
    ],
  },
});
