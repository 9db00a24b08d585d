import { probes } from '../../lib/rules/probes';
import { alone, nimWith, REMOVED, testRule } from '../support/rules';

testRule(probes, {
  accepts: {
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
      ['Deployment', 'spec.template.spec.containers.0.readinessProbe.httpGet', { port: 8000 }],
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
