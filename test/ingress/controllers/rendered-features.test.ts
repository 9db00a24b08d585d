import { Duration, Size } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import {
  CapabilityLevel,
  ClientAddress,
  HttpMethod,
  IngressAuthentication,
  IngressFeature,
  IngressPath,
  IngressTls,
  RateLimit,
  RateLimitScope,
  type SecureIngressOptions,
  type SecureIngressProps,
  TlsVersion,
} from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { envoyGatewayCapabilities } from '../../../lib/ingress/controllers/envoy-gateway/capabilities';
import { OPENSHIFT_ROUTE_CAPABILITIES } from '../../../lib/ingress/controllers/openshift-route/capabilities';
import type { CapabilityTable } from '../../../lib/ingress/features';
import { envoyGateway, envoyOptions, GATEWAY } from '../../support/envoy-gateway';
import { INTERNAL_TLS } from '../../support/internal-tls';
import { testChart } from '../../support/manifests';
import { routeOptions } from '../../support/openshift-route';
import { renderSecureIngress, withoutNotes } from '../../support/secure-ingress';
import { apiService } from '../support';

type Options = Partial<SecureIngressProps>;
type Variants = Partial<Record<IngressFeature, Options>>;

const secret = Secret.fromSecretName(testChart(), 'secret', 'embeddings-secret');
const jwt = {
  issuer: 'https://login.example.com',
  jwksUri: 'https://login.example.com/keys',
  audiences: ['embeddings'],
};

/** One option for each feature that is off, or different, by default. */
const COMMON: Variants = {
  [IngressFeature.HSTS]: { hstsMaxAge: Duration.days(1) },
  [IngressFeature.EXACT_PATHS]: { paths: [IngressPath.exact('/v1/ranking')] },
  [IngressFeature.METHODS]: { paths: [IngressPath.exact('/v1/embeddings', [HttpMethod.POST])] },
  [IngressFeature.BODY_SIZE]: { maxBodySize: Size.mebibytes(16) },
  [IngressFeature.TIMEOUTS]: { timeout: Duration.seconds(300) },
  [IngressFeature.BACKEND_TLS]: { service: apiService(testChart(), { tls: INTERNAL_TLS }) },
  [IngressFeature.SOURCE_RANGES]: { sourceRanges: ['10.0.0.0/8'] },
  [IngressFeature.RESPONSE_HEADERS]: { responseHeaders: { 'X-Content-Type-Options': 'nosniff' } },
  [IngressFeature.AUTH_EXTERNAL]: { authentication: IngressAuthentication.oauth2Proxy({ namespace: 'auth' }) },
  [IngressFeature.AUTH_BASIC]: { authentication: IngressAuthentication.basic(secret) },
  [IngressFeature.AUTH_CLIENT_CERTIFICATES]: { authentication: IngressAuthentication.clientCertificates(secret) },
  [IngressFeature.AUTH_JWT]: { authentication: IngressAuthentication.jwt(jwt) },
  [IngressFeature.AUTH_API_KEY]: { authentication: IngressAuthentication.apiKey(secret) },
  [IngressFeature.TLS_1_3]: { tls: IngressTls.fromGatewayListener({ minimumVersion: TlsVersion.TLS_1_3 }) },
  [IngressFeature.CLIENT_ADDRESS_FORWARDED]: { clientAddress: ClientAddress.forwardedFor() },
  [IngressFeature.CLIENT_ADDRESS_PROXY_PROTOCOL]: { clientAddress: ClientAddress.proxyProtocol() },
};

function rates(windowOfSecond: number, windowOfMinute: number): Variants {
  return {
    [IngressFeature.RATE_PER_SECOND]: {
      rateLimit: RateLimit.perClient({ requestsPerSecond: 30, burst: 30 * windowOfSecond }),
    },
    [IngressFeature.RATE_PER_MINUTE]: {
      rateLimit: RateLimit.perClient({ requestsPerMinute: 600, burst: 600 * windowOfMinute }),
    },
    [IngressFeature.RATE_BURST]: {
      rateLimit: RateLimit.perClient({ requestsPerSecond: 40, burst: 40 * windowOfSecond }),
    },
    [IngressFeature.CONCURRENT_CONNECTIONS]: {
      rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 20 * windowOfSecond, concurrentConnections: 4 }),
    },
    [IngressFeature.RATE_BY_HEADER]: {
      authentication: IngressAuthentication.basic(secret),
      rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 20 * windowOfSecond, header: 'Authorization' }),
    },
  };
}

/** Shown in every rendering, because they cannot be switched off: by a field that only this feature needs. */
type Constants = Partial<Record<IngressFeature, string>>;

const TABLES: [string, CapabilityTable, (options: Options) => SecureIngressOptions, Variants, Constants][] = [
  [
    'Envoy Gateway',
    envoyGatewayCapabilities({}),
    envoyOptions,
    { ...COMMON, ...rates(1, 1) },
    {
      [IngressFeature.HTTPS_REDIRECT]: '"requestRedirect":',
      [IngressFeature.STATUS_429]: '"rateLimit":',
      [IngressFeature.RATE_SCOPE_CLUSTER]: '"global":',
    },
  ],
  [
    'Envoy Gateway with a listener of its own and local limits',
    envoyGateway({ ownsListener: true, localRateLimits: true })._profile.capabilities,
    (options) => envoyOptions({ controller: envoyGateway({ ownsListener: true, localRateLimits: true }), ...options }),
    { ...COMMON, ...rates(1, 1) },
    {
      [IngressFeature.TLS_1_2]: '"minVersion":"1.2"',
      [IngressFeature.HTTPS_REDIRECT]: '"requestRedirect":',
      [IngressFeature.STATUS_429]: '"rateLimit":',
    },
  ],
  [
    'OpenShift Route',
    OPENSHIFT_ROUTE_CAPABILITIES,
    routeOptions,
    { ...COMMON, ...rates(10, 1 / 6) },
    { [IngressFeature.HTTPS_REDIRECT]: '"insecureEdgeTerminationPolicy":"Redirect"' },
  ],
];

describe.each(TABLES)('%s', (_name, table, optionsOf, variants, constants) => {
  const rendered = (options: Options): string => JSON.stringify(withoutNotes(renderSecureIngress(optionsOf(options))));
  const claimed = Object.values(IngressFeature).filter((feature) =>
    [CapabilityLevel.ENFORCED, CapabilityLevel.APPROXIMATE].includes(table[feature].level),
  );

  it.each(claimed)('renders %s', (feature) => {
    const constant = constants[feature];
    if (constant === undefined) {
      expect(variants[feature]).toBeDefined();
      expect(rendered(variants[feature] ?? {})).not.toBe(rendered({}));
    } else {
      expect(rendered({})).toContain(constant);
    }
  });
});

it('asks for counts over all proxies without a difference, because that is the default of Envoy Gateway', () => {
  const rateLimit = RateLimit.perClient({ requestsPerSecond: 20, burst: 20, scope: RateLimitScope.CLUSTER });
  const controller = envoyGateway({ gateway: GATEWAY });
  expect(withoutNotes(renderSecureIngress(envoyOptions({ controller, rateLimit })))).toEqual(
    withoutNotes(renderSecureIngress(envoyOptions({ controller }))),
  );
});
