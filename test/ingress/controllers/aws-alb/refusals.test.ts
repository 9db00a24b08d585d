import { Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import { AlbScheme, ClientAddress, IngressAuthentication, IngressController, IngressTls, RateLimit } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { at, find, testChart } from '../../../support/manifests';
import { expectRefusal, messageOf } from '../../../support/refusals';
import { annotation, objects, OPTIONS } from './support';

describe('its options', () => {
  it('choose the scheme and the class', () => {
    const rendered = objects({}, { scheme: AlbScheme.INTERNET_FACING, ingressClassName: 'public' });
    expect(annotation(rendered, 'scheme')).toBe('internet-facing');
    expect(at(find(rendered, 'Ingress'), 'spec.ingressClassName')).toBe('public');
  });

  it.each([
    ['', 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/embeddings/3ab78708'],
    ['a name', 'embeddings'],
  ])('require the ARN of a regional web ACL, not %s', (_, webAclArn) => {
    expectRefusal(() => IngressController.awsAlb({ ...OPTIONS, webAclArn }), {
      what: 'IngressController.awsAlb webAclArn',
      value: JSON.stringify(webAclArn),
      because: 'without one nothing limits how often a client may call',
      instead: 'write "arn:aws:wafv2:REGION:ACCOUNT:regional/webacl/NAME/ID"',
    });
  });

  it('require the subnets of the load balancer', () => {
    expectRefusal(() => IngressController.awsAlb({ ...OPTIONS, loadBalancerSubnets: [] }), {
      what: 'IngressController.awsAlb loadBalancerSubnets',
      value: '[]',
      because: 'the network policy would keep the load balancer out',
      instead: 'write the address ranges of its subnets',
    });
  });

  it.each(['10.0.0.1', '0.0.0.0/0', 'subnet-0a1b2c'])('refuse %s as a subnet', (subnet) => {
    expectRefusal(() => IngressController.awsAlb({ ...OPTIONS, loadBalancerSubnets: [subnet] }), {
      what: 'IngressController.awsAlb loadBalancerSubnets',
      value: JSON.stringify(subnet),
      because: 'a range is an address and a prefix length above zero',
      instead: 'write the address range of one subnet',
    });
  });

  it('refuse a trust store that is none', () => {
    expectRefusal(() => IngressController.awsAlb({ ...OPTIONS, trustStoreArn: 'partners' }), {
      what: 'IngressController.awsAlb trustStoreArn',
      value: '"partners"',
      because: 'it is no ARN of a trust store',
      instead: 'write "arn:aws:elasticloadbalancing:REGION:ACCOUNT:truststore/NAME/ID"',
    });
  });

  it('refuse a version without JWT validation', () => {
    expectRefusal(() => IngressController.awsAlb({ ...OPTIONS, version: '2.14.1' }), {
      what: 'AWS Load Balancer Controller version',
      value: '"2.14.1"',
      because: 'needs 2.15.0 or newer',
      instead: 'upgrade the controller',
    });
  });
});

describe('what a load balancer or AWS WAF cannot express', () => {
  it('is client certificates without a trust store', () => {
    const authentication = (chart: Parameters<typeof Secret.fromSecretName>[0]): IngressAuthentication =>
      IngressAuthentication.clientCertificates(Secret.fromSecretName(chart, 'ca', 'client-ca'));
    expectRefusal(() => objects((chart) => ({ authentication: authentication(chart) })), {
      what: 'AWS Load Balancer Controller 3.5.0 feature',
      value: '"auth-client-certificates"',
      because: 'it needs the option trustStoreArn',
      instead: 'choose IngressController.f5Nginx()',
    });
  });

  it('is a certificate in a Secret', () => {
    const tls = IngressTls.fromSecret(Secret.fromSecretName(testChart(), 'certificate', 'embeddings-tls'));
    expectRefusal(() => objects({ tls }), {
      what: 'AWS Load Balancer Controller certificate',
      value: '"secret"',
      because: 'takes its certificate from: acm',
      instead: 'write IngressTls.fromAcmCertificate(…)',
    });
  });

  it('is a burst that differs from what its window admits', () => {
    expectRefusal(() => objects({ rateLimit: RateLimit.perClient({ requestsPerSecond: 10, burst: 20 }) }), {
      what: 'RateLimit.perClient burst',
      value: '20',
      because: 'AWS WAF counts over 60 seconds and admits all 600 requests of it at once',
      instead: 'write burst: 600',
    });
  });

  it('is a limit below ten requests a minute', () => {
    expectRefusal(() => objects({ rateLimit: RateLimit.perClient({ requestsPerMinute: 5, burst: 5 }) }), {
      what: 'RateLimit.perClient requestsPerMinute',
      value: '5',
      because: 'AWS WAF takes limits of 10 or more in 60 seconds',
      instead: 'write 10 or more',
    });
  });

  it('is source ranges behind another proxy', () => {
    const props = { sourceRanges: ['203.0.113.0/24'], clientAddress: ClientAddress.forwardedFor() };
    expectRefusal(() => objects(props), {
      what: 'SecureIngress sourceRanges',
      value: '["203.0.113.0/24"]',
      because: 'the addresses of the proxies',
      instead: 'list the clients in the web ACL',
    });
  });

  it('is a timeout above 4000 seconds', () => {
    expectRefusal(() => objects({ timeout: Duration.minutes(90) }), {
      what: 'SecureIngress timeout',
      value: '"5400 s"',
      because: 'waits 4000 s at most',
      instead: 'write 4000 s or less',
    });
  });

  it('is a response header that listeners do not know', () => {
    expectRefusal(() => objects({ responseHeaders: { 'X-Team': 'search' } }), {
      what: 'SecureIngress responseHeaders',
      value: '"X-Team"',
      because: 'adds Content-Security-Policy, X-Content-Type-Options',
      instead: 'leave it out',
    });
  });

  it('is one of several audiences', () => {
    const authentication = IngressAuthentication.jwt({
      issuer: 'https://login.example.com',
      jwksUri: 'https://login.example.com/keys',
      audiences: ['embeddings', 'search'],
    });
    expectRefusal(() => objects({ authentication }), {
      what: 'IngressAuthentication.jwt audiences',
      value: '["embeddings","search"]',
      because: 'compares the audience with one text',
      instead: 'write one audience',
    });
  });
});

it('whatever cannot be had is told at once', () => {
  const refused = messageOf(() =>
    objects({
      rateLimit: RateLimit.perClient({ requestsPerMinute: 1, burst: 1 }),
      timeout: Duration.hours(2),
      responseHeaders: { 'X-Robots-Tag': 'noindex' },
      sourceRanges: ['203.0.113.0/24'],
      clientAddress: ClientAddress.forwardedFor(),
    }),
  );
  expect(refused.split('\n  - ').map((line) => line.split(':')[0])).toEqual([
    expect.stringMatching(/^\d things are refused$/),
    'RateLimit.perClient requestsPerMinute',
    'SecureIngress timeout',
    'SecureIngress responseHeaders',
    'SecureIngress sourceRanges',
  ]);
});
