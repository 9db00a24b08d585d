import { approximate, type CapabilityTable, enforced, prerequisite, unsupported } from '../../features';

// Traefik builds the middlewares of every router anew (pkg/server/router/router.go), and every path is a router. In Redis
// it counts by the name of the Middleware, which all routers share.
const PER_PATH = 'where a replica counts for itself, every path has an allowance of its own';

// docs/content/migrate/v3.md of 3.7.11
const STRICT_OPTIONS =
  'where another router of the host has other TLS options, Traefik takes its default ones for both, unless the static ' +
  'configuration has core.strictTLSOptions: true (from 3.7.11), which refuses that';

/** What Traefik 3.7 does by the objects that are rendered here. */
export const TRAEFIK_CAPABILITIES: CapabilityTable = {
  'tls-1.2': prerequisite(`TLSOption minVersion is rendered; ${STRICT_OPTIONS}`),
  'tls-1.3': prerequisite(`TLSOption minVersion is rendered; ${STRICT_OPTIONS}`),
  // pkg/middlewares/redirect/redirect.go
  'https-redirect': enforced('redirectScheme on the entry point web: status 301 for GET, 308 for other methods'),
  hsts: enforced('Middleware headers'),
  'exact-paths': enforced('pathType Exact'),
  methods: unsupported('an Ingress cannot tell methods apart'),
  'client-address-direct': prerequisite(
    'a load balancer in front keeps it: externalTrafficPolicy: Local on the Service of Traefik',
  ),
  'client-address-forwarded': prerequisite(
    'forwardedHeaders.trustedIPs of the entry point websecure names the proxies; without it all clients share one ' +
      'allowance, and source ranges admit nobody',
  ),
  'client-address-proxy-protocol': prerequisite(
    'proxyProtocol.trustedIPs of the entry point websecure names the load balancer',
  ),
  'rate-per-second': approximate(`Middleware rateLimit; ${PER_PATH}`),
  'rate-per-minute': approximate(`Middleware rateLimit; ${PER_PATH}`),
  'rate-burst': approximate(`Middleware rateLimit; ${PER_PATH}`),
  'concurrent-connections': approximate('Middleware inFlightReq; every path of every replica counts for itself'),
  'rate-by-header': enforced('sourceCriterion.requestHeaderName'),
  'rate-scope-cluster': unsupported(
    'every replica counts for itself, unless the option redis of IngressController.traefik names a Redis server',
  ),
  'status-429': enforced('the only status of rateLimit and inFlightReq'),
  'body-size': enforced(
    'Middleware buffering, status 413; it reads the whole body before the NIM gets it, and the whole answer before the client does',
  ),
  timeouts: enforced(
    'ServersTransport forwardingTimeouts; the time to read a request is respondingTimeouts.readTimeout of the entry point, 60 s by default',
  ),
  'backend-tls': enforced('ServersTransport rootCAs and serverName; the authority is the key ca.crt of a Secret'),
  'source-ranges': enforced('Middleware ipAllowList, status 403'),
  'response-headers': enforced('Middleware headers'),
  'auth-external': enforced('Middleware forwardAuth; X-Auth-Request-User and the like from clients are taken away'),
  'auth-basic': enforced(
    'Middleware basicAuth: a Secret with one key that lists users, or of type kubernetes.io/basic-auth',
  ),
  'auth-client-certificates': approximate(
    'TLSOption clientAuth: a Secret with the key ca.crt; the length of the chain is not limited. Where another router of the ' +
      'host has other TLS options, Traefik asks for no certificate: core.strictTLSOptions: true (from 3.7.11) refuses that',
  ),
  'auth-jwt': unsupported('the JWT middleware is part of Traefik Hub'),
  'auth-api-key': unsupported('the API key middleware is part of Traefik Hub'),
};

/** The same with a Redis server, in which the replicas can count together. */
export const TRAEFIK_CAPABILITIES_WITH_REDIS: CapabilityTable = {
  ...TRAEFIK_CAPABILITIES,
  'rate-scope-cluster': enforced('Middleware rateLimit with redis, one allowance for all paths and replicas'),
};
