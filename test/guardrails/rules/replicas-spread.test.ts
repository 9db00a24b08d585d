import { replicasSpread } from '../../../lib/guardrails/rules/replicas-spread';
import { nimWith, testRule } from '../../support/rules';

testRule(replicasSpread, {
  accepts: {
    'topology spread constraints': nimWith(
      ['Deployment', 'spec.replicas', 3],
      ['Deployment', 'spec.template.spec.topologySpreadConstraints', [{ topologyKey: 'kubernetes.io/hostname' }]],
    ),
    'preferred anti-affinity': nimWith(
      ['Deployment', 'spec.replicas', 3],
      [
        'Deployment',
        'spec.template.spec.affinity',
        {
          podAntiAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
              { podAffinityTerm: { topologyKey: 'kubernetes.io/hostname' } },
            ],
          },
        },
      ],
    ),
    'required anti-affinity': nimWith(
      ['Deployment', 'spec.replicas', 3],
      [
        'Deployment',
        'spec.template.spec.affinity',
        {
          podAntiAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname' }],
          },
        },
      ],
    ),
  },
  refuses: {
    'replicas that may share a node': [
      nimWith(['Deployment', 'spec.replicas', 3]),
      'Deployment: spec.template.spec.topologySpreadConstraints',
    ],
    'replicas that are only spread over zones': [
      nimWith(
        ['Deployment', 'spec.replicas', 3],
        [
          'Deployment',
          'spec.template.spec.topologySpreadConstraints',
          [{ topologyKey: 'topology.kubernetes.io/zone' }],
        ],
      ),
      'Deployment: spec.template.spec.topologySpreadConstraints',
    ],
  },
});
