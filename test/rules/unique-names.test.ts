import { uniqueNames } from '../../lib/rules/unique-names';
import { alone, testRule } from '../support/rules';

testRule(uniqueNames, {
  accepts: {
    'one name in two namespaces': [
      ...alone('v1', 'ConfigMap'),
      ...alone('v1', 'ConfigMap', { metadata: { name: 'alone', namespace: 'other' } }),
    ],
    'one name of two kinds': [...alone('v1', 'ConfigMap'), ...alone('v1', 'ServiceAccount')],
    'one name of two groups': [...alone('example.com/v1', 'Policy'), ...alone('example.org/v1', 'Policy')],
  },
  refuses: {
    'the same object twice': [[...alone('v1', 'ConfigMap'), ...alone('v1', 'ConfigMap')], 'ConfigMap: metadata.name'],
    'the same object in two versions': [
      [...alone('batch/v1', 'CronJob'), ...alone('batch/v1beta1', 'CronJob')],
      'CronJob: metadata.name',
    ],
    'an object without a name': [alone('v1', 'ConfigMap', { metadata: {} }), 'ConfigMap: metadata.name'],
    'the same object three times, from the second on': [
      [...alone('v1', 'ConfigMap'), ...alone('v1', 'ConfigMap'), ...alone('v1', 'ConfigMap')],
      'ConfigMap: metadata.name',
      'ConfigMap: metadata.name',
    ],
  },
});
