import { Duration } from 'cdk8s';
import { IngressController, IngressTls, type IssuedTlsOptions } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { at, find, type Manifest, testChart } from '../support/manifests';
import { expectRefusal } from '../support/refusals';
import { HOST, LABELS, renderIngress, secureIngress } from './support';

const CONTROLLER = IngressController.f5Nginx();

function certificate(options: IssuedTlsOptions = {}): Manifest {
  return find(renderIngress(CONTROLLER, { tls: IngressTls.fromClusterIssuer('letsencrypt', options) }), 'Certificate');
}

describe('a certificate from cert-manager', () => {
  it('is an object of its own, with a new key at every renewal', () => {
    expect(certificate()).toEqual({
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: { name: 'embeddings-tls', namespace: 'embeddings', labels: LABELS },
      spec: {
        secretName: 'embeddings-tls',
        dnsNames: [HOST],
        issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'letsencrypt' },
        privateKey: { rotationPolicy: 'Always' },
      },
    });
  });

  it('is the one that the Ingress uses', () => {
    const tls = IngressTls.fromIssuer('internal', { secretName: 'front-door' });
    const rendered = renderIngress(CONTROLLER, { tls });
    expect(at(find(rendered, 'Certificate'), 'spec.secretName')).toBe('front-door');
    expect(at(find(rendered, 'Certificate'), 'spec.issuerRef.kind')).toBe('Issuer');
    expect(at(find(rendered, 'Ingress'), 'spec.tls')).toEqual([{ hosts: [HOST], secretName: 'front-door' }]);
  });

  it('takes lifetime and renewal, as the API server stores them', () => {
    const options = { duration: Duration.days(30), renewBefore: Duration.days(10) };
    expect(certificate(options)['spec']).toMatchObject({ duration: '720h0m0s', renewBefore: '240h0m0s' });
  });

  it('is refused when it would be renewed before it begins', () => {
    expectRefusal(() => certificate({ duration: Duration.days(10), renewBefore: Duration.days(10) }), {
      what: 'IngressTls renewBefore',
      value: '"10 days"',
      because: 'the certificate lives 10 days only',
      instead: 'write less than the duration',
    });
  });

  it.each(['duration', 'renewBefore'] as const)('is refused with a %s of half a second', (name) => {
    expectRefusal(() => certificate({ [name]: Duration.millis(500) }), {
      what: `IngressTls ${name}`,
      value: '"500 millis"',
      because: 'one second or more, in whole seconds',
      instead: 'write for example Duration.seconds(130)',
    });
  });

  it('can be reached from the ingress', () => {
    const chart = testChart();
    const ingress = secureIngress(CONTROLLER, { tls: IngressTls.fromClusterIssuer('letsencrypt') }, chart);
    expect(ingress.certificate?.kind).toBe('Certificate');
  });
});

describe('a certificate in a Secret', () => {
  it('needs no Certificate', () => {
    expect(renderIngress(CONTROLLER).some(({ kind }) => kind === 'Certificate')).toBe(false);
    expect(secureIngress(CONTROLLER).certificate).toBeUndefined();
  });
});
