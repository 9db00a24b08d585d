import { versionLabel } from '../../../lib/guardrails/rules/version-label';
import type { Manifest } from '../../../lib/manifests/manifest';
import { DIGEST } from '../../support/nims';
import { nimWith, testRule } from '../../support/rules';

const MODEL = 'nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2';
const LABEL = '[app.kubernetes.io/version]';
const TEMPLATE = `spec.template.metadata.labels${LABEL}`;

const withLabel = (version: unknown, image = `${MODEL}:1.13.0`): Manifest[] =>
  nimWith(
    ['Deployment', TEMPLATE, version],
    ['Deployment', `metadata.labels${LABEL}`, '1.13.0'],
    ['Deployment', 'spec.template.spec.containers.0.image', image],
  );

testRule(versionLabel, {
  accepts: {
    'a version in short': withLabel('1.13'),
    'a version with a "v"': withLabel('v1.13.0'),
    'a variant of the version': withLabel('1.13.0', `${MODEL}:1.13.0-variant`),
    'what is no version': withLabel('stable'),
    'a number': withLabel(1),
    'a digest alone': withLabel('1.12.0', `${MODEL}@${DIGEST}`),
    'a program that is no NIM': nimWith(
      ['Deployment', 'spec.template.spec.containers.0.image', 'registry.example.com/web:1.0.0'],
      ['Deployment', 'spec.template.spec.containers.0.env', []],
    ),
  },
  refuses: {
    'another version on the pods': [
      withLabel('1.12.0'),
      `Deployment: ${TEMPLATE.replace(LABEL, '["app.kubernetes.io/version"]')}`,
    ],
    'another version on the workload': [
      nimWith(['Deployment', `metadata.labels${LABEL}`, '1.0.0']),
      'Deployment: metadata.labels["app.kubernetes.io/version"]',
    ],
    'a version that only begins like it': [
      withLabel('1.1'),
      `Deployment: ${TEMPLATE.replace(LABEL, '["app.kubernetes.io/version"]')}`,
    ],
    'the version of an image with a digest': [
      withLabel('1.12.0', `${MODEL}:1.13.0@${DIGEST}`),
      `Deployment: ${TEMPLATE.replace(LABEL, '["app.kubernetes.io/version"]')}`,
    ],
  },
});
