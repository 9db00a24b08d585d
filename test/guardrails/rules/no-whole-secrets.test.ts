import { noWholeSecrets } from '../../../lib/guardrails/rules/no-whole-secrets';
import { nimWith, testRule } from '../../support/rules';

const NIM = 'spec.template.spec.containers.0';

testRule(noWholeSecrets, {
  accepts: {
    'single keys': nimWith(),
    'a whole ConfigMap': nimWith(['Deployment', `${NIM}.envFrom`, [{ configMapRef: { name: 'settings' } }]]),
    'a program that is no NIM': nimWith(
      ['Deployment', `${NIM}.env`, []],
      ['Deployment', `${NIM}.image`, 'registry.example.com/a:1.0.0'],
      ['Deployment', `${NIM}.envFrom`, [{ secretRef: { name: 'all' } }]],
    ),
  },
  refuses: {
    'a whole Secret': [
      nimWith(['Deployment', `${NIM}.envFrom`, [{ secretRef: { name: 'all' } }]]),
      `Deployment: ${NIM.replace('.0', '[0]')}.envFrom[0].secretRef`,
    ],
  },
});
