import { expect, it } from 'vitest';
import { probes } from '../../../lib/guardrails/rules/probes';
import type { Manifest } from '../../../lib/manifests/manifest';
import { alone, type Change, check, nimWith, REMOVED, testRule } from '../../support/rules';

const READY = { path: '/v1/health/ready', port: 'http-api' };
const LIVE = { path: '/v1/health/live', port: 'http-api' };

const probe = (name: string, value: unknown): Change => [
  'Deployment',
  `spec.template.spec.containers.0.${name}`,
  value,
];

/** What makes a NIM 1.x serve its API over TLS. */
const MODE = { name: 'NIM_SSL_MODE', value: 'tls' };
const TLS = probe('env', [
  MODE,
  { name: 'NIM_SSL_CERT_PATH', value: '/tls/tls.crt' },
  { name: 'NIM_SSL_KEY_PATH', value: '/tls/tls.key' },
]);
const overTls = (scheme: unknown): Change[] =>
  ['startupProbe', 'readinessProbe', 'livenessProbe'].map((name) => probe(`${name}.httpGet.scheme`, scheme));

/** A container that is no NIM, asked for its readiness and its life. */
const webServer = (readiness: object, liveness: object): Manifest[] =>
  alone('apps/v1', 'Deployment', {
    spec: {
      template: {
        spec: {
          containers: [
            {
              name: 'web',
              ports: [{ name: 'http', containerPort: 80 }],
              readinessProbe: { httpGet: readiness },
              livenessProbe: { httpGet: liveness },
            },
          ],
        },
      },
    },
  });

