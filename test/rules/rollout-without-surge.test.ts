import { rolloutWithoutSurge } from '../../lib/rules/rollout-without-surge';
import { nimWith, REMOVED, testRule } from '../support/rules';

testRule(rolloutWithoutSurge, {
  accepts: {
    Recreate: nimWith(['Deployment', 'spec.strategy', { type: 'Recreate' }]),
    'another program without a volume': nimWith(
      ['Deployment', 'spec.template.spec.containers.0.env', []],
      ['Deployment', 'spec.template.spec.containers.0.image', 'registry.example.com/a:1.0.0'],
      ['Deployment', 'spec.template.spec.volumes', []],
      ['Deployment', 'spec.strategy', REMOVED],
    ),
  },
  refuses: {
    'the default of Kubernetes': [
      nimWith(['Deployment', 'spec.strategy', REMOVED]),
      'Deployment: spec.strategy.rollingUpdate.maxSurge',
    ],
    'one more pod': [
      nimWith(['Deployment', 'spec.strategy.rollingUpdate.maxSurge', 1]),
      'Deployment: spec.strategy.rollingUpdate.maxSurge',
    ],
    'another program on ReadWriteOnce': [
      nimWith(
        ['Deployment', 'spec.template.spec.containers.0.env', []],
        ['Deployment', 'spec.template.spec.containers.0.image', 'registry.example.com/a:1.0.0'],
        ['Deployment', 'spec.strategy.rollingUpdate.maxSurge', '25%'],
      ),
      'Deployment: spec.strategy.rollingUpdate.maxSurge',
    ],
  },
});
