import { imagePinned } from '../../lib/rules/image-pinned';
import { DIGEST } from '../support/nims';
import { alone, nimWith, REMOVED, testRule } from '../support/rules';

const cronJob = (image: string): object => ({
  spec: { jobTemplate: { spec: { template: { spec: { containers: [{ name: 'a', image }] } } } } },
});

testRule(imagePinned, {
  accepts: {
    'a tag': nimWith(['Deployment', 'spec.template.spec.containers.0.image', 'registry.example.com/a:1.0.0']),
    'a digest': nimWith(['Deployment', 'spec.template.spec.containers.0.image', `registry.example.com/a@${DIGEST}`]),
    'a tag and a digest of a registry with a port': nimWith([
      'Deployment',
      'spec.template.spec.containers.0.image',
      `localhost:5000/a:latest@${DIGEST}`,
    ]),
    'a CronJob with a tag': alone('batch/v1', 'CronJob', cronJob('a:1')),
  },
  refuses: {
    'no tag': [
      nimWith(['Deployment', 'spec.template.spec.containers.0.image', 'registry.example.com/a']),
      'Deployment: spec.template.spec.containers[0].image',
    ],
    'the tag latest': [
      nimWith(['Deployment', 'spec.template.spec.containers.0.image', 'registry.example.com/a:latest']),
      'Deployment: spec.template.spec.containers[0].image',
    ],
    'a port of the registry that looks like a tag': [
      nimWith(['Deployment', 'spec.template.spec.containers.0.image', 'localhost:5000/a']),
      'Deployment: spec.template.spec.containers[0].image',
    ],
    'no image at all': [
      nimWith(['Deployment', 'spec.template.spec.containers.0.image', REMOVED]),
      'Deployment: spec.template.spec.containers[0].image',
    ],
    'an init container': [
      nimWith(['Deployment', 'spec.template.spec.initContainers', [{ name: 'a', image: 'a' }]]),
      'Deployment: spec.template.spec.initContainers[0].image',
    ],
    'a CronJob without a tag': [
      alone('batch/v1', 'CronJob', cronJob('a')),
      'CronJob: spec.jobTemplate.spec.template.spec.containers[0].image',
    ],
  },
});
