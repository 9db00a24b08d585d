import { approximate, type CapabilityTable, enforced, prerequisite, unsupported } from '../../features';
import { type GatewayImplementation, IMPLEMENTATIONS } from './implementations';

/** What an HTTPRoute asks for and an implementation does, by its conformance report. */
export function gatewayApiCapabilities(implementation: GatewayImplementation): CapabilityTable {
  const { extended, tls, rateLimit, authentication, version } = IMPLEMENTATIONS[implementation];
  const ignored = (what: string): string => `the conformance report of ${implementation} ${version} lacks ${what}`;
  const limits = unsupported(rateLimit);
  const logins = unsupported(authentication);
  const addresses = unsupported(
    'Gateway API has no filter for addresses, and nothing that is rendered here reads them',
  );
  return {
    ...tls,
    'https-redirect': extended.includes('redirect')
      ? enforced(
          'an HTTPRoute of its own on the HTTP listener, status 301, which every implementation has; clients may repeat a POST as a GET',
        )
      : unsupported(ignored('HTTPRouteSchemeRedirect')),
    hsts: enforced('HTTPRoute filter ResponseHeaderModifier'),
    'exact-paths': enforced('HTTPRoute path match of type Exact'),
    methods: extended.includes('method')
      ? enforced('HTTPRoute method match')
      : unsupported(ignored('HTTPRouteMethodMatching')),
    'client-address-direct': prerequisite(
      'externalTrafficPolicy: Local on the Service of the proxies, where the platform team limits or lists addresses',
    ),
    'client-address-forwarded': addresses,
    'client-address-proxy-protocol': addresses,
    'rate-per-second': limits,
    'rate-per-minute': limits,
    'rate-burst': limits,
    'concurrent-connections': limits,
    'rate-by-header': limits,
    'rate-scope-cluster': limits,
    'status-429': limits,
    'body-size': unsupported('Gateway API has no field for it'),
    timeouts: extended.includes('timeout')
      ? approximate(
          'HTTPRoute timeouts; how long a connection to the Service may take is a setting of the implementation',
        )
      : unsupported(ignored('HTTPRouteRequestTimeout')),
    'source-ranges': addresses,
    'response-headers': enforced('HTTPRoute filter ResponseHeaderModifier'),
    'auth-external': logins,
    'auth-basic': logins,
    'auth-client-certificates': logins,
    'auth-jwt': logins,
    'auth-api-key': logins,
    'backend-tls': unsupported(
      'an authority in a Secret is specific to an implementation in BackendTLSPolicy (ConfigMaps are core), and no conformance report shows it',
    ),
  };
}
