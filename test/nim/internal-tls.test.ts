import { ApiScheme, EmbeddingModel, InternalTls, ModelCache } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { INTERNAL_TLS } from '../support/internal-tls';
import { at, find, type Manifest, render, testChart } from '../support/manifests';
import { nimDeployment, renderNimDeployment, renderTextEmbeddingNim, taggedImage } from '../support/nims';
import { expectRefusal } from '../support/refusals';

const VL = { model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_VL_1B_V2 };
const vlImage = (tag: string) => taggedImage(tag, 'nvidia/llama-nemotron-embed-vl-1b-v2');

const GENERATIONS = [
  [
    '1.x',
    {},
    {
      NIM_SSL_MODE: 'tls',
      NIM_SSL_CERT_PATH: '/etc/internal-tls/tls.crt',
      NIM_SSL_KEY_PATH: '/etc/internal-tls/tls.key',
    },
  ],
  [
    '2.0',
    { ...VL, image: vlImage('2.0.0') },
    { NIM_TLS_CERT_PATH: '/etc/internal-tls/tls.crt', NIM_TLS_KEY_PATH: '/etc/internal-tls/tls.key' },
  ],
] as const;

function container(rendered: readonly Manifest[]): Record<string, unknown> {
  return at(find(rendered, 'Deployment'), 'spec.template.spec.containers.0') as Record<string, unknown>;
}

describe('internalTls', () => {
  it.each(GENERATIONS)('tells an image %s where its certificate is', (_, props, env) => {
    const rendered = container(renderNimDeployment({ ...props, internalTls: INTERNAL_TLS }));
    expect(rendered['env']).toEqual(
      expect.arrayContaining(Object.entries(env).map(([name, value]) => ({ name, value }))),
    );
  });

  it.each([
    [{ internalTls: INTERNAL_TLS }, ApiScheme.HTTPS],
    [{}, ApiScheme.HTTP],
  ])('says how the API is called: %j', (props, scheme) => {
    expect(nimDeployment(props).api.scheme).toBe(scheme);
  });

  it('mounts the certificate and its key, and nothing else of the Secret', () => {
    const rendered = renderNimDeployment({ internalTls: INTERNAL_TLS });
    expect(at(find(rendered, 'Deployment'), 'spec.template.spec.volumes')).toContainEqual({
      name: 'internal-tls',
      secret: {
        secretName: 'api-certificate',
        items: [
          { key: 'tls.crt', path: 'tls.crt' },
          { key: 'tls.key', path: 'tls.key' },
        ],
      },
    });
    expect(container(rendered)['volumeMounts']).toContainEqual({
      name: 'internal-tls',
      mountPath: '/etc/internal-tls',
      readOnly: true,
    });
  });

  it.each([
    [{ internalTls: INTERNAL_TLS }, 'HTTPS'],
    [{}, undefined],
  ])('makes every probe ask over TLS: %j', (props, scheme) => {
    const probes = container(renderNimDeployment(props));
    expect(
      ['startupProbe', 'readinessProbe', 'livenessProbe'].map((probe) => at(probes[probe], 'httpGet.scheme')),
    ).toEqual([scheme, scheme, scheme]);
  });

  it('is known to whoever calls', () => {
    expect(nimDeployment({ internalTls: INTERNAL_TLS }).api.tls).toBeDefined();
    expect(nimDeployment().api.tls).toBeUndefined();
  });

  it('gets its Certificate beside the Service', () => {
    const rendered = renderTextEmbeddingNim({ internalTls: InternalTls.fromCertManager({ issuer: 'internal-ca' }) });
    const secretName = at(find(rendered, 'Certificate'), 'spec.secretName');
    expect(secretName).toBe('text-embedding-internal-tls');
    expect(at(find(rendered, 'Deployment'), 'spec.template.spec.volumes')).toContainEqual(
      expect.objectContaining({ secret: expect.objectContaining({ secretName }) as unknown }),
    );
  });

  it('is no matter of the Job that fills the cache', () => {
    const chart = testChart();
    nimDeployment({ internalTls: INTERNAL_TLS, modelCache: ModelCache.prefetched(ModelCache.claim()) }, chart);
    expect(JSON.stringify(find(render(chart), 'Job'))).not.toContain('tls');
  });

  it('is refused for images 2.2 and newer', () => {
    expectRefusal(() => nimDeployment({ ...VL, image: vlImage('2.3.0'), internalTls: INTERNAL_TLS }), {
      what: 'NimDeployment internalTls',
      value: '"api-certificate"',
      because: 'NVIDIA does not publish which variables images 2.2 and newer 2.x read a certificate from',
      instead: 'use an image 1.x or 2.0, or leave it out and let a service mesh encrypt',
    });
  });

  it.each([
    ['NIM_SSL_MODE', {}],
    ['NIM_SSL_KEY_PATH', {}],
    ['NIM_SSL_CA_CERTS_PATH', {}],
    ['NIM_TLS_CERT_PATH', { ...VL, image: vlImage('2.0.0') }],
  ])('is the only way to %s', (name, props) => {
    expectRefusal(() => nimDeployment({ ...props, env: { [name]: '/certificate' } }), {
      what: 'NimDeployment env name',
      value: JSON.stringify(name),
      because: 'the API would speak TLS, and neither the probes nor the front door would know',
      instead: 'write internalTls: InternalTls.fromSecretName(…) or InternalTls.fromCertManager(…)',
    });
  });

  it.each(['NIM_TLS_CERT_PATH', 'NIM_SERVER_TLS_KEY_PATH'])(
    'is not replaced by %s where nobody knows the name',
    (name) => {
      expectRefusal(() => nimDeployment({ ...VL, image: vlImage('2.3.0'), env: { [name]: '/certificate' } }), {
        what: 'NimDeployment env name',
        value: JSON.stringify(name),
        because: 'the API would speak TLS, and neither the probes nor the front door would know',
        instead: 'leave it out, and let a service mesh encrypt (mesh)',
      });
    },
  );
});
