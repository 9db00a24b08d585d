import { expect, it } from 'vitest';
import { check } from '../../lib/rules/engine';
import { networkPolicyBounded } from '../../lib/rules/network-policy-bounded';
import { alone, nimWith, REMOVED, testRule } from '../support/rules';

const OTHER_PODS = alone('apps/v1', 'Deployment', {
  spec: {
    template: {
      metadata: { labels: { app: 'other' } },
      spec: { containers: [{ name: 'a', ports: [{ containerPort: 8001 }] }] },
    },
  },
});

testRule(networkPolicyBounded, {
  accepts: {
    'no rules at all': nimWith(['NetworkPolicy', 'spec.ingress', REMOVED], ['NetworkPolicy', 'spec.egress', REMOVED]),
    'the pods of one namespace': nimWith([
      'NetworkPolicy',
      'spec.ingress.0.from.0',
      { namespaceSelector: { matchLabels: { name: 'a' } } },
    ]),
    'the pods of its own namespace': nimWith(['NetworkPolicy', 'spec.ingress.0.from.0', { podSelector: {} }]),
    'a range of addresses': nimWith(['NetworkPolicy', 'spec.ingress.0.from.0', { ipBlock: { cidr: '10.0.0.0/16' } }]),
    'a port by its name': nimWith(['NetworkPolicy', 'spec.ingress.0.ports.0.port', 'http-api']),
    'certain pods of every namespace': nimWith([
      'NetworkPolicy',
      'spec.ingress.0.from.0',
      { namespaceSelector: {}, podSelector: { matchLabels: { app: 'a' } } },
    ]),
    'a port that some of the selected pods declare': [
      ...nimWith(['NetworkPolicy', 'spec.podSelector', {}], ['NetworkPolicy', 'spec.ingress.0.ports.0.port', 8001]),
      ...OTHER_PODS,
    ],
    'any port of pods that are not among the manifests': nimWith(
      ['NetworkPolicy', 'spec.podSelector.matchLabels', { app: 'missing' }],
      ['NetworkPolicy', 'spec.ingress.0.ports.0.port', 8001],
    ),
    'a policy of another kind, whose rules are written otherwise': alone('cilium.io/v2', 'CiliumNetworkPolicy', {
      spec: { ingress: [{ fromEndpoints: [{}] }], egress: [{ toEntities: ['kube-apiserver'] }] },
    }),
  },
  refuses: {
    'ingress from everywhere': [
      nimWith(['NetworkPolicy', 'spec.ingress.0.from', REMOVED]),
      'NetworkPolicy: spec.ingress[0].from',
    ],
    'ingress from every address': [
      nimWith(['NetworkPolicy', 'spec.ingress.0.from.0', { ipBlock: { cidr: '0.0.0.0/0' } }]),
      'NetworkPolicy: spec.ingress[0].from[0].ipBlock.cidr',
    ],
    'ingress from every address of IPv6': [
      nimWith(['NetworkPolicy', 'spec.ingress.0.from.0', { ipBlock: { cidr: '::/0' } }]),
      'NetworkPolicy: spec.ingress[0].from[0].ipBlock.cidr',
    ],
    'ingress from every pod': [
      nimWith(['NetworkPolicy', 'spec.ingress.0.from.0', { namespaceSelector: {} }]),
      'NetworkPolicy: spec.ingress[0].from[0]',
    ],
    'ingress on every port': [
      nimWith(['NetworkPolicy', 'spec.ingress.0.ports', REMOVED]),
      'NetworkPolicy: spec.ingress[0].ports',
    ],
    'ingress on every port of a protocol': [
      nimWith(['NetworkPolicy', 'spec.ingress.0.ports', [{ protocol: 'TCP' }]]),
      'NetworkPolicy: spec.ingress[0].ports[0]',
    ],
    'ingress on a range of ports': [
      nimWith(['NetworkPolicy', 'spec.ingress.0.ports.0.endPort', 9000]),
      'NetworkPolicy: spec.ingress[0].ports[0]',
    ],
    'ingress on a port that no container declares': [
      nimWith(['NetworkPolicy', 'spec.ingress.0.ports.0.port', 8001]),
      'NetworkPolicy: spec.ingress[0].ports[0].port',
    ],
    'egress to everywhere': [
      nimWith(['NetworkPolicy', 'spec.egress.0.to', REMOVED]),
      'NetworkPolicy: spec.egress[0].to',
    ],
    'egress to the networks inside': [
      nimWith(['NetworkPolicy', 'spec.egress.2.to.0.ipBlock.except', REMOVED]),
      'NetworkPolicy: spec.egress[2].to[0].ipBlock.except',
    ],
    'egress to the metadata service': [
      nimWith([
        'NetworkPolicy',
        'spec.egress.2.to.0.ipBlock.except',
        ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16'],
      ]),
      'NetworkPolicy: spec.egress[2].to[0].ipBlock.except',
    ],
    'egress to inside addresses of IPv6': [
      nimWith(['NetworkPolicy', 'spec.egress.3.to.0.ipBlock.except', REMOVED]),
      'NetworkPolicy: spec.egress[3].to[0].ipBlock.except',
    ],
    'egress on every port': [
      nimWith(['NetworkPolicy', 'spec.egress.0.ports', REMOVED]),
      'NetworkPolicy: spec.egress[0].ports',
    ],
    'ingress from every pod, by both selectors': [
      nimWith(['NetworkPolicy', 'spec.ingress.0.from.0', { namespaceSelector: {}, podSelector: {} }]),
      'NetworkPolicy: spec.ingress[0].from[0]',
    ],
    'ingress from a peer that names nothing': [
      nimWith(['NetworkPolicy', 'spec.ingress.0.from.0', {}]),
      'NetworkPolicy: spec.ingress[0].from[0]',
    ],
    'ingress on a port that only other pods declare': [
      [...nimWith(['NetworkPolicy', 'spec.ingress.0.ports.0.port', 8001]), ...OTHER_PODS],
      'NetworkPolicy: spec.ingress[0].ports[0].port',
    ],
  },
});

it('names every network inside that a rule for egress allows', () => {
  const except = ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12'];
  const { findings } = check(nimWith(['NetworkPolicy', 'spec.egress.2.to.0.ipBlock.except', except]));

  expect(findings).toContainEqual(
    expect.objectContaining({
      rule: 'network-policy-bounded',
      message: '0.0.0.0/0 also allows the networks inside: 169.254.0.0/16, 192.168.0.0/16',
    }),
  );
});
