import { expect, it } from 'vitest';
import { resourcesRequestsLimits } from '../../../lib/guardrails/rules/resources-requests-limits';
import type { Manifest } from '../../../lib/manifests/manifest';
import { check, nimWith, REMOVED, testRule } from '../../support/rules';

const AMOUNTS = { cpu: 1, memory: '1Gi' };
const STORAGE = { 'ephemeral-storage': '1Gi' };

const ofPod = (resources: object, container: object = { requests: STORAGE, limits: STORAGE }): Manifest[] =>
  nimWith(
    ['Deployment', 'spec.template.spec.resources', resources],
    ['Deployment', 'spec.template.spec.containers.0.resources', container],
  );

testRule(resourcesRequestsLimits, {
  accepts: {
    'CPU and memory for all containers of the pod': ofPod({ requests: AMOUNTS, limits: AMOUNTS }),
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
    'CPU and memory of the pod above its limits': [
      ofPod({ requests: { ...AMOUNTS, cpu: 2 }, limits: AMOUNTS }),
      'Deployment: spec.template.spec.resources.requests.cpu',
    ],
    'storage that a pod cannot have for all containers': [
      ofPod({ requests: { ...AMOUNTS, ...STORAGE }, limits: { ...AMOUNTS, ...STORAGE } }, {}),
      'Deployment: spec.template.spec.containers[0].resources.requests.ephemeral-storage',
      'Deployment: spec.template.spec.containers[0].resources.limits.ephemeral-storage',
    ],
    'limits of the pod without requests': [
      ofPod({ limits: AMOUNTS }),
      'Deployment: spec.template.spec.containers[0].resources.requests.cpu',
      'Deployment: spec.template.spec.containers[0].resources.requests.memory',
    ],
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
