import { replicasHavePdb } from '../../../lib/guardrails/rules/replicas-have-pdb';
import { nimWith, testRule } from '../../support/rules';

testRule(replicasHavePdb, {
  accepts: {
    'one replica of another program': nimWith(
      ['Deployment', 'spec.template.spec.containers.0.env', []],
      ['Deployment', 'spec.template.spec.containers.0.image', 'registry.example.com/a:1.0.0'],
      ['PodDisruptionBudget', 'metadata.namespace', 'other'],
    ),
  },
  refuses: {
    'a NIM without a budget': [
      nimWith(['PodDisruptionBudget', 'metadata.namespace', 'other']),
      'Deployment: spec.template.metadata.labels',
    ],
    'a budget for other pods': [
      nimWith(['PodDisruptionBudget', 'spec.selector.matchLabels', { app: 'other' }]),
      'Deployment: spec.template.metadata.labels',
    ],
    'several replicas of another program': [
      nimWith(
        ['Deployment', 'spec.replicas', 2],
        ['Deployment', 'spec.template.spec.containers.0.env', []],
        ['Deployment', 'spec.template.spec.containers.0.image', 'registry.example.com/a:1.0.0'],
        ['PodDisruptionBudget', 'metadata.namespace', 'other'],
      ),
      'Deployment: spec.template.metadata.labels',
    ],
  },
});
