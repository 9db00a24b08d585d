import { expect, it } from 'vitest';
import { uniqueNames } from '../../../lib/guardrails/rules/unique-names';
import { alone, check, testRule } from '../../support/rules';

testRule(uniqueNames, {
  accepts: {
    'one name in two namespaces': [
      ...alone('v1', 'ConfigMap'),
      ...alone('v1', 'ConfigMap', { metadata: { name: 'alone', namespace: 'other' } }),
    ],
    'one name of two kinds': [...alone('v1', 'ConfigMap'), ...alone('v1', 'ServiceAccount')],
    'objects that the API server names': [
      ...alone('batch/v1', 'Job', { metadata: { generateName: 'migrate-' } }),
      ...alone('batch/v1', 'Job', { metadata: { generateName: 'migrate-' } }),
    ],
    'one name of two groups': [...alone('example.com/v1', 'Policy'), ...alone('example.org/v1', 'Policy')],
  },
  refuses: {
    'the same object twice': [[...alone('v1', 'ConfigMap'), ...alone('v1', 'ConfigMap')], 'ConfigMap: metadata.name'],
    'the same object in two versions': [
      [...alone('batch/v1', 'CronJob'), ...alone('batch/v1beta1', 'CronJob')],
      'CronJob: metadata.name',
    ],
    'a name that YAML reads as true': [
      alone('v1', 'ConfigMap', { metadata: { name: true } }),
      'ConfigMap: metadata.name',
    ],
    'an object with an empty name': [
      alone('v1', 'ConfigMap', { metadata: { name: '', generateName: 'a-' } }),
      'ConfigMap: metadata.name',
    ],
    'an object without a name': [alone('v1', 'ConfigMap', { metadata: {} }), 'ConfigMap: metadata.name'],
    'the same object three times, from the second on': [
      [...alone('v1', 'ConfigMap'), ...alone('v1', 'ConfigMap'), ...alone('v1', 'ConfigMap')],
      'ConfigMap: metadata.name',
      'ConfigMap: metadata.name',
    ],
  },
});

it.each([
  [{}, 'the object has no name'],
  [{ name: null }, 'the object has no name'],
  [{ name: true }, 'the name is true and no text: write it in quotes'],
])('the message about the metadata %j says %s', (metadata, message) => {
  expect(check(alone('v1', 'ConfigMap', { metadata })).findings.map((finding) => finding.message)).toEqual([message]);
});
