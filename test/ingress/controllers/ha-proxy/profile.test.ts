import { type Chart, Duration, Size } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import {
  CapabilityLevel,
  ClientAddress,
  HttpMethod,
  IngressAuthentication,
  IngressController,
  IngressFeature,
  IngressPath,
  IngressTls,
  RateLimit,
  RateLimitScope,
  RestrictedService,
  type SecureIngressOptions,
} from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { haProxyIngress, WITHOUT_BODY_LIMIT } from '../../../support/ha-proxy';
import { at, find, render, testChart } from '../../../support/manifests';
import { nimDeployment } from '../../../support/nims';
import { expectRefusal, messageOf } from '../../../support/refusals';

function renderedIngress(options: Partial<SecureIngressOptions> = {}, chart: Chart = testChart()): unknown {
  haProxyIngress(options, chart);
  return find(render(chart), 'Ingress');
}

/** The annotations that the controller reads, without their prefix. */
function annotations(options: Partial<SecureIngressOptions> = {}, chart: Chart = testChart()): Record<string, string> {
  const all = at(renderedIngress(options, chart), 'metadata.annotations') as Record<string, string>;
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) =>
      name.startsWith('haproxy.org/') ? [[name.slice('haproxy.org/'.length), value]] : [],
    ),
  );
}

function users(chart: Chart): IngressAuthentication {
  return IngressAuthentication.basic(Secret.fromSecretName(chart, 'users', 'embeddings-users'));
}

describe('IngressController.haProxy', () => {
  it('renders an Ingress with the least possible props', () => {
    expect(annotations()).toEqual({
      'ssl-redirect': 'true',
      'ssl-redirect-port': '443',
      'ssl-redirect-code': '308',
      'rate-limit-requests': '60',
      'rate-limit-period': expect.stringMatching(/^3\d{3}ms$/) as string,
      'rate-limit-status-code': '429',
      'timeout-server': '130s',
      'response-set-header': 'Strict-Transport-Security "max-age=31536000"',
    });
  });

  it('serves the public paths only, letter by letter, from the named port', () => {
    expect(at(renderedIngress(), 'spec')).toEqual({
      ingressClassName: 'haproxy',
      tls: [{ hosts: ['embeddings.example.com'], secretName: 'embeddings-tls' }],
      rules: [
        {
          host: 'embeddings.example.com',
          http: {
            paths: ['/v1/embeddings', '/v1/models'].map((path) => ({
              path,
              pathType: 'Exact',
              backend: { service: { name: 'text-embedding', port: { name: 'http-api' } } },
            })),
          },
        },
      ],
    });
  });

  it('renders all features', () => {
    const chart = testChart();
    const rendered = annotations(
      {
        controller: IngressController.haProxy({ rateWindowOffset: Duration.millis(7) }),
        rateLimit: RateLimit.perClient({ requestsPerMinute: 120, burst: 10 }),
        authentication: users(chart),
        clientAddress: ClientAddress.forwardedFor(),
        timeout: Duration.seconds(300),
        sourceRanges: ['203.0.113.0/24', '2001:db8:10::/48'],
        hstsMaxAge: Duration.days(1),
        responseHeaders: { 'X-Content-Type-Options': 'nosniff', 'X-Share': '100%' },
      },
      chart,
    );
    expect(rendered).toEqual({
      'ssl-redirect': 'true',
      'ssl-redirect-port': '443',
      'ssl-redirect-code': '308',
      'rate-limit-requests': '10',
      'rate-limit-period': '5007ms',
      'rate-limit-status-code': '429',
      'timeout-server': '300s',
      'allow-list': '203.0.113.0/24,2001:db8:10::/48',
      'src-ip-header': 'X-Forwarded-For',
      'response-set-header': [
        'Strict-Transport-Security "max-age=86400"',
        'X-Content-Type-Options "nosniff"',
        'X-Share "100%%"',
      ].join('\n'),
      'auth-type': 'basic-auth',
      'auth-secret': 'embeddings/embeddings-users',
      'auth-realm': 'embeddings.example.com',
    });
  });

  it('takes another ingress class, and leaves the Secret of the certificate to cert-manager', () => {
    const chart = testChart();
    haProxyIngress(
      {
        controller: IngressController.haProxy({ ingressClassName: 'haproxy-public' }),
        tls: IngressTls.fromClusterIssuer('letsencrypt'),
      },
      chart,
    );
    const objects = render(chart);
    expect(at(find(objects, 'Ingress'), 'spec.ingressClassName')).toBe('haproxy-public');
    expect(at(find(objects, 'Ingress'), 'spec.tls.0.secretName')).toBe('text-embedding-tls');
    expect(at(find(objects, 'Certificate'), 'spec.dnsNames')).toEqual(['embeddings.example.com']);
  });

  it('reports what HAProxy does otherwise than asked, in the object itself too', () => {
    const chart = testChart();
    const { capabilities } = haProxyIngress({ authentication: users(chart) }, chart);
    const levels = Object.fromEntries(capabilities.map(({ feature, level }) => [feature, level]));
    expect(levels).toMatchObject({
      [IngressFeature.RATE_PER_SECOND]: CapabilityLevel.APPROXIMATE,
      [IngressFeature.RATE_BURST]: CapabilityLevel.APPROXIMATE,
      [IngressFeature.AUTH_BASIC]: CapabilityLevel.APPROXIMATE,
      [IngressFeature.TIMEOUTS]: CapabilityLevel.APPROXIMATE,
      [IngressFeature.BODY_SIZE]: CapabilityLevel.UNSUPPORTED,
      [IngressFeature.STATUS_429]: CapabilityLevel.ENFORCED,
    });
    const visible = find(render(chart), 'Ingress').metadata.annotations ?? {};
    expect(visible['cdk8s-nim/exception-body-size']).toBe(WITHOUT_BODY_LIMIT.reason);
    expect(visible['cdk8s-nim/approximate-rate-per-second']).toContain('counts refused requests too');
    expect(visible['cdk8s-nim/approximate-auth-basic']).toContain('plain HTTP');
  });

  it.each([
    ['the Helm chart by default', {}, 'haproxy-controller', { 'app.kubernetes.io/name': 'kubernetes-ingress' }],
    [
      'the plain manifests with their labels',
      { namespace: 'edge', podLabels: { run: 'haproxy-ingress' } },
      'edge',
      { run: 'haproxy-ingress' },
    ],
  ])('lets in the pods of %s', (_, options, namespace, labels) => {
    const chart = testChart();
    const controller = IngressController.haProxy(options);
    new RestrictedService(chart, 'service', {
      pods: nimDeployment({}, chart),
      ingressControllers: controller.bind(chart),
    });
    expect(at(find(render(chart), 'NetworkPolicy'), 'spec.ingress.0.from')).toEqual([
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
        podSelector: { matchLabels: labels },
      },
    ]);
  });
});

