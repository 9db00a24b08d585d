import type { ControllerLanguage } from '../../controller-language';
import { addressesIn, annotation } from '../../controller-words';
import { PREFIX, ROUTE } from './product';

/** What a Route says to the router. */
export const OPENSHIFT_ROUTE_LANGUAGE: ControllerLanguage = {
  name: 'OpenShift router',
  door: ROUTE,
  doorFields: {
    host: ['spec', 'host'],
    path: ['spec', 'path'],
    service: ['spec', 'to'],
    furtherServices: ['spec', 'alternateBackends'],
    port: ['spec', 'port', 'targetPort'],
    faults: [
      {
        path: ['spec', 'wildcardPolicy'],
        value: 'Subdomain',
        message: 'Subdomain serves hosts that nobody listed',
      },
      { path: ['spec', 'tls', 'termination'], message: 'the host is served without TLS' },
      {
        path: ['spec', 'tls', 'insecureEdgeTerminationPolicy'],
        value: 'Allow',
        message: 'plain HTTP is served instead of redirected',
      },
    ],
  },
  prefix: `${PREFIX}/`,
  rateLimits: [
    {
      how: `the annotations ${PREFIX}/rate-limit-connections and .rate-http`,
      anyOf: [
        [
          annotation(`${PREFIX}/rate-limit-connections`, { pattern: '^true$' }),
          annotation(`${PREFIX}/rate-limit-connections.rate-http`, { isPositive: true }),
        ],
      ],
    },
  ],
  authentications: [],
  // The second one is the name of old versions.
  sourceRanges: [addressesIn(`${PREFIX}/ip_allowlist`), addressesIn(`${PREFIX}/ip_whitelist`)],
  timeout: { annotation: `${PREFIX}/timeout`, unit: 'ms' },
  backendSchemes: [{ path: ['spec', 'tls', 'termination'], tls: '^(reencrypt|passthrough)$' }],
};
