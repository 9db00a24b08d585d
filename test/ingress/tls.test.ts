import { Secret } from 'cdk8s-plus-28';
import { IngressController, IngressTls, TlsVersion } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { testChart } from '../support/manifests';
import { expectRefusal } from '../support/refusals';
import { renderIngress } from './support';

const ARN = 'arn:aws:acm:eu-central-1:123456789012:certificate/12345678-1234-1234-1234-123456789012';

describe('every way to TLS', () => {
  const secret = Secret.fromSecretName(testChart(), 'certificate', 'embeddings-tls');
  const minimumVersion = TlsVersion.TLS_1_3;

  it.each([
    ['fromSecret', IngressTls.fromSecret(secret), IngressTls.fromSecret(secret, { minimumVersion })],
    [
      'fromClusterIssuer',
      IngressTls.fromClusterIssuer('letsencrypt'),
      IngressTls.fromClusterIssuer('letsencrypt', { minimumVersion }),
    ],
    ['fromIssuer', IngressTls.fromIssuer('internal'), IngressTls.fromIssuer('internal', { minimumVersion })],
    ['fromGatewayListener', IngressTls.fromGatewayListener(), IngressTls.fromGatewayListener({ minimumVersion })],
    ['fromAcmCertificate', IngressTls.fromAcmCertificate(ARN), IngressTls.fromAcmCertificate(ARN, { minimumVersion })],
  ])('%s takes TLS 1.2 and newer unless told otherwise', (_, usual, strict) => {
    expect(usual.minimumVersion).toBe(TlsVersion.TLS_1_2);
    expect(strict.minimumVersion).toBe(TlsVersion.TLS_1_3);
  });
});

describe('a certificate', () => {
  it('in a Secret has a possible name', () => {
    expectRefusal(() => IngressTls.fromSecret(Secret.fromSecretName(testChart(), 'certificate', 'Embeddings')), {
      what: 'IngressTls secret',
      value: '"Embeddings"',
      because: 'an object name is',
      instead: 'kubectl get',
    });
  });

  it.each([
    ['ClusterIssuer', () => IngressTls.fromClusterIssuer('Lets Encrypt')],
    ['Issuer', () => IngressTls.fromIssuer('Lets Encrypt')],
  ])('of the kind of issuer %s names one that can exist', (kind, make) => {
    expectRefusal(make, {
      what: `IngressTls ${kind}`,
      value: '"Lets Encrypt"',
      because: 'an object name is',
      instead: 'kubectl get',
    });
  });

  it('is written to a Secret that can exist', () => {
    expectRefusal(() => IngressTls.fromIssuer('internal', { secretName: 'my_secret' }), {
      what: 'IngressTls secretName',
      value: '"my_secret"',
      because: 'an object name is',
      instead: 'kubectl get',
    });
  });

  it.each(['embeddings', 'arn:aws:iam::123456789012:server-certificate/embeddings'])('of ACM is not %s', (arn) => {
    expectRefusal(() => IngressTls.fromAcmCertificate(arn), {
      what: 'IngressTls.fromAcmCertificate arn',
      value: JSON.stringify(arn),
      because: 'no ARN of a certificate in AWS Certificate Manager',
      instead: 'write "arn:aws:acm:REGION:ACCOUNT:certificate/ID"',
    });
  });

  it.each([
    ['gateway-listener', IngressTls.fromGatewayListener()],
    ['acm', IngressTls.fromAcmCertificate(ARN)],
  ])('of %s is refused on a controller that reads Secrets', (kind, tls) => {
    expectRefusal(() => renderIngress(IngressController.f5Nginx(), { tls }), {
      what: 'F5 NGINX Ingress Controller certificate',
      value: JSON.stringify(kind),
      because: 'takes its certificate from: secret, issuer',
      instead: 'write IngressTls.fromSecret(…) or IngressTls.fromClusterIssuer(…)',
    });
  });
});