testRule(probes, {
  accepts: {
    'a program that is no NIM, asked in its own way': webServer(
      { port: 80, path: '/ready', scheme: 'HTTP' },
      { port: 'http' },
    ),
    'a NIM whose start ends when it lives': nimWith(probe('startupProbe.httpGet', LIVE)),
    'a NIM asked with what the API server fills in': nimWith(
      probe('readinessProbe.httpGet', { ...READY, port: 8000, scheme: 'HTTP' }),
    ),
    'a NIM with a certificate, asked over TLS': nimWith(TLS, ...overTls('HTTPS')),
    'a NIM whose certificate another source may name': nimWith(
      probe('envFrom', [{ configMapRef: { name: 'settings' } }]),
      ...overTls('HTTPS'),
    ),
    'a NIM with a part of the settings of a certificate': nimWith(probe('env', [MODE]), ...overTls('HTTPS')),
    'a NIM that fails for fifteen seconds': nimWith(
      probe('livenessProbe', { httpGet: LIVE, periodSeconds: 5, timeoutSeconds: 5 }),
    ),
    'a NIM whose API another setting moves': nimWith(
      probe('env.2', { name: 'NIM_HTTP_API_PORT', value: '9000' }),
      probe('ports.0.containerPort', 9000),
    ),
    'a program that is no NIM without a startup probe': nimWith(
      ['Deployment', 'spec.template.spec.containers.0.env', []],
      ['Deployment', 'spec.template.spec.containers.0.image', 'registry.example.com/a:1.0.0'],
      ['Deployment', 'spec.template.spec.containers.0.startupProbe', REMOVED],
    ),
    'a command as a probe': nimWith([
      'Deployment',
      'spec.template.spec.containers.0.livenessProbe',
      { exec: { command: ['true'] }, timeoutSeconds: 5 },
    ]),
    'a Job, which serves nobody': alone('batch/v1', 'Job', {
      spec: { template: { spec: { containers: [{ name: 'a' }] } } },
    }),
    'a port by its number': nimWith([
      'Deployment',
      'spec.template.spec.containers.0.readinessProbe.httpGet.port',
      8000,
    ]),
    'a program that is no NIM, ready when it listens': alone('apps/v1', 'Deployment', {
      spec: {
        template: {
          spec: {
            containers: [
              {
                name: 'queue',
                ports: [{ containerPort: 6379 }],
                readinessProbe: { tcpSocket: { port: 6379 } },
                livenessProbe: { exec: { command: ['true'] } },
              },
            ],
          },
        },
      },
    }),
    'a TCP connection as a probe': nimWith([
      'Deployment',
      'spec.template.spec.containers.0.livenessProbe',
      { tcpSocket: { port: 'http-api' }, timeoutSeconds: 5 },
    ]),
    'a gRPC call as a probe': nimWith([
      'Deployment',
      'spec.template.spec.containers.0.livenessProbe',
      { grpc: { port: 8000 }, timeoutSeconds: 5 },
    ]),
    'two ways to ask the same port': nimWith(
      ['Deployment', 'spec.template.spec.containers.0.readinessProbe.httpGet', { ...READY, port: 8000 }],
      ['Deployment', 'spec.template.spec.containers.0.livenessProbe', { tcpSocket: { port: 8000 }, timeoutSeconds: 5 }],
    ),
    'an init container, which runs to its end': nimWith([
      'Deployment',
      'spec.template.spec.initContainers',
      [{ name: 'a', image: 'registry.example.com/a:1.0.0' }],
    ]),
    'a NIM with five minutes to start': nimWith([
      'Deployment',
      'spec.template.spec.containers.0.startupProbe.failureThreshold',
      30,
    ]),
    'a NIM with two seconds to answer': nimWith([
      'Deployment',
      'spec.template.spec.containers.0.livenessProbe.timeoutSeconds',
      2,
    ]),
  },
  refuses: {
    'no readiness probe': [
      nimWith(['Deployment', 'spec.template.spec.containers.0.readinessProbe', REMOVED]),
      'Deployment: spec.template.spec.containers[0].readinessProbe',
    ],
    'a NIM without a startup probe': [
      nimWith(['Deployment', 'spec.template.spec.containers.0.startupProbe', REMOVED]),
      'Deployment: spec.template.spec.containers[0].startupProbe',
    ],
    'a probe that asks nothing': [
      nimWith(['Deployment', 'spec.template.spec.containers.0.livenessProbe.httpGet', REMOVED]),
      'Deployment: spec.template.spec.containers[0].livenessProbe',
    ],
    'liveness that asks what readiness asks': [
      nimWith(['Deployment', 'spec.template.spec.containers.0.livenessProbe.httpGet.path', '/v1/health/ready']),
      'Deployment: spec.template.spec.containers[0].livenessProbe',
      'Deployment: spec.template.spec.containers[0].livenessProbe.httpGet.path',
    ],
    'liveness that asks what readiness asks, written otherwise': [
      webServer({ port: 80 }, { port: 'http', path: '/', scheme: 'HTTP' }),
      'Deployment: spec.template.spec.containers[0].livenessProbe',
    ],
    'a NIM asked the two questions the wrong way round': [
      nimWith(probe('readinessProbe.httpGet', LIVE), probe('livenessProbe.httpGet', READY)),
      'Deployment: spec.template.spec.containers[0].readinessProbe.httpGet.path',
      'Deployment: spec.template.spec.containers[0].livenessProbe.httpGet.path',
    ],
    'a NIM asked for something else': [
      nimWith(probe('startupProbe.httpGet.path', REMOVED), probe('readinessProbe.httpGet.path', '/v1/models')),
      'Deployment: spec.template.spec.containers[0].startupProbe.httpGet.path',
      'Deployment: spec.template.spec.containers[0].readinessProbe.httpGet.path',
    ],
    'a NIM whose API a setting moves away from what is asked': [
      nimWith(probe('env.2', { name: 'NIM_HTTP_API_PORT', value: '9000' })),
      'Deployment: spec.template.spec.containers[0].startupProbe.httpGet.port',
      'Deployment: spec.template.spec.containers[0].readinessProbe.httpGet.port',
      'Deployment: spec.template.spec.containers[0].livenessProbe.httpGet.port',
    ],
    'a NIM with a certificate, asked in plain HTTP': [
      nimWith(TLS),
      'Deployment: spec.template.spec.containers[0].startupProbe.httpGet.scheme',
      'Deployment: spec.template.spec.containers[0].readinessProbe.httpGet.scheme',
      'Deployment: spec.template.spec.containers[0].livenessProbe.httpGet.scheme',
    ],
    'a NIM without a certificate, asked over TLS': [
      nimWith(probe('livenessProbe.httpGet.scheme', 'HTTPS')),
      'Deployment: spec.template.spec.containers[0].livenessProbe.httpGet.scheme',
    ],
    'a NIM that is killed after one failure': [
      nimWith(probe('livenessProbe.failureThreshold', 1)),
      'Deployment: spec.template.spec.containers[0].livenessProbe.failureThreshold',
    ],
    'a NIM that is killed after moments, however late they begin': [
      nimWith(probe('livenessProbe', { httpGet: LIVE, initialDelaySeconds: 60, periodSeconds: 1, timeoutSeconds: 5 })),
      'Deployment: spec.template.spec.containers[0].livenessProbe.failureThreshold',
    ],
    'a port that nobody declares': [
      nimWith(['Deployment', 'spec.template.spec.containers.0.readinessProbe.httpGet.port', 9000]),
      'Deployment: spec.template.spec.containers[0].readinessProbe.httpGet.port',
    ],
    'a NIM with little time to start': [
      nimWith(['Deployment', 'spec.template.spec.containers.0.startupProbe.failureThreshold', 10]),
      'Deployment: spec.template.spec.containers[0].startupProbe.failureThreshold',
    ],
    'a NIM with one second to answer': [
      nimWith(['Deployment', 'spec.template.spec.containers.0.livenessProbe.timeoutSeconds', REMOVED]),
      'Deployment: spec.template.spec.containers[0].livenessProbe.timeoutSeconds',
    ],
    'no probe for traffic and for life': [
      nimWith(
        ['Deployment', 'spec.template.spec.containers.0.readinessProbe', REMOVED],
        ['Deployment', 'spec.template.spec.containers.0.livenessProbe', REMOVED],
      ),
      'Deployment: spec.template.spec.containers[0].readinessProbe',
      'Deployment: spec.template.spec.containers[0].livenessProbe',
    ],
    'liveness that asks what readiness asks, in another order': [
      nimWith(
        [
          'Deployment',
          'spec.template.spec.containers.0.readinessProbe.httpGet',
          { path: '/v1/health/ready', port: 8000 },
        ],
        [
          'Deployment',
          'spec.template.spec.containers.0.livenessProbe.httpGet',
          { port: 8000, path: '/v1/health/ready' },
        ],
      ),
      'Deployment: spec.template.spec.containers[0].livenessProbe',
      'Deployment: spec.template.spec.containers[0].livenessProbe.httpGet.path',
    ],
    'a NIM that is ready when it listens': [
      nimWith(probe('readinessProbe', { tcpSocket: { port: 'http-api' }, timeoutSeconds: 5 })),
      'Deployment: spec.template.spec.containers[0].readinessProbe.tcpSocket',
    ],
    'a command for liveness and for readiness': [
      nimWith(
        [
          'Deployment',
          'spec.template.spec.containers.0.readinessProbe',
          { exec: { command: ['true'] }, timeoutSeconds: 5 },
        ],
        [
          'Deployment',
          'spec.template.spec.containers.0.livenessProbe',
          { exec: { command: ['true'] }, timeoutSeconds: 5 },
        ],
      ),
      'Deployment: spec.template.spec.containers[0].livenessProbe',
    ],
  },
});

it.each<[string, Change, string]>([
  [
    'the path that it asks and the one to ask',
    probe('readinessProbe.httpGet.path', '/healthz'),
    'it asks the NIM for /healthz instead of /v1/health/ready',
  ],
  [
    'the port that it asks and the one of the API',
    probe('env.2', { name: 'NIM_HTTP_API_PORT', value: '9000' }),
    'it asks the port 8000 of a NIM that serves its API on 9000',
  ],
  [
    'how long it waits for an answer, and how long it should',
    probe('livenessProbe.timeoutSeconds', REMOVED),
    'timeoutSeconds is 1, the default; a busy NIM needs more: set 5',
  ],
  [
    'what to ask instead of a connection',
    probe('readinessProbe', { tcpSocket: { port: 'http-api' }, timeoutSeconds: 5 }),
    'a NIM listens long before it can answer: ask for /v1/health/ready by httpGet',
  ],
  ['how long it may fail', probe('livenessProbe.periodSeconds', 1), 'the NIM is killed when it is busy for 3 s'],
])('names %s', (_, change, message) => {
  expect(check(nimWith(change)).findings).toContainEqual(expect.objectContaining({ rule: 'probes', message }));
});
