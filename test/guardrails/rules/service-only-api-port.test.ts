import { expect, it } from 'vitest';
import { serviceOnlyApiPort } from '../../../lib/guardrails/rules/service-only-api-port';
import type { Manifest } from '../../../lib/manifests/manifest';
import { alone, type Change, check, nimObjects, nimWith, REMOVED, testRule } from '../../support/rules';

const labelled = (labels: object): ReturnType<typeof alone> =>
  alone('apps/v1', 'Deployment', {
    spec: { template: { metadata: { labels }, spec: { containers: [{ name: 'a', ports: [{ containerPort: 80 }] }] } } },
  });

const CONTAINER = 'spec.template.spec.containers.0';
const GRPC: Change = ['Deployment', `${CONTAINER}.ports.1`, { name: 'grpc', containerPort: 50051 }];
const ADDRESS = { name: 'NIM_SERVER_BIND_ADDR', value: '0.0.0.0:9000' };

/** The NIM with another image and other variables. */
const nimOf = (tag: string, env: unknown[], ...changes: Change[]): ReturnType<typeof nimWith> =>
  nimWith(
    ['Deployment', `${CONTAINER}.image`, `nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2${tag}`],
    ['Deployment', `${CONTAINER}.env`, env],
    ...changes,
  );

/** A second Service for the NIM. */
const second = (
  targetPort: unknown,
  selector: object = { 'app.kubernetes.io/instance': 'text-embedding' },
): Manifest[] => alone('v1', 'Service', { spec: { selector, ports: [{ port: 1, targetPort }] } });

/** A NIM with a container beside it that asks for a login. */
const SIDECAR: Change = [
  'Deployment',
  'spec.template.spec.containers.1',
  { name: 'oauth2-proxy', ports: [{ name: 'login', containerPort: 4180 }] },
];

