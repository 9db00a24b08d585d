import { expect, it } from 'vitest';
import { imagePinned } from '../../../lib/guardrails/rules/image-pinned';
import type { Manifest } from '../../../lib/manifests/manifest';
import { DIGEST } from '../../support/nims';
import { alone, check, nimWith, REMOVED, testRule } from '../../support/rules';

const DIGEST_512 = `sha512:${'0123456789abcdef'.repeat(8)}`;

const cronJob = (image: string): object => ({
  spec: { jobTemplate: { spec: { template: { spec: { containers: [{ name: 'a', image }] } } } } },
});

const inContainer = (tag: string): Manifest[] =>
  nimWith(['Deployment', 'spec.template.spec.containers.0.image', `registry.example.com/a:${tag}`]);
const inVolume = (reference?: string): Manifest[] =>
  nimWith(['Deployment', 'spec.template.spec.volumes', [{ name: 'data', image: { reference } }]]);

testRule(imagePinned, {
  accepts: {
    ...Object.fromEntries(
      ['16', 'v2', '1.2.3-latest', 'bookworm-20250101', '3f2a9c1'].map((tag) => [`the tag ${tag}`, inContainer(tag)]),
    ),
    'a volume with a tag': inVolume('registry.example.com/models:1.0.0'),
    'a volume with a digest': inVolume(`registry.example.com/models@${DIGEST}`),
    'a tag': nimWith(['Deployment', 'spec.template.spec.containers.0.image', 'registry.example.com/a:1.0.0']),
    'a digest': nimWith(['Deployment', 'spec.template.spec.containers.0.image', `registry.example.com/a@${DIGEST}`]),
    'a tag and a digest of a registry with a port': nimWith([
      'Deployment',
      'spec.template.spec.containers.0.image',
      `localhost:5000/a:latest@${DIGEST}`,
    ]),
    'a CronJob with a tag': alone('batch/v1', 'CronJob', cronJob('a:1')),
    'a digest of 512 bits': nimWith([
      'Deployment',
      'spec.template.spec.containers.0.image',
      `registry.example.com/a@${DIGEST_512}`,
    ]),
    'a tag of a registry with a port': nimWith([
      'Deployment',
      'spec.template.spec.containers.0.image',
      'localhost:5000/a:1',
    ]),
  },
  refuses: {
    ...Object.fromEntries(
      ['main', 'master', 'nightly', 'stable', 'edge', 'dev', 'latest-cuda', 'latest-12.4'].map(
        (tag): [string, [Manifest[], string]] => [
          `the tag ${tag}`,
          [inContainer(tag), 'Deployment: spec.template.spec.containers[0].image'],
        ],
      ),
    ),
    'a volume without a tag': [
      inVolume('registry.example.com/models'),
      'Deployment: spec.template.spec.volumes[0].image.reference',
    ],
    'a volume without an image': [inVolume(), 'Deployment: spec.template.spec.volumes[0].image.reference'],
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
    'a text that is no digest': [
      nimWith(['Deployment', 'spec.template.spec.containers.0.image', 'registry.example.com/a@sha256:abc']),
      'Deployment: spec.template.spec.containers[0].image',
    ],
    'a digest of other characters': [
      nimWith([
        'Deployment',
        'spec.template.spec.containers.0.image',
        `registry.example.com/a@sha256:${'g'.repeat(64)}`,
      ]),
      'Deployment: spec.template.spec.containers[0].image',
    ],
    'a digest with a character too many': [
      nimWith(['Deployment', 'spec.template.spec.containers.0.image', `registry.example.com/a@${DIGEST}0`]),
      'Deployment: spec.template.spec.containers[0].image',
    ],
    'a digest of 512 bits with a character too many': [
      nimWith(['Deployment', 'spec.template.spec.containers.0.image', `registry.example.com/a@${DIGEST_512}0`]),
      'Deployment: spec.template.spec.containers[0].image',
    ],
    'a tag whose digest is none': [
      nimWith(['Deployment', 'spec.template.spec.containers.0.image', 'registry.example.com/a:1.0.0@sha256:abc']),
      'Deployment: spec.template.spec.containers[0].image',
    ],
  },
});

it.each([
  ['without an image', REMOVED, 'the image "" is not pinned'],
  ['without a tag', 'registry.example.com/a', 'the image "registry.example.com/a" is not pinned'],
])('names the image of a container %s', (_, image, message) => {
  const { findings } = check(nimWith(['Deployment', 'spec.template.spec.containers.0.image', image]));

  expect(findings).toContainEqual(expect.objectContaining({ rule: 'image-pinned', message }));
});
