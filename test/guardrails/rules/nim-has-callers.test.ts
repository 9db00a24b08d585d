import { nimHasCallers } from '../../../lib/guardrails/rules/nim-has-callers';
import { alone, nimWith, REMOVED, testRule } from '../../support/rules';

const LABELS = 'Deployment: spec.template.metadata.labels';
const second = (ingress: object[]): ReturnType<typeof alone> =>
  alone('networking.k8s.io/v1', 'NetworkPolicy', { spec: { podSelector: {}, policyTypes: ['Ingress'], ingress } });
const closed = nimWith(['NetworkPolicy', 'spec.ingress', []]);

testRule(nimHasCallers, {
  accepts: {
    'pods that no policy selects': nimWith(['NetworkPolicy', 'metadata.namespace', 'other']),
    'a policy for the other direction': nimWith(
      ['NetworkPolicy', 'spec.ingress', []],
      ['NetworkPolicy', 'spec.policyTypes', ['Egress']],
    ),
    'callers that a second policy lets in': [...closed, ...second([{ ports: [{ port: 8000 }] }])],
    'callers that a second policy lets in at every port': [...closed, ...second([{}])],
    'a workload that is no NIM': nimWith(
      ['NetworkPolicy', 'spec.ingress', []],
      ['Deployment', 'spec.template.spec.containers.0.image', 'registry.example.com/web:1.0.0'],
      ['Deployment', 'spec.template.spec.containers.0.env', []],
    ),
  },
  refuses: {
    'a policy with an empty list of callers': [closed, LABELS],
    'a policy without a list of callers': [nimWith(['NetworkPolicy', 'spec.ingress', REMOVED]), LABELS],
    'callers of a port that the NIM does not have': [
      nimWith(['NetworkPolicy', 'spec.ingress', [{ ports: [{ port: 9999 }] }]]),
      LABELS,
    ],
    'policies that let nobody in together': [[...closed, ...second([])], LABELS],
  },
});
