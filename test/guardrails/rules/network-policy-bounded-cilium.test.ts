import { expect, it } from 'vitest';
import { networkPolicyBounded } from '../../../lib/guardrails/rules/network-policy-bounded';
import type { Manifest } from '../../../lib/manifests/manifest';
import { alone, check, nimObjects, testRule } from '../../support/rules';

const SELECTOR = { matchLabels: { 'k8s:app.kubernetes.io/instance': 'text-embedding' } };
const ports = (...numbers: number[]): object[] => [
  { ports: numbers.map((port) => ({ port: String(port), protocol: 'TCP' })) },
];
const API = { toPorts: ports(8000) };
const HTTPS = { toPorts: ports(443) };

/** A NIM with a CiliumNetworkPolicy beside its own policy. */
function cilium(spec: object): Manifest[] {
  return [
    ...nimObjects(),
    ...alone('cilium.io/v2', 'CiliumNetworkPolicy', { spec: { endpointSelector: SELECTOR, ...spec } }),
  ];
}
const to = (rule: object): Manifest[] => cilium({ egress: [rule] });
const from = (rule: object): Manifest[] => cilium({ ingress: [rule] });
const EGRESS = 'CiliumNetworkPolicy: spec.egress[0]';
const INGRESS = 'CiliumNetworkPolicy: spec.ingress[0]';

testRule(networkPolicyBounded, {
  accepts: {
    'hosts by name, and those of a domain': to({
      toFQDNs: [{ matchName: 'a.example.com' }, { matchPattern: '*.b.example.com' }],
      ...HTTPS,
    }),
    'certain pods at the API port': from({
      fromEndpoints: [{ matchLabels: { app: 'a', 'k8s:io.kubernetes.pod.namespace': 'b' } }],
      ...API,
    }),
    'the host, and the API server': cilium({
      ingress: [{ fromEntities: ['host'], ...API }],
      egress: [{ toEntities: ['kube-apiserver'], ...HTTPS }],
    }),
    'bounded addresses': to({ toCIDRSet: [{ cidr: '203.0.0.0/8', except: ['203.0.113.0/24'] }], ...HTTPS }),
    'empty rules, which only limit': cilium({ ingress: [{}], egress: [{}] }),
    'a policy for nodes': alone('cilium.io/v2', 'CiliumNetworkPolicy', {
      spec: { nodeSelector: {}, ingress: [{ fromEntities: ['world'] }] },
    }),
  },
  refuses: {
    'hosts of anybody': [to({ toFQDNs: [{ matchPattern: '*.com' }], ...HTTPS }), EGRESS],
    'names that anybody can have': [to({ toFQDNs: [{ matchPattern: '*example.com.' }], ...HTTPS }), EGRESS],
    'every host': [to({ toFQDNs: [{ matchPattern: '*' }], ...HTTPS }), EGRESS],
    'hosts at every port': [to({ toFQDNs: [{ matchName: 'a.example.com' }] }), EGRESS],
    'the world with the networks inside': [to({ toEntities: ['world'], ...HTTPS }), EGRESS, EGRESS],
    'the metadata service': [to({ toCIDR: ['169.254.169.254/32'], toPorts: ports(80) }), EGRESS],
    'every pod of the cluster': [to({ toEntities: ['cluster'], ...HTTPS }), EGRESS],
    'ports of everybody': [to(HTTPS), EGRESS],
    'every port': [to({ toCIDR: ['203.0.113.0/24'], toPorts: ports(0) }), EGRESS],
    'a way in for everybody': [from({ fromEntities: ['all'], ...API }), INGRESS, INGRESS, INGRESS],
    'a way in for every pod of the namespace': [from({ fromEndpoints: [{}], ...API }), INGRESS],
    'a way in at another port of the NIM': [
      from({ fromEndpoints: [{ matchLabels: { app: 'a' } }], toPorts: ports(8001) }),
      INGRESS,
    ],
    'the port of the metrics of Triton for the host': [from({ fromEntities: ['host'], toPorts: ports(8002) }), INGRESS],
    'a rule of a rule set among several, with one before it that allows nobody': [
      alone('cilium.io/v2', 'CiliumNetworkPolicy', {
        specs: [{ nodeSelector: {} }, { endpointSelector: {}, egress: [{}, { toEntities: ['world-ipv4'], ...HTTPS }] }],
      }),
      'CiliumNetworkPolicy: specs[1].egress[1]',
    ],
  },
});

it('names the pattern', () => {
  const objects = to({ toFQDNs: [{ matchPattern: '*.com' }, { matchPattern: '*.com' }], ...HTTPS });
  const found = check(objects).findings.filter(({ rule }) => rule === networkPolicyBounded.id);
  expect(found.map(({ message }) => message)).toEqual(['*.com stands for hosts of anybody']);
});
