import { isOlder } from '../../../common/version';
import {
  approximate,
  type CapabilityTable,
  enforced,
  type IngressFeature,
  prerequisite,
  unsupported,
} from '../../features';

/** What Envoy Gateway can do, which depends on what this ingress may set and on where requests are counted. */
export function envoyGatewayCapabilities(options: {
  readonly version?: string;
  readonly ownsListener?: boolean;
  readonly localRateLimits?: boolean;
}): CapabilityTable {
  return {
    ...SHARED_LISTENER,
    ...(options.localRateLimits === true ? localRates(options.version) : globalRates()),
    ...(options.ownsListener === true ? ownedListener() : {}),
  };
}

/** The table of an ingress on a listener of the platform team, without its rates. */
const SHARED_LISTENER: Omit<CapabilityTable, keyof Rates> = {
  'tls-1.2': prerequisite('ClientTrafficPolicy tls.minVersion on the HTTPS listener; its default is "1.2"'),
  'tls-1.3': prerequisite('ClientTrafficPolicy tls.minVersion: "1.3" on the HTTPS listener'),
  'https-redirect': enforced('an HTTPRoute of its own on the HTTP listener, status 308'),
  hsts: enforced('HTTPRoute filter ResponseHeaderModifier'),
  'exact-paths': enforced('HTTPRoute path match of type Exact'),
  methods: enforced('HTTPRoute method match'),
  'client-address-direct': prerequisite(
    'EnvoyProxy provider.kubernetes.envoyService.externalTrafficPolicy: Local, which is the default',
  ),
  'client-address-forwarded': prerequisite(
    'ClientTrafficPolicy clientIPDetection.xForwardedFor.numTrustedHops on the HTTPS listener',
  ),
  'client-address-proxy-protocol': prerequisite('ClientTrafficPolicy proxyProtocol: {} on the HTTPS listener'),
  'concurrent-connections': unsupported('circuitBreaker and connectionLimit count all clients together'),
  'rate-by-header': enforced('BackendTrafficPolicy clientSelectors.headers of type Distinct'),
  'status-429': enforced('BackendTrafficPolicy rateLimit: Envoy answers 429'),
  'body-size': enforced('BackendTrafficPolicy requestBuffer.limit, status 413'),
  timeouts: enforced('HTTPRoute timeouts and BackendTrafficPolicy timeout.tcp.connectTimeout'),
  'backend-tls': enforced('BackendTLSPolicy of the Service; the authority is the key ca.crt of a Secret'),
  'source-ranges': enforced('SecurityPolicy authorization by clientCIDRs, status 403'),
  'response-headers': enforced('HTTPRoute filter ResponseHeaderModifier'),
  'auth-external': enforced(
    'SecurityPolicy extAuth, to a Service of the cluster, whose answer 200 alone lets a request in; one in another namespace ' +
      'needs a ReferenceGrant there. X-Auth-Request-User and the like from clients are taken away',
  ),
  'auth-basic': enforced('SecurityPolicy basicAuth: a Secret with the key .htpasswd, hashes of the form {SHA} only'),
  // Not a prerequisite: an ingress whose only authentication depends on a setting elsewhere would be open without it.
  'auth-client-certificates': unsupported(
    'it needs the option ownsListener of IngressController.envoyGateway, because it is ClientTrafficPolicy ' +
      'tls.clientValidation.caCertificateRefs on the listener; where the platform team sets that, write IngressAuthentication.none',
  ),
  'auth-jwt': enforced('SecurityPolicy jwt; the proxies fetch the keys'),
  'auth-api-key': enforced(
    'SecurityPolicy apiKeyAuth; Envoy itself calls this filter unfinished, and its threat model does not cover it',
  ),
};

type Rates = Pick<
  CapabilityTable,
  | IngressFeature.RATE_PER_SECOND
  | IngressFeature.RATE_PER_MINUTE
  | IngressFeature.RATE_BURST
  | IngressFeature.RATE_SCOPE_CLUSTER
>;

/** What the platform team configures once, so that proxies can count together. */
function globalRates(): Rates {
  const redis = prerequisite(
    'BackendTrafficPolicy rateLimit.global is rendered; the EnvoyGateway configuration needs rateLimit.backend (Redis), and ' +
      'rateLimit.failClosed: true to refuse requests while the counting service is away. Local limits are no default, ' +
      'because before 1.9.2, and 1.8.5 of 1.8, they track only 20 clients (envoyproxy/gateway issue 9973)',
  );
  return {
    'rate-per-second': redis,
    'rate-per-minute': redis,
    'rate-burst': approximate(
      'it has to equal the rate: windows are fixed, so twice that may come around the end of one',
    ),
    'rate-scope-cluster': enforced('BackendTrafficPolicy rateLimit.global'),
  };
}

function localRates(version: string | undefined): Rates {
  const perProxy = approximate(
    'BackendTrafficPolicy rateLimit.local: each proxy and each path counts for itself, ' +
      (version !== undefined && tracksEachClient(version)
        ? 'for up to 10,000 clients at once'
        : 'and before 1.9.2, and 1.8.5 of 1.8, only 20 clients are tracked at once (envoyproxy/gateway issue 9973)'),
  );
  return {
    'rate-per-second': perProxy,
    'rate-per-minute': perProxy,
    'rate-burst': enforced('it has to equal the rate'),
    'rate-scope-cluster': unsupported('localRateLimits makes every proxy count for itself'),
  };
}

/** Release notes of Envoy Gateway 1.9.2 and 1.8.5: local limits count each client by itself again. */
function tracksEachClient(version: string): boolean {
  return !isOlder(version, '1.9.2') || (isOlder(version, '1.9.0') && !isOlder(version, '1.8.5'));
}

function ownedListener(): Partial<CapabilityTable> {
  return {
    'tls-1.2': enforced('ClientTrafficPolicy tls.minVersion'),
    'tls-1.3': enforced('ClientTrafficPolicy tls.minVersion'),
    'client-address-forwarded': enforced('ClientTrafficPolicy clientIPDetection.xForwardedFor.numTrustedHops'),
    'client-address-proxy-protocol': enforced('ClientTrafficPolicy proxyProtocol'),
    'auth-client-certificates': approximate(
      'ClientTrafficPolicy tls.clientValidation: a Secret with the key ca.crt in the namespace of the Gateway; the length of ' +
        'the chain is not limited',
    ),
  };
}
