import { Duration, Size } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import {
  IngressAuthentication,
  IngressController,
  IngressFeature,
  RateLimit,
  RateLimitScope,
  type SecureIngressProps,
} from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { at, find, inventory } from '../../../support/manifests';
import type { Given } from '../../../support/nims';
import { type Evidence, HOST, itShowsItsFeatures, LABELS, networkPolicyFor, overTls } from '../../support';
import { annotation, objects, policy } from './support';

describe('with the least possible props', () => {
  it('renders one Ingress, and nothing else', () => {
    const rendered = objects();
    expect(inventory(rendered)).toEqual(['Ingress embeddings']);
    expect(find(rendered, 'Ingress')).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: {
        name: 'embeddings',
        namespace: 'embeddings',
        labels: LABELS,
        annotations: {
          'cdk8s-nim/exception-authentication': 'the gateway in front authenticates',
          'cdk8s-nim/approximate-hsts': expect.stringContaining('preload') as string,
          'cdk8s-nim/approximate-rate-per-second': expect.stringContaining('IPv6') as string,
          'cdk8s-nim/prerequisite-tls-1.2': expect.stringContaining('ssl-protocols') as string,
          'cdk8s-nim/prerequisite-client-address-direct': expect.stringContaining('externalTrafficPolicy') as string,
          'nginx.org/ssl-redirect': 'true',
          'nginx.org/http-redirect-code': '308',
          'nginx.org/hsts': 'true',
          'nginx.org/hsts-max-age': '31536000',
          'nginx.org/limit-req-rate': '10r/s',
          'nginx.org/limit-req-burst': '20',
          'nginx.org/limit-req-no-delay': 'true',
          'nginx.org/limit-req-key': '${binary_remote_addr}',
          'nginx.org/limit-req-zone-size': '10m',
          'nginx.org/limit-req-reject-code': '429',
          'nginx.org/client-max-body-size': '8m',
          'nginx.org/proxy-connect-timeout': '10s',
          'nginx.org/proxy-read-timeout': '130s',
          'nginx.org/proxy-send-timeout': '130s',
        },
      },
      spec: {
        ingressClassName: 'nginx',
        tls: [{ hosts: [HOST], secretName: 'embeddings-tls' }],
        rules: [
          {
            host: HOST,
            http: {
              paths: ['/v1/embeddings', '/v1/models'].map((path) => ({
                path,
                pathType: 'Exact',
                backend: { service: { name: 'embeddings', port: { name: 'http' } } },
              })),
            },
          },
        ],
      },
    });
  });
});

