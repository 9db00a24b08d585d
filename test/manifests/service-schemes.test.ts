import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../lib/manifests/manifest';
import { Manifests } from '../../lib/manifests/manifests';
import { answerOf } from '../../lib/manifests/service-schemes';
import { object } from '../support/objects';

const LABELS = { app: 'api' };
const NIM_IMAGE = 'nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2:1.13.0';
const CERTIFICATE = ['NIM_SSL_MODE', 'NIM_SSL_CERT_PATH', 'NIM_SSL_KEY_PATH'].map((name, index) => ({
  name,
  value: index === 0 ? 'TLS' : '/tls',
}));

const service = (port: object = {}): Manifest =>
  object('/Service', 'api', { selector: LABELS, ports: [{ port: 80, targetPort: 8000, ...port }] });
const pods = (container: object, kind = 'apps/Deployment', name = 'a'): Manifest =>
  object(kind, name, {
    template: { metadata: { labels: LABELS }, spec: { containers: [{ name: 'main', ...container }] } },
  });
const probed = (scheme?: string, port: unknown = 8000): object => ({
  readinessProbe: { httpGet: { port, ...(scheme === undefined ? {} : { scheme }) } },
});

/** Whether port 80 of the Service is answered by TLS, and where that is known from. */
function answer(...objects: Manifest[]): [boolean, string] | undefined {
  const backend = { name: 'api', namespace: 'embeddings', port: 80, path: [], portPath: [] };
  const found = answerOf(backend, new Manifests(objects));
  return found === undefined ? undefined : [found.tls, found.because];
}

describe('how a Service answers', () => {
  it.each<[string, [boolean, string], Manifest[]]>([
    [
      'is said by the variables of a NIM, not by its probe',
      [false, 'the NIM in the container main has no certificate in its variables'],
      [service(), pods({ image: NIM_IMAGE, ...probed('HTTPS') })],
    ],
    [
      'is TLS where a NIM has a certificate',
      [true, 'the NIM in the container main has a certificate in its variables'],
      [service(), pods({ image: NIM_IMAGE, env: CERTIFICATE })],
    ],
    [
      'is said by a probe of its port',
      [true, 'the readinessProbe of the container main asks by HTTPS'],
      [service(), pods(probed('HTTPS'))],
    ],
    ...['livenessProbe', 'startupProbe'].map((probe): [string, [boolean, string], Manifest[]] => [
      `is said by a ${probe} too`,
      [true, `the ${probe} of the container main asks by HTTPS`],
      [service(), pods({ [probe]: { httpGet: { port: 8000, scheme: 'HTTPS' } } })],
    ]),
    [
      'is said by pods that agree',
      [true, 'the readinessProbe of the container main asks by HTTPS'],
      [service(), pods(probed('HTTPS')), pods(probed('HTTPS'), 'apps/StatefulSet', 'b')],
    ],
    [
      'is said at its own port where it names no other for the pods',
      [true, 'the readinessProbe of the container main asks by HTTPS'],
      [service({ targetPort: undefined }), pods(probed('HTTPS', 80))],
    ],
    [
      'is HTTP where the probe names no scheme',
      [false, 'the readinessProbe of the container main asks by HTTP'],
      [service(), pods(probed())],
    ],
    [
      'is said by the pods before the Service',
      [false, 'the readinessProbe of the container main asks by HTTP'],
      [service({ appProtocol: 'https' }), pods(probed())],
    ],
    ['is said by the appProtocol', [true, 'the appProtocol of its port is HTTPS'], [service({ appProtocol: 'HTTPS' })]],
    [
      'may be HTTP by the appProtocol',
      [false, 'the appProtocol of its port is http'],
      [service({ appProtocol: 'http' })],
    ],
    ['is said by the whole name of its port', [true, 'its port is named https'], [service({ name: 'https' })]],
    ['is said by the beginning of that name', [true, 'its port is named https-api'], [service({ name: 'https-api' })]],
  ])('%s', (_, expected, objects) => {
    expect(answer(...objects)).toEqual(expected);
  });

  it.each<[string, Manifest[]]>([
    ['there is no such Service', []],
    ['it has no such port', [object('/Service', 'api', { selector: LABELS, ports: [{ port: 81 }] })]],
    ['nothing says it', [service({ name: 'http' }), pods({})]],
    ['only the end of the name of its port says it', [service({ name: 'no-https' })]],
    ['the probe asks another port', [service(), pods(probed('HTTPS', 9000))]],
    ['only a Job has such pods', [service(), pods(probed('HTTPS'), 'batch/Job')]],
    ['its pods disagree', [service(), pods(probed('HTTPS')), pods(probed(), 'apps/StatefulSet', 'b')]],
    ['its appProtocol is neither', [service({ appProtocol: 'kubernetes.io/h2c', name: 'https' })]],
  ])('is not known where %s', (_, objects) => {
    expect(answer(...objects)).toBeUndefined();
  });
});
