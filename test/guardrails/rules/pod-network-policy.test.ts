import { expect, it } from 'vitest';
import { podNetworkPolicy } from '../../../lib/guardrails/rules/pod-network-policy';
import { alone, check, nimWith, REMOVED, testRule } from '../../support/rules';

testRule(podNetworkPolicy, {
  accepts: {
    'two policies, one for each direction': [
      ...nimWith(['NetworkPolicy', 'spec.policyTypes', ['Ingress']]),
      ...alone('networking.k8s.io/v1', 'NetworkPolicy', { spec: { podSelector: {}, policyTypes: ['Egress'] } }),
    ],
    'a policy of Cilium for the other direction': [
      ...nimWith(['NetworkPolicy', 'spec.policyTypes', ['Ingress']]),
      ...alone('cilium.io/v2', 'CiliumNetworkPolicy', { spec: { endpointSelector: {}, egress: [{}] } }),
    ],
    'policies whose types follow from their rules': nimWith(['NetworkPolicy', 'spec.policyTypes', REMOVED]),
  },
  refuses: {
    'a pod that no policy selects': [
      nimWith(['NetworkPolicy', 'spec.podSelector.matchLabels', { app: 'other' }]),
      'Deployment: spec.template.metadata.labels',
      'Deployment: spec.template.metadata.labels',
    ],
    'a policy in another namespace': [
      nimWith(['NetworkPolicy', 'metadata.namespace', 'other']),
      'Deployment: spec.template.metadata.labels',
      'Deployment: spec.template.metadata.labels',
    ],
    'a policy for one direction': [
      nimWith(['NetworkPolicy', 'spec.policyTypes', ['Ingress']]),
      'Deployment: spec.template.metadata.labels',
    ],
    'a policy of Cilium for the same direction': [
      [
        ...nimWith(['NetworkPolicy', 'spec.policyTypes', ['Ingress']]),
        ...alone('cilium.io/v2', 'CiliumNetworkPolicy', { spec: { endpointSelector: {}, ingress: [{}] } }),
      ],
      'Deployment: spec.template.metadata.labels',
    ],
    'a policy whose types follow from rules for ingress only': [
      nimWith(['NetworkPolicy', 'spec.policyTypes', REMOVED], ['NetworkPolicy', 'spec.egress', REMOVED]),
      'Deployment: spec.template.metadata.labels',
    ],
  },
});

it.each([
  ['who may connect to the pods', 'Egress'],
  ['where the pods may connect to', 'Ingress'],
])('says that nothing limits %s, when a policy limits only %s', (open, limited) => {
  const { findings } = check(nimWith(['NetworkPolicy', 'spec.policyTypes', [limited]]));

  expect(findings).toContainEqual(
    expect.objectContaining({ rule: 'pod-network-policy', message: `no NetworkPolicy limits ${open}` }),
  );
});
