import { Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import {
  IngressAuthentication,
  IngressController,
  IngressFeature,
  IngressTls,
  RateLimit,
  RateLimitScope,
  type SecureIngressProps,
  TlsVersion,
} from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { at, find } from '../../../support/manifests';
import type { Given } from '../../../support/nims';
import { type Evidence, HOST, itShowsItsFeatures, overTls, renderIngress } from '../../support';
import { chain, middleware } from './support';

describe('its features', () => {
  const redis = { endpoints: ['redis.ingress.svc.cluster.local:6379'] };
  const rate = (options: Parameters<typeof RateLimit.perClient>[0]) => ({ rateLimit: RateLimit.perClient(options) });
  const inMiddleware =
    (suffix: string, path: string): Evidence['seen'] =>
    (rendered) =>
      at(middleware(rendered, suffix), path);
  const tlsOption =
    (path: string): Evidence['seen'] =>
    (rendered) =>
      at(find(rendered, 'TLSOption'), `spec.${path}`);
  const perHeader: Given<SecureIngressProps> = (chart) => ({
    authentication: IngressAuthentication.basic(Secret.fromSecretName(chart, 'users', 'users')),
    ...rate({ requestsPerSecond: 10, burst: 20, concurrentConnections: 4, header: 'Authorization' }),
  });

  const evidence: Evidence[] = [
    {
      feature: IngressFeature.HTTPS_REDIRECT,
      seen: (rendered) => chain(rendered, 'embeddings-redirect'),
      is: ['https-redirect'],
    },
    {
      feature: IngressFeature.HSTS,
      asked: { hstsMaxAge: Duration.days(30) },
      seen: inMiddleware('headers', 'headers.stsSeconds'),
      is: 2592000,
      otherwise: 31536000,
    },
    {
      feature: IngressFeature.EXACT_PATHS,
      seen: (rendered) => at(find(rendered, 'Ingress', 'embeddings'), 'spec.rules.0.http.paths.0.pathType'),
      is: 'Exact',
    },
    {
      feature: IngressFeature.RATE_PER_SECOND,
      asked: rate({ requestsPerSecond: 5, burst: 20 }),
      seen: inMiddleware('rate-limit', 'rateLimit.average'),
      is: 5,
      otherwise: 10,
    },
    {
      feature: IngressFeature.RATE_PER_MINUTE,
      asked: rate({ requestsPerMinute: 10, burst: 20 }),
      seen: inMiddleware('rate-limit', 'rateLimit.period'),
      is: '1m',
      otherwise: '1s',
    },
    {
      feature: IngressFeature.RATE_BURST,
      asked: rate({ requestsPerSecond: 10, burst: 1 }),
      seen: inMiddleware('rate-limit', 'rateLimit.burst'),
      is: 1,
      otherwise: 20,
    },
    {
      feature: IngressFeature.CONCURRENT_CONNECTIONS,
      asked: rate({ requestsPerSecond: 10, burst: 20, concurrentConnections: 4 }),
      seen: inMiddleware('concurrency', 'inFlightReq'),
      is: { amount: 4, sourceCriterion: { ipStrategy: { ipv6Subnet: 64 } } },
    },
    {
      feature: IngressFeature.RATE_BY_HEADER,
      asked: perHeader,
      seen: (rendered) =>
        ['rate-limit', 'concurrency'].map((suffix) =>
          Object.values(middleware(rendered, suffix) ?? {}).map((spec) => at(spec, 'sourceCriterion')),
        ),
      is: [[{ requestHeaderName: 'Authorization' }], [{ requestHeaderName: 'Authorization' }]],
      otherwise: [[{ ipStrategy: { ipv6Subnet: 64 } }], []],
    },
    {
      feature: IngressFeature.RATE_SCOPE_CLUSTER,
      asked: rate({ requestsPerSecond: 10, burst: 20, scope: RateLimitScope.CLUSTER }),
      seen: inMiddleware('rate-limit', 'rateLimit.redis'),
      is: redis,
    },
    { feature: IngressFeature.STATUS_429, seen: (rendered) => chain(rendered).includes('rate-limit'), is: true },
    {
      feature: IngressFeature.BODY_SIZE,
      seen: inMiddleware('body-size', 'buffering.maxRequestBodyBytes'),
      is: 8388608,
    },
    {
      feature: IngressFeature.TIMEOUTS,
      asked: { timeout: Duration.minutes(5), connectTimeout: Duration.seconds(3) },
      seen: (rendered) => at(find(rendered, 'ServersTransport'), 'spec.forwardingTimeouts'),
      is: { dialTimeout: '3s', responseHeaderTimeout: '300s' },
      otherwise: { dialTimeout: '10s', responseHeaderTimeout: '130s' },
    },
    {
      feature: IngressFeature.BACKEND_TLS,
      asked: overTls(),
      seen: (rendered) => at(find(rendered, 'ServersTransport'), 'spec.serverName'),
      is: 'encrypted.embeddings.svc',
    },
    {
      feature: IngressFeature.SOURCE_RANGES,
      asked: { sourceRanges: ['203.0.113.0/24', '2001:db8::/32'] },
      seen: inMiddleware('source-ranges', 'ipAllowList'),
      is: { sourceRange: ['203.0.113.0/24', '2001:db8::/32'] },
    },
    {
      feature: IngressFeature.RESPONSE_HEADERS,
      asked: { responseHeaders: { 'X-Frame-Options': 'DENY' } },
      seen: inMiddleware('headers', 'headers.customResponseHeaders'),
      is: { 'X-Frame-Options': 'DENY' },
    },
    {
      feature: IngressFeature.AUTH_EXTERNAL,
      asked: {
        authentication: IngressAuthentication.external({
          url: 'http://auth.auth.svc/check',
          responseHeaders: ['X-User'],
        }),
      },
      seen: inMiddleware('authentication', 'forwardAuth'),
      is: {
        address: 'http://auth.auth.svc/check',
        authResponseHeaders: ['X-User'],
        maxResponseBodySize: 65536,
        trustForwardHeader: false,
      },
    },
    {
      feature: IngressFeature.AUTH_BASIC,
      asked: (chart) => ({
        authentication: IngressAuthentication.basic(Secret.fromSecretName(chart, 'users', 'embeddings-users')),
      }),
      seen: inMiddleware('authentication', 'basicAuth'),
      is: { secret: 'embeddings-users', realm: HOST, removeHeader: true },
    },
    {
      feature: IngressFeature.AUTH_CLIENT_CERTIFICATES,
      asked: (chart) => ({
        authentication: IngressAuthentication.clientCertificates(Secret.fromSecretName(chart, 'ca', 'client-ca')),
      }),
      seen: tlsOption('clientAuth'),
      is: { secretNames: ['client-ca'], clientAuthType: 'RequireAndVerifyClientCert' },
    },
  ];
  itShowsItsFeatures(IngressController.traefik({ redis }), evidence);
});

describe('what stands without the setting of the whole Traefik', () => {
  // The setting only matters where another router of the host has other TLS options.
  it.each([
    [TlsVersion.TLS_1_2, 'VersionTLS12'],
    [TlsVersion.TLS_1_3, 'VersionTLS13'],
  ])('is the lowest TLS version of the host: %s', (minimumVersion, minVersion) => {
    const rendered = renderIngress(IngressController.traefik(), (chart) => ({
      tls: IngressTls.fromSecret(Secret.fromSecretName(chart, 'other', 'embeddings-tls'), { minimumVersion }),
    }));
    expect(at(find(rendered, 'TLSOption'), 'spec.minVersion')).toBe(minVersion);
  });

  it('is that nobody claims to be somebody in front of an authentication service', () => {
    const rendered = renderIngress(IngressController.traefik(), () => ({
      authentication: IngressAuthentication.oauth2Proxy({ namespace: 'auth' }),
    }));
    expect(at(middleware(rendered, 'headers'), 'headers.customRequestHeaders')).toMatchObject({
      'X-Auth-Request-User': '',
      'X-Forwarded-Groups': '',
    });
    expect(at(find(rendered, 'Ingress', 'embeddings'), 'metadata.annotations')).toMatchObject({
      'cdk8s-nim/prerequisite-oauth2-proxy': expect.stringMatching(
        /--reverse-proxy, --trusted-proxy-ip .* Traefik .*--skip-jwt-bearer-tokens/,
      ) as string,
    });
  });
});
