import { expect, it } from 'vitest';
import { networkPolicyBounded } from '../../../lib/guardrails/rules/network-policy-bounded';
import type { Manifest } from '../../../lib/manifests/manifest';
import {
  otherPods,
  LABELS,
  nimFrom,
  in_,
  policyFor,
  exists,
  OTHER_PRIVATE,
  TRITON_METRICS,
  withSidecar,
} from '../../support/network-policies';
import { alone, check, nimWith, REMOVED, testAccepted } from '../../support/rules';

testAccepted(networkPolicyBounded, {
  'DNS at the address of the metadata service': nimWith([
    'NetworkPolicy',
    'spec.egress.1.to.0.ipBlock.cidr',
    '169.254.169.254/32',
  ]),
  'no rules at all': nimWith(['NetworkPolicy', 'spec.ingress', REMOVED], ['NetworkPolicy', 'spec.egress', REMOVED]),
  'the pods of one namespace': nimWith([
    'NetworkPolicy',
    'spec.ingress.0.from.0',
    { namespaceSelector: { matchLabels: { name: 'a' } } },
  ]),
  'a range of addresses': nimWith(['NetworkPolicy', 'spec.ingress.0.from.0', { ipBlock: { cidr: '10.0.0.0/16' } }]),
  'a port by its name': nimWith(['NetworkPolicy', 'spec.ingress.0.ports.0.port', 'http-api']),
  'a port that some of the selected pods declare, and no NIM may listen on': [
    ...nimWith(
      ['NetworkPolicy', 'spec.podSelector', {}],
      ['NetworkPolicy', 'spec.ingress.0', { from: [{ podSelector: {} }], ports: [{ port: 5432 }] }],
    ),
    ...otherPods(5432),
  ],
  'ports of pods that are elsewhere, in a policy for all pods of a namespace': nimWith(
    ['NetworkPolicy', 'spec.podSelector', {}],
    [
      'NetworkPolicy',
      'spec.ingress.1',
      { from: [{ namespaceSelector: LABELS }], ports: [{ port: 9090 }, { port: 'metrics' }] },
    ],
  ),
  'egress to a range of ports of certain pods and of a bounded block': nimWith([
    'NetworkPolicy',
    'spec.egress.0',
    {
      to: [{ namespaceSelector: LABELS, podSelector: LABELS }, { ipBlock: { cidr: '10.1.2.0/24' } }],
      ports: [{ port: 9092, endPort: 9095 }],
    },
  ]),
  'certain pods of its own namespace': nimFrom({ podSelector: { matchLabels: { app: 'a' } } }),
  'pods with one of several labels': nimFrom({ podSelector: { matchExpressions: [in_('app', 'a', 'b')] } }),
  'every pod of another namespace': nimFrom({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'gateways' } },
    podSelector: {},
  }),
  'every pod of other namespaces, by their names and by what else they are': nimFrom({
    namespaceSelector: {
      matchExpressions: [
        in_('kubernetes.io/metadata.name', 'gateways', 'monitoring'),
        in_('team', 'embeddings'),
        { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['embeddings'] },
      ],
    },
  }),
  'certain pods of its own namespace, by its name': nimFrom({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'embeddings' } },
    podSelector: { matchLabels: { app: 'a' } },
  }),
  'what others do: every pod of the namespace, DNS in every namespace, namespaces but one': policyFor(
    'other',
    [{ podSelector: {} }, { namespaceSelector: { matchExpressions: [exists('team')] }, podSelector: LABELS }],
    [
      { namespaceSelector: {}, podSelector: LABELS },
      { ipBlock: { cidr: '10.0.0.0/8' } },
      { ipBlock: { cidr: 'fd00::/8' } },
      { ipBlock: { cidr: '169.254.20.10/32' } },
      { ipBlock: { cidr: '169.254.0.0/16', except: ['169.254.169.0/24', '169.254.170.0/24'] } },
      { ipBlock: { cidr: '8.0.0.0/7' } },
    ],
  ),
  ...Object.fromEntries(
    [
      ['halves', ['192.168.0.0/17', '192.168.128.0/17']],
      ['pieces of several sizes', ['192.168.0.0/18', '192.168.128.0/17', '192.168.64.0/18']],
      ['a larger block', ['192.0.0.0/8']],
    ].map(([form, blocks]): [string, Manifest[]] => [
      `a private network that is left out as ${String(form)}`,
      nimWith(['NetworkPolicy', 'spec.egress.2.to.0.ipBlock.except', [...OTHER_PRIVATE, ...(blocks ?? [])]]),
    ]),
  ),
  'the API port that a setting moves': nimWith(
    ['Deployment', 'spec.template.spec.containers.0.env.0', { name: 'NIM_HTTP_API_PORT', value: '9000' }],
    ['Deployment', 'spec.template.spec.containers.0.env.2', { name: 'TZ', value: 'UTC' }],
    ['Deployment', 'spec.template.spec.containers.0.ports.0.containerPort', 9000],
    ['NetworkPolicy', 'spec.ingress.0.ports.0.port', 9000],
  ),
  'the metrics of Triton that a NIM 1.x declares, by number and by name': nimWith(TRITON_METRICS, [
    'NetworkPolicy',
    'spec.ingress.0.ports',
    [{ port: 8002 }, { port: 'triton-metrics' }],
  ]),
  'any port of pods that are not among the manifests': nimWith(
    ['NetworkPolicy', 'spec.podSelector.matchLabels', { app: 'missing' }],
    ['NetworkPolicy', 'spec.ingress.0.ports.0.port', 8001],
  ),
  'a policy of another kind, whose rules are written otherwise': alone('crd.projectcalico.org/v1', 'NetworkPolicy', {
    spec: { ingress: [{ action: 'Allow' }], egress: [{ action: 'Allow' }] },
  }),
});

