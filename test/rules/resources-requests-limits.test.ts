import { expect, it } from 'vitest';
import { check } from '../../lib/rules/engine';
import { resourcesRequestsLimits } from '../../lib/rules/resources-requests-limits';
import { nimWith, REMOVED, testRule } from '../support/rules';

testRule(resourcesRequestsLimits, {
  accepts: {
    'an ephemeral container, which has none': nimWith([
      'Deployment',
      'spec.template.spec.ephemeralContainers',
      [{ name: 'debug', image: 'a:1' }],
    ]),
    'amounts in other units': nimWith(
      ['Deployment', 'spec.template.spec.containers.0.resources.requests.memory', '1e3'],
      ['Deployment', 'spec.template.spec.containers.0.resources.limits.cpu', 16],
    ),
  },
  refuses: {
    'no request for CPU': [
      nimWith(['Deployment', 'spec.template.spec.containers.0.resources.requests.cpu', REMOVED]),
      'Deployment: spec.template.spec.containers[0].resources.requests.cpu',
    ],
    'no limit for memory': [
      nimWith(['Deployment', 'spec.template.spec.containers.0.resources.limits.memory', REMOVED]),
      'Deployment: spec.template.spec.containers[0].resources.limits.memory',
    ],
    'no limit for ephemeral storage': [
      nimWith(['Deployment', 'spec.template.spec.containers.0.resources.limits.ephemeral-storage', REMOVED]),
      'Deployment: spec.template.spec.containers[0].resources.limits.ephemeral-storage',
    ],
    'an amount that is none': [
      nimWith(['Deployment', 'spec.template.spec.containers.0.resources.limits.memory', 'much']),
      'Deployment: spec.template.spec.containers[0].resources.limits.memory',
    ],
    'a request above the limit': [
      nimWith(['Deployment', 'spec.template.spec.containers.0.resources.requests.memory', '33Gi']),
      'Deployment: spec.template.spec.containers[0].resources.requests.memory',
    ],
    'an init container without any': [
      nimWith([
        'Deployment',
        'spec.template.spec.initContainers',
        [{ name: 'a', resources: { limits: { cpu: 1, memory: 1 }, requests: { cpu: 1, memory: 1 } } }],
      ]),
      'Deployment: spec.template.spec.initContainers[0].resources.requests.ephemeral-storage',
      'Deployment: spec.template.spec.initContainers[0].resources.limits.ephemeral-storage',
    ],
  },
});

it.each([
  ['request', 'requests'],
  ['limit', 'limits'],
])('says that there is no %s', (shown, kind) => {
  const { findings } = check(nimWith(['Deployment', `spec.template.spec.containers.0.resources.${kind}.cpu`, REMOVED]));

  expect(findings).toContainEqual(
    expect.objectContaining({ rule: 'resources-requests-limits', message: `there is no ${shown} for cpu` }),
  );
});