describe('its features', () => {
  const seen =
    (name: string): Evidence['seen'] =>
    (rendered) =>
      annotation(rendered, name);
  const rate = (options: Parameters<typeof RateLimit.perClient>[0]) => ({ rateLimit: RateLimit.perClient(options) });
  const users: Given<SecureIngressProps> = (chart) => ({
    authentication: IngressAuthentication.basic(Secret.fromSecretName(chart, 'users', 'embeddings-users')),
  });

  const evidence: Evidence[] = [
    { feature: IngressFeature.HTTPS_REDIRECT, seen: seen('http-redirect-code'), is: '308' },
    {
      feature: IngressFeature.HSTS,
      asked: { hstsMaxAge: Duration.days(30) },
      seen: seen('hsts-max-age'),
      is: '2592000',
      otherwise: '31536000',
    },
    {
      feature: IngressFeature.EXACT_PATHS,
      seen: (rendered) => at(find(rendered, 'Ingress'), 'spec.rules.0.http.paths.0.pathType'),
      is: 'Exact',
    },
    {
      feature: IngressFeature.RATE_PER_SECOND,
      asked: rate({ requestsPerSecond: 5, burst: 20 }),
      seen: seen('limit-req-rate'),
      is: '5r/s',
      otherwise: '10r/s',
    },
    {
      feature: IngressFeature.RATE_PER_MINUTE,
      asked: rate({ requestsPerMinute: 30, burst: 20 }),
      seen: seen('limit-req-rate'),
      is: '30r/m',
      otherwise: '10r/s',
    },
    {
      feature: IngressFeature.RATE_BURST,
      asked: rate({ requestsPerSecond: 10, burst: 1 }),
      seen: seen('limit-req-burst'),
      is: '1',
      otherwise: '20',
    },
    {
      feature: IngressFeature.RATE_BY_HEADER,
      asked: (chart) => ({
        ...(users as (chart: unknown) => Partial<SecureIngressProps>)(chart),
        ...rate({ requestsPerSecond: 10, burst: 20, header: 'Authorization' }),
      }),
      seen: seen('limit-req-key'),
      is: '${http_authorization}',
      otherwise: '${binary_remote_addr}',
    },
    {
      feature: IngressFeature.RATE_SCOPE_CLUSTER,
      asked: rate({ requestsPerSecond: 10, burst: 20, scope: RateLimitScope.CLUSTER }),
      seen: seen('limit-req-scale'),
      is: 'true',
    },
    { feature: IngressFeature.STATUS_429, seen: seen('limit-req-reject-code'), is: '429' },
    {
      feature: IngressFeature.BODY_SIZE,
      asked: { maxBodySize: Size.kibibytes(1500) },
      seen: seen('client-max-body-size'),
      is: '1500k',
      otherwise: '8m',
    },
    {
      feature: IngressFeature.TIMEOUTS,
      asked: { timeout: Duration.minutes(5), connectTimeout: Duration.seconds(3) },
      seen: (rendered) => ['connect', 'read', 'send'].map((what) => annotation(rendered, `proxy-${what}-timeout`)),
      is: ['3s', '300s', '300s'],
      otherwise: ['10s', '130s', '130s'],
    },
    {
      feature: IngressFeature.BACKEND_TLS,
      asked: overTls(),
      seen: seen('ssl-services'),
      is: 'encrypted',
    },
    {
      feature: IngressFeature.SOURCE_RANGES,
      asked: { sourceRanges: ['203.0.113.0/24', '2001:db8::/32'] },
      seen: (rendered) => [policy(rendered, 'source-ranges'), annotation(rendered, 'policies')],
      is: [{ accessControl: { allow: ['203.0.113.0/24', '2001:db8::/32'] } }, 'embeddings-source-ranges'],
      otherwise: [undefined, undefined],
    },
    {
      feature: IngressFeature.RESPONSE_HEADERS,
      asked: { responseHeaders: { 'X-Frame-Options': 'DENY', 'X-Team': 'search' } },
      seen: seen('add-header'),
      is: 'X-Frame-Options: DENY: always,X-Team: search: always',
    },
    {
      feature: IngressFeature.AUTH_EXTERNAL,
      asked: { authentication: IngressAuthentication.oauth2Proxy({ namespace: 'auth' }) },
      seen: (rendered) => [policy(rendered, 'authentication'), annotation(rendered, 'policies')],
      is: [
        {
          externalAuth: {
            authURI: '/oauth2/auth',
            authServiceName: 'auth/oauth2-proxy',
            authServicePorts: [80],
          },
        },
        'embeddings-authentication',
      ],
      otherwise: [undefined, undefined],
    },
    {
      feature: IngressFeature.AUTH_BASIC,
      asked: users,
      seen: (rendered) => [annotation(rendered, 'basic-auth-secret'), annotation(rendered, 'basic-auth-realm')],
      is: ['embeddings-users', HOST],
      otherwise: [undefined, undefined],
    },
    {
      feature: IngressFeature.AUTH_CLIENT_CERTIFICATES,
      asked: (chart) => ({
        authentication: IngressAuthentication.clientCertificates(Secret.fromSecretName(chart, 'ca', 'client-ca'), {
          verifyDepth: 2,
        }),
      }),
      seen: (rendered) => policy(rendered, 'authentication'),
      is: { ingressMTLS: { clientCertSecret: 'client-ca', verifyClient: 'on', verifyDepth: 2 } },
    },
  ];
  itShowsItsFeatures(IngressController.f5Nginx(), evidence);
});

describe('the network policy', () => {
  it('admits the pods of its installation', () => {
    expect(at(networkPolicyFor(IngressController.f5Nginx()), 'spec.ingress.0.from')).toEqual([
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'nginx-ingress' } },
        podSelector: { matchLabels: { 'app.kubernetes.io/name': 'nginx-ingress' } },
      },
    ]);
  });
});
