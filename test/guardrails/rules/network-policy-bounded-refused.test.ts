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
import { nimWith, REMOVED, testRefused } from '../../support/rules';

testRefused(networkPolicyBounded, {
  'the metrics of Triton to a range of addresses': [
    nimWith(TRITON_METRICS, [
      'NetworkPolicy',
      'spec.ingress.0',
      { from: [{ podSelector: LABELS }, { ipBlock: { cidr: '10.0.0.0/16' } }], ports: [{ port: 8002 }] },
    ]),
    'NetworkPolicy: spec.ingress[0].ports[0].port',
  ],
  'the metrics of Triton beside the API, to whom the API is open': [
    nimWith(TRITON_METRICS, ['NetworkPolicy', 'spec.ingress.0.ports', [{ port: 8000 }, { port: 8002 }]]),
    'NetworkPolicy: spec.ingress[0].ports[1].port',
  ],
  'the metrics of Triton that nothing declares': [
    nimWith(['NetworkPolicy', 'spec.ingress.0.ports.0.port', 8002]),
    'NetworkPolicy: spec.ingress[0].ports[0].port',
  ],
  "the port of Triton's metrics on an image 2.x, which has none": [
    nimWith(
      TRITON_METRICS,
      ['Deployment', 'spec.template.spec.containers.0.image', 'nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2:2.3.0'],
      ['NetworkPolicy', 'spec.ingress.0.ports.0.port', 8002],
    ),
    'NetworkPolicy: spec.ingress[0].ports[0].port',
  ],
  'gRPC of Triton, although it is declared': [
    nimWith(
      ['Deployment', 'spec.template.spec.containers.0.ports.1', { name: 'grpc', containerPort: 8001 }],
      ['NetworkPolicy', 'spec.ingress.0.ports.0.port', 8001],
    ),
    'NetworkPolicy: spec.ingress[0].ports[0].port',
  ],
  'the tunnel of the mesh to every pod of its own namespace': [
    nimWith(
      ['Deployment', 'spec.template.metadata.annotations', { 'linkerd.io/inject': 'enabled' }],
      ['NetworkPolicy', 'spec.ingress.0', { from: [{ podSelector: {} }], ports: [{ port: 4143 }] }],
    ),
    'NetworkPolicy: spec.ingress[0].from[0]',
  ],
  'more than DNS at the address of the metadata service': [
    nimWith(
      ['NetworkPolicy', 'spec.egress.1.to.0.ipBlock.cidr', '169.254.169.254/32'],
      ['NetworkPolicy', 'spec.egress.1.ports.0.port', 80],
    ),
    'NetworkPolicy: spec.egress[1].to[0].ipBlock.except',
  ],
  ...Object.fromEntries(
    Object.entries<object>({
      'every pod of its own namespace': { podSelector: {} },
      'every pod of its own namespace, by its name': {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'embeddings' } },
      },
      'every pod of its own namespace, by its name among others': {
        namespaceSelector: { matchExpressions: [in_('kubernetes.io/metadata.name', 'embeddings', 'gateways')] },
      },
      'pods that have a label, whatever its value': { podSelector: { matchExpressions: [exists('app')] } },
      'pods that are not of one kind': {
        podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['a'] }] },
      },
      'pods with a label in every namespace': { namespaceSelector: {}, podSelector: LABELS },
      'pods with a label in namespaces that only have a name': {
        namespaceSelector: { matchExpressions: [exists('kubernetes.io/metadata.name')] },
        podSelector: LABELS,
      },
    }).map(([who, peer]): [string, [Manifest[], string]] => [
      `a NIM that lets in ${who}`,
      [nimFrom(peer), 'NetworkPolicy: spec.ingress[0].from[0]'],
    ]),
  ),
  'a NIM that lets in its namespace by a policy for all pods of it': [
    [
      ...nimWith(
        ['NetworkPolicy', 'spec.podSelector', {}],
        ['NetworkPolicy', 'spec.ingress.0.from.0', { podSelector: {} }],
      ),
      ...otherPods(8000),
    ],
    'NetworkPolicy: spec.ingress[0].from[0]',
  ],
  'another port that the NIM declares': [
    nimWith(
      ['Deployment', 'spec.template.spec.containers.0.ports.1', { name: 'grpc', containerPort: 50051 }],
      ['NetworkPolicy', 'spec.ingress.0.ports.0.port', 50051],
    ),
    'NetworkPolicy: spec.ingress[0].ports[0].port',
  ],
  'another port that the NIM declares, by its name': [
    nimWith(
      ['Deployment', 'spec.template.spec.containers.0.ports.1', { name: 'grpc', containerPort: 50051 }],
      ['NetworkPolicy', 'spec.ingress.0.ports.0.port', 'grpc'],
    ),
    'NetworkPolicy: spec.ingress[0].ports[0].port',
  ],
  'a port that the NIM does not declare, and listens on': [
    [
      ...nimWith(['NetworkPolicy', 'spec.podSelector', {}], ['NetworkPolicy', 'spec.ingress.0.ports.0.port', 8001]),
      ...otherPods(8001),
    ],
    'NetworkPolicy: spec.ingress[0].ports[0].port',
  ],
  'the port that the API was on': [
    nimWith(['Deployment', 'spec.template.spec.containers.0.env.2', { name: 'NIM_HTTP_API_PORT', value: '9000' }]),
    'NetworkPolicy: spec.ingress[0].ports[0].port',
  ],
  'ingress from every address in halves': [
    policyFor('other', [{ ipBlock: { cidr: '0.0.0.0/1' } }, { ipBlock: { cidr: '128.0.0.0/1' } }]),
    'NetworkPolicy: spec.ingress[0].from[0].ipBlock.cidr',
    'NetworkPolicy: spec.ingress[0].from[1].ipBlock.cidr',
  ],
  'ingress from every public address of IPv6': [
    policyFor('other', [{ ipBlock: { cidr: '2000::/3' } }]),
    'NetworkPolicy: spec.ingress[0].from[0].ipBlock.cidr',
  ],
  'egress to every address in halves': [
    policyFor('other', [], [{ ipBlock: { cidr: '0.0.0.0/1' } }, { ipBlock: { cidr: '128.0.0.0/1' } }]),
    'NetworkPolicy: spec.egress[0].to[0].ipBlock.except',
    'NetworkPolicy: spec.egress[0].to[1].ipBlock.except',
  ],
  ...Object.fromEntries(
    [
      '169.254.169.254/32',
      '169.254.0.0/16',
      '169.0.0.0/8',
      'fd00:ec2::/32',
      '169.254.170.2/32',
      '169.254.170.23/32',
      '100.100.100.0/24',
    ].map((cidr): [string, [Manifest[], string]] => [
      `egress to the metadata service in ${cidr}`,
      [policyFor('other', [], [{ ipBlock: { cidr } }]), 'NetworkPolicy: spec.egress[0].to[0].ipBlock.except'],
    ]),
  ),
  'a private network of which a piece is not left out': [
    nimWith([
      'NetworkPolicy',
      'spec.egress.2.to.0.ipBlock.except',
      [...OTHER_PRIVATE, '192.168.0.0/17', '192.168.192.0/18', 'none', 4],
    ]),
    'NetworkPolicy: spec.egress[2].to[0].ipBlock.except',
  ],
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
  'egress to a range of ports of every pod': [
    nimWith([
      'NetworkPolicy',
      'spec.egress.0',
      { to: [{ namespaceSelector: {} }], ports: [{ port: 1, endPort: 65535 }] },
    ]),
    'NetworkPolicy: spec.egress[0].to[0]',
    'NetworkPolicy: spec.egress[0].ports[0]',
  ],
  "egress to a range of ports of anybody's addresses": [
    nimWith([
      'NetworkPolicy',
      'spec.egress.0',
      { to: [{ ipBlock: { cidr: '8.0.0.0/7' } }], ports: [{ port: 1, endPort: 65535 }] },
    ]),
    'NetworkPolicy: spec.egress[0].ports[0]',
  ],
  'a port of another container of the pod of a NIM': [
    withSidecar(['NetworkPolicy', 'spec.ingress.0.ports.0.port', 4180]),
    'NetworkPolicy: spec.ingress[0].ports[0].port',
  ],
  'ingress on a port that no container declares': [
    nimWith(['NetworkPolicy', 'spec.ingress.0.ports.0.port', 8001]),
    'NetworkPolicy: spec.ingress[0].ports[0].port',
  ],
  'egress to everywhere': [nimWith(['NetworkPolicy', 'spec.egress.0.to', REMOVED]), 'NetworkPolicy: spec.egress[0].to'],
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
    [...nimWith(['NetworkPolicy', 'spec.ingress.0.ports.0.port', 8001]), ...otherPods(8001)],
    'NetworkPolicy: spec.ingress[0].ports[0].port',
  ],
});