testRule(serviceOnlyApiPort, {
  accepts: {
    'a pod of a test with the labels of the NIM': [
      ...nimObjects(),
      ...alone('v1', 'Pod', {
        metadata: {
          name: 'test',
          namespace: 'embeddings',
          labels: { 'app.kubernetes.io/name': 'text-embedding-nim', 'app.kubernetes.io/instance': 'text-embedding' },
        },
        spec: { containers: [{ name: 'curl', image: 'registry.example.com/curl:1.0.0' }] },
      }),
    ],
    'pods that an EndpointSlice names': nimWith(
      ['Service', 'spec.selector', REMOVED],
      ['Service', 'spec.ports.0.targetPort', 5432],
    ),
    'another port of a program that is no NIM': [
      ...nimObjects(),
      ...labelled({ app: 'a' }),
      ...second(80, { app: 'a' }),
    ],
    'a port that a setting of 1.x moves': nimOf(
      ':1.13.0',
      [{ name: 'NIM_HTTP_API_PORT', value: '9000' }],
      ['Deployment', `${CONTAINER}.ports.0.containerPort`, 9000],
    ),
    'a port that a setting of 2.x moves': nimOf(
      ':2.4.0',
      [ADDRESS],
      ['Deployment', `${CONTAINER}.ports.0.containerPort`, 9000],
    ),
    'a setting that another generation reads': nimOf(':2.4.0', [{ name: 'NIM_HTTP_API_PORT', value: '9000' }]),
    'the API of one of two NIMs in a pod': nimWith([
      'Deployment',
      `${CONTAINER.slice(0, -2)}.1`,
      { name: 'other', image: 'nvcr.io/nim/nvidia/a', env: [ADDRESS] },
    ]),
    'a port that the manifests do not say': nimOf(':1.13.0', [
      { name: 'NIM_HTTP_API_PORT', valueFrom: { configMapKeyRef: { name: 'a', key: 'port' } } },
    ]),
    'a port that a ConfigMap may move': nimOf(
      ':1.13.0',
      [],
      ['Deployment', `${CONTAINER}.envFrom`, [{ configMapRef: { name: 'a' } }]],
      ['Deployment', `${CONTAINER}.ports.0.containerPort`, 9000],
    ),
    'settings of two generations for an image of none': nimOf('', [
      ADDRESS,
      { name: 'NIM_HTTP_API_PORT', value: '8000' },
    ]),

    'a Service without a type': nimWith(['Service', 'spec.type', REMOVED]),
    'a target by number': nimWith(['Service', 'spec.ports.0.targetPort', 8000]),
    'a target that is the port itself': nimWith(['Service', 'spec.ports.0', { port: 8000 }]),
    'other pods that do not declare the port': [...nimObjects(), ...labelled({ app: 'other' })],
  },
  refuses: {
    'the metrics of Triton, although the NIM declares them': [
      nimWith(
        [
          'Deployment',
          'spec.template.spec.containers.0.ports.1',
          { name: 'triton-metrics', containerPort: 8002, protocol: 'TCP' },
        ],
        ['Service', 'spec.ports.0.targetPort', 'triton-metrics'],
      ),
      'Service: spec.ports[0].targetPort',
    ],
    'a second Service for another port of the NIM': [
      [...nimWith(GRPC), ...second('grpc')],
      'Service: spec.ports[0].targetPort',
    ],
    'a second Service for another port of the NIM, by its number': [
      [...nimWith(GRPC), ...second(50051)],
      'Service: spec.ports[0].targetPort',
    ],
    'a setting of 1.x that moves the API away': [
      nimOf(':1.13.0', [
        { name: 'NIM_HTTP_API_PORT', value: '8000' },
        { name: 'NIM_HTTP_API_PORT', value: '9000' },
      ]),
      'Service: spec.ports[0].targetPort',
    ],
    'a setting of 2.0 that moves the API away': [
      nimOf(':2.0.0', [{ ...ADDRESS, name: 'NIM_BIND_ADDR' }]),
      'Service: spec.ports[0].targetPort',
    ],
    'a setting of 2.x that moves the API away': [nimOf(':2.4.0', [ADDRESS]), 'Service: spec.ports[0].targetPort'],
    'a setting of any generation that moves the API of an unknown one away': [
      nimOf('', [ADDRESS]),
      'Service: spec.ports[0].targetPort',
    ],
    'another container of the pod of a NIM': [
      nimWith(SIDECAR, ['Service', 'spec.ports.0.targetPort', 'login']),
      'Service: spec.ports[0].targetPort',
    ],
    'a name for something outside, by its type alone': [
      alone('v1', 'Service', { spec: { type: 'ExternalName', externalName: 'example.com' } }),
      'Service: spec.type',
    ],
    'a port on every node': [nimWith(['Service', 'spec.type', 'NodePort']), 'Service: spec.type'],
    'a load balancer': [nimWith(['Service', 'spec.type', 'LoadBalancer']), 'Service: spec.type'],
    'addresses from outside': [nimWith(['Service', 'spec.externalIPs', ['203.0.113.7']]), 'Service: spec.externalIPs'],
    'two ports': [nimWith(['Service', 'spec.ports.1', { port: 8001, targetPort: 'http-api' }]), 'Service: spec.ports'],
    'no port': [nimWith(['Service', 'spec.ports', []]), 'Service: spec.ports'],
    'a target that no container declares': [
      nimWith(['Service', 'spec.ports.0.targetPort', 'grpc']),
      'Service: spec.ports[0].targetPort',
    ],
    'a target that only some of the selected pods declare': [
      [
        ...nimWith(
          ['Service', 'spec.selector', { app: 'a' }],
          ['Deployment', 'spec.template.metadata.labels.app', 'a'],
        ),
        ...labelled({ app: 'a' }),
      ],
      'Service: spec.ports[0].targetPort',
    ],
  },
});

it.each([
  ['both ports', nimOf(':2.4.0', [ADDRESS]), 'it leads to the port 8000 of a NIM that serves its API on 9000'],
  [
    'the container beside the NIM',
    nimWith(SIDECAR, ['Service', 'spec.ports.0.targetPort', 'login']),
    'it leads to the port 4180 of the container oauth2-proxy, past the API port 8000 of the NIM; acknowledge it if that container asks for a login',
  ],
])('names %s', (_, objects, message) => {
  expect(check(objects).findings).toContainEqual(expect.objectContaining({ rule: 'service-only-api-port', message }));
});