it.each([
  ['spec.egress.2', ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12'], '0.0.0.0/0', '169.254.0.0/16, 192.168.0.0/16'],
  ['spec.egress.2', undefined, '0.0.0.0/0', '10.0.0.0/8, 100.64.0.0/10, 169.254.0.0/16, 172.16.0.0/12, 192.168.0.0/16'],
  ['spec.egress.3', undefined, '::/0', 'fc00::/7, fe80::/10'],
])('names every network inside that %s allows without %j', (rule, except, block, networks) => {
  const { findings } = check(nimWith(['NetworkPolicy', `${rule}.to.0.ipBlock.except`, except ?? REMOVED]));

  expect(findings).toContainEqual(
    expect.objectContaining({
      rule: 'network-policy-bounded',
      message: `${block} also allows the networks inside: ${networks}`,
    }),
  );
});

it.each<[string, object[] | undefined]>([
  ['every port', undefined],
  ['a port without a number', [{ protocol: 'TCP' }]],
  ['a range', [{ port: 7000, endPort: 9000 }]],
  ['a port of its own among others', [{ port: 5432 }, { port: 8000 }]],
])('finds every pod of the namespace at a NIM, on %s', (_, ports) => {
  const { findings } = check(
    nimWith([
      'NetworkPolicy',
      'spec.ingress.0',
      { from: [{ podSelector: {} }], ...(ports === undefined ? {} : { ports }) },
    ]),
  );
  expect(findings.map(({ message }) => message)).toContain(
    'every pod of its namespace reaches the NIM, past its front door',
  );
});

it.each<[string, Manifest[], string]>([
  [
    'a block that is too wide',
    nimFrom({ ipBlock: { cidr: '0.0.0.0/1' } }),
    '0.0.0.0/1 is wider than /8, so anybody may connect',
  ],
  [
    'the metadata service',
    policyFor('other', [], [{ ipBlock: { cidr: '169.254.0.0/16' } }]),
    '169.254.0.0/16 allows the metadata service of a cloud, 169.254.169.254/32, 169.254.170.2/32, 169.254.170.23/32',
  ],
  [
    'a port of a NIM',
    nimWith(
      ['Deployment', 'spec.template.spec.containers.0.ports.1', { name: 'grpc', containerPort: 50051 }],
      ['NetworkPolicy', 'spec.ingress.0.ports.0.port', 'grpc'],
    ),
    'it is the port 50051 of a NIM that serves its API on 8000',
  ],
  [
    'the container beside a NIM',
    withSidecar(['NetworkPolicy', 'spec.ingress.0.ports.0.port', 4180]),
    'it is the port 4180 of the container oauth2-proxy, past the API port 8000 of the NIM; acknowledge it if that container asks for a login',
  ],
  [
    'a range of ports',
    nimWith(['NetworkPolicy', 'spec.ingress.0.ports.0.endPort', 9000]),
    'it is the range 8000–9000: list each port that is needed',
  ],
])('names %s', (_, objects, message) => {
  expect(check(objects).findings).toContainEqual(expect.objectContaining({ rule: 'network-policy-bounded', message }));
});
