import { Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import { ApiScheme, type CertManagerTlsOptions, type HttpApi, InternalTls, RestrictedService } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { apiService } from '../ingress/support';
import { AUTHORITY, INTERNAL_TLS } from '../support/internal-tls';
import { at, find, inventory, type Manifest, render, testChart } from '../support/manifests';
import { nimDeployment } from '../support/nims';
import { expectRefusal } from '../support/refusals';

const CLUSTER_ISSUER = { clusterIssuer: 'internal-ca' };

function renderService(api: Partial<HttpApi>): Manifest[] {
  const chart = testChart();
  apiService(chart, api);
  return render(chart);
}

function certificate(options: CertManagerTlsOptions): Manifest {
  return find(renderService({ tls: InternalTls.fromCertManager(options) }), 'Certificate');
}

describe('InternalTls.fromCertManager', () => {
  it('makes a Certificate for the DNS names of the Service', () => {
    expect(certificate(CLUSTER_ISSUER)).toMatchObject({
      metadata: { name: 'embeddings-internal-tls', namespace: 'embeddings' },
      spec: {
        secretName: 'embeddings-internal-tls',
        dnsNames: [
          'embeddings',
          'embeddings.embeddings',
          'embeddings.embeddings.svc',
          'embeddings.embeddings.svc.cluster.local',
        ],
        issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'internal-ca' },
        privateKey: { rotationPolicy: 'Always' },
      },
    });
  });

  it('takes an Issuer, a name for the Secret and a lifetime', () => {
    const options = {
      issuer: 'team-ca',
      secretName: 'api',
      duration: Duration.days(30),
      renewBefore: Duration.days(9),
    };
    const rendered = certificate(options);
    expect(rendered.metadata.name).toBe('api');
    expect(rendered['spec']).toMatchObject({
      secretName: 'api',
      issuerRef: { kind: 'Issuer', name: 'team-ca' },
      duration: '720h0m0s',
      renewBefore: '216h0m0s',
    });
  });

  it.each<[CertManagerTlsOptions, string, string]>([
    [{}, 'nothing', 'and none is given'],
    [{ issuer: 'a', clusterIssuer: 'b' }, '"a"', 'and both are given'],
  ])('is refused with %j', (options, value, because) => {
    expectRefusal(() => InternalTls.fromCertManager(options), {
      what: 'InternalTls.fromCertManager issuer',
      value,
      because,
      instead: 'write for example clusterIssuer: "internal-ca"',
    });
  });

  it('is refused with a renewal before the beginning', () => {
    const life = { duration: Duration.days(10), renewBefore: Duration.days(10) };
    expectRefusal(() => certificate({ ...CLUSTER_ISSUER, ...life }), {
      what: 'InternalTls.fromCertManager renewBefore',
      value: '"10 days"',
      because: 'the certificate lives 10 days only',
      instead: 'write less than the duration',
    });
  });

  it.each(['issuer', 'clusterIssuer', 'secretName'])('is refused with a %s that no object can have', (option) => {
    const given = option === 'secretName' ? { ...CLUSTER_ISSUER, secretName: 'A_B' } : { [option]: 'A_B' };
    expectRefusal(() => InternalTls.fromCertManager(given), {
      what: `InternalTls.fromCertManager ${option}`,
      value: '"A_B"',
      because: 'lower-case',
      instead: 'as `kubectl get` prints it',
    });
  });
});

describe('InternalTls.fromSecretName', () => {
  it('makes no Certificate', () => {
    expect(inventory(renderService({ tls: InternalTls.fromSecretName('api-certificate') })).join()).not.toContain(
      'Certificate',
    );
  });

  it.each([
    ['a key', '-----BEGIN PRIVATE KEY-----\nTUlJ\n-----END PRIVATE KEY-----'],
    ['a key after a certificate', `${AUTHORITY}-----BEGIN PRIVATE KEY-----\nTUlJ\n-----END PRIVATE KEY-----`],
    ['a name', 'internal-ca'],
    ['nothing', ''],
  ])('is refused with %s for the authority, and does not show it', (_, caCertificate) => {
    expectRefusal(() => InternalTls.fromSecretName('api-certificate', { caCertificate }), {
      what: 'InternalTls.fromSecretName caCertificate',
      value: '"(hidden)"',
      because: 'it is not certificates in PEM and nothing else',
      instead: '-----BEGIN CERTIFICATE-----',
    });
  });

  it('takes several authorities', () => {
    expect(() => InternalTls.fromSecretName('a', { caCertificate: `${AUTHORITY}${AUTHORITY}` })).not.toThrow();
  });

  it('is refused with the name of a Secret that there cannot be', () => {
    const caSecret = Secret.fromSecretName(testChart(), 'ca', 'A_B');
    expectRefusal(() => InternalTls.fromSecretName('a', { caSecret }), {
      what: 'InternalTls.fromSecretName caSecret',
      value: '"A_B"',
      because: 'lower-case',
      instead: 'as `kubectl get` prints it',
    });
  });
});

describe('a service of pods with a certificate', () => {
  it('says how callers check it', () => {
    expect(apiService(testChart(), { tls: INTERNAL_TLS })).toMatchObject({
      url: 'https://embeddings.embeddings.svc:8000',
      certificate: undefined,
      tls: {
        serverName: 'embeddings.embeddings.svc',
        certificateSecretName: 'api-certificate',
        caSecretName: 'api-authority',
        caCertificate: AUTHORITY,
      },
    });
  });

  it('says that the Secret of the certificate has the authority too, where nothing else does', () => {
    const service = apiService(testChart(), { tls: InternalTls.fromSecretName('api-certificate') });
    expect(service.tls).toEqual({
      serverName: 'embeddings.embeddings.svc',
      certificateSecretName: 'api-certificate',
    });
  });

  it('has the Certificate within reach', () => {
    const service = apiService(testChart(), { tls: InternalTls.fromCertManager(CLUSTER_ISSUER) });
    expect(service.certificate?.kind).toBe('Certificate');
  });

  it('asks for a certificate with its own name, into the Secret that the pods mount', () => {
    const chart = testChart();
    const pods = nimDeployment({ internalTls: InternalTls.fromCertManager(CLUSTER_ISSUER) }, chart);
    new RestrictedService(chart, 'other', { pods });
    const rendered = find(render(chart), 'Certificate');
    expect(at(rendered, 'spec.secretName')).toBe('text-embedding-internal-tls');
    expect(at(rendered, 'spec.dnsNames')).toContain('other.embeddings.svc');
  });

  it('is refused when the pods speak plain HTTP', () => {
    expectRefusal(() => apiService(testChart(), { tls: INTERNAL_TLS, scheme: ApiScheme.HTTP }), {
      what: 'RestrictedService pods api scheme',
      value: '"http"',
      because: 'the API has a certificate (tls), which nobody would see',
      instead: 'write ApiScheme.HTTPS, or leave out scheme or tls',
    });
  });

  it('has neither certificate nor TLS without', () => {
    expect(apiService(testChart())).toMatchObject({
      url: 'http://embeddings.embeddings.svc:8000',
      certificate: undefined,
    });
    expect(apiService(testChart()).tls).toBeUndefined();
  });
});
