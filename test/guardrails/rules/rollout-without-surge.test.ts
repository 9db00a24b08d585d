import { expect, it } from 'vitest';
import { rolloutWithoutSurge } from '../../../lib/guardrails/rules/rollout-without-surge';
import { check, nimWith, REMOVED, testRule } from '../../support/rules';

testRule(rolloutWithoutSurge, {
  accepts: {
    Recreate: nimWith(['Deployment', 'spec.strategy', { type: 'Recreate' }]),
    'another program without a volume': nimWith(
      ['Deployment', 'spec.template.spec.containers.0.env', []],
      ['Deployment', 'spec.template.spec.containers.0.image', 'registry.example.com/a:1.0.0'],
      ['Deployment', 'spec.template.spec.volumes', []],
      ['Deployment', 'spec.strategy', REMOVED],
    ),
    'no more pods, in percent': nimWith(['Deployment', 'spec.strategy.rollingUpdate.maxSurge', '0%']),
    'a StatefulSet, which never starts more pods': nimWith(
      ['Deployment', 'kind', 'StatefulSet'],
      ['StatefulSet', 'spec.strategy', REMOVED],
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
    'a NIM without a volume': [
      nimWith(
        ['Deployment', 'spec.template.spec.volumes', []],
        ['Deployment', 'spec.strategy.rollingUpdate.maxSurge', 1],
      ),
      'Deployment: spec.strategy.rollingUpdate.maxSurge',
    ],
  },
});

it('shows the default of Kubernetes', () => {
  const { findings } = check(nimWith(['Deployment', 'spec.strategy', REMOVED]));

  expect(findings).toContainEqual(
    expect.objectContaining({
      rule: 'rollout-without-surge',
      message: 'an update starts new pods beside the old ones: maxSurge is "25%"',
    }),
  );
});