describe('what HAProxy does not have is refused', () => {
  const caOf = (chart: Chart): IngressAuthentication =>
    IngressAuthentication.clientCertificates(Secret.fromSecretName(chart, 'ca', 'client-ca'));
  const cases: [IngressFeature, string, (chart: Chart) => Partial<SecureIngressOptions>][] = [
    [
      IngressFeature.METHODS,
      'tell methods apart',
      () => ({ paths: [IngressPath.exact('/v1/embeddings', [HttpMethod.POST])] }),
    ],
    [
      IngressFeature.CONCURRENT_CONNECTIONS,
      'no annotation counts',
      () => ({ rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 60, concurrentConnections: 5 }) }),
    ],
    [
      IngressFeature.RATE_BY_HEADER,
      'the address of the client',
      (chart) => ({
        rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 60, header: 'Authorization' }),
        authentication: users(chart),
      }),
    ],
    [
      IngressFeature.RATE_SCOPE_CLUSTER,
      'every replica counts for itself',
      () => ({ rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 60, scope: RateLimitScope.CLUSTER }) }),
    ],
    [
      IngressFeature.AUTH_EXTERNAL,
      'basic authentication only',
      () => ({ authentication: IngressAuthentication.oauth2Proxy({ namespace: 'auth' }) }),
    ],
    [
      IngressFeature.AUTH_CLIENT_CERTIFICATES,
      'the clients of every host',
      (chart) => ({ authentication: caOf(chart) }),
    ],
    [
      IngressFeature.AUTH_JWT,
      'basic authentication only',
      () => ({
        authentication: IngressAuthentication.jwt({
          issuer: 'https://login.example.com',
          jwksUri: 'https://login.example.com/keys',
          audiences: ['embeddings'],
        }),
      }),
    ],
    [
      IngressFeature.AUTH_API_KEY,
      'basic authentication only',
      (chart) => ({ authentication: IngressAuthentication.apiKey(Secret.fromSecretName(chart, 'keys', 'api-keys')) }),
    ],
  ];

  it.each(cases)('%s', (feature, because, options) => {
    const chart = testChart();
    expectRefusal(() => haProxyIngress(options(chart), chart), {
      what: 'HAProxy Kubernetes Ingress Controller 3.2.11 feature',
      value: JSON.stringify(feature),
      because,
      instead: feature.startsWith('auth-')
        ? 'authentication: IngressAuthentication.none(reason)'
        : 'acceptUnenforced: [{ feature: IngressFeature.',
    });
  });

  it('a limit on the size of bodies, unless that is accepted', () => {
    expectRefusal(() => haProxyIngress({ acceptUnenforced: [], maxBodySize: Size.mebibytes(8) }), {
      what: 'HAProxy Kubernetes Ingress Controller 3.2.11 feature',
      value: '"body-size"',
      because: 'no annotation limits it',
      instead: 'IngressFeature.BODY_SIZE',
    });
  });

  it('an older version', () => {
    expectRefusal(() => IngressController.haProxy({ version: '3.1.12' }), {
      what: 'HAProxy Kubernetes Ingress Controller version',
      value: '"3.1.12"',
      because: 'needs 3.2.0 or newer',
      instead: 'upgrade',
    });
  });

  it('a chain of proxies, of which it would believe the last one only', () => {
    expectRefusal(() => haProxyIngress({ clientAddress: ClientAddress.forwardedFor(2) }), {
      what: 'ClientAddress.forwardedFor trustedHops',
      value: '2',
      because: 'reads the last address of the header',
      instead: 'ClientAddress.proxyProtocol()',
    });
  });

  it('a chain of proxies and a window that is too long, in one error', () => {
    const refused = messageOf(() =>
      haProxyIngress({
        clientAddress: ClientAddress.forwardedFor(2),
        rateLimit: RateLimit.perClient({ requestsPerMinute: 1, burst: 100_000 }),
      }),
    );
    expect(refused).toMatch(/RateLimit\.perClient burst: .*\n.*ClientAddress\.forwardedFor trustedHops: /);
  });

  it('a certificate that is in no Secret', () => {
    expectRefusal(() => haProxyIngress({ tls: IngressTls.fromGatewayListener() }), {
      what: 'HAProxy Kubernetes Ingress Controller certificate',
      value: '"gateway-listener"',
      because: 'secret, issuer',
      instead: 'IngressTls.fromSecret(…)',
    });
  });
});
