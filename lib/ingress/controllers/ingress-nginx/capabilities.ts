import { approximate, type CapabilityTable, enforced, prerequisite, unsupported } from '../../features';

// Seen on the real controller.
const IPV6 = 'each IPv6 address counts for itself, and a client usually has 2^64 of them';

/** What the community controller does by annotations. */
export const INGRESS_NGINX_CAPABILITIES: CapabilityTable = {
  'tls-1.2': prerequisite('ConfigMap key ssl-protocols of the controller; its default is TLSv1.2 TLSv1.3'),
  'tls-1.3': prerequisite('ConfigMap key ssl-protocols: "TLSv1.3" of the controller'),
  'https-redirect': enforced('force-ssl-redirect, status 308'),
  hsts: prerequisite(
    'ConfigMap key hsts of the controller; its default is true, for a year and with includeSubDomains',
  ),
  'exact-paths': enforced(
    'pathType Exact; a path with "#" is compared without it, and passed on as it was sent ("/v1/embeddings#/../metrics")',
  ),
  methods: unsupported('an Ingress cannot tell methods apart, and snippets are off by default'),
  'client-address-direct': prerequisite(
    'a load balancer in front keeps it: externalTrafficPolicy: Local on the Service of the controller',
  ),
  'client-address-forwarded': prerequisite(
    'ConfigMap keys use-forwarded-headers: "true" and proxy-real-ip-cidr of the controller',
  ),
  'client-address-proxy-protocol': prerequisite('ConfigMap key use-proxy-protocol: "true" of the controller'),
  'rate-per-second': approximate(`limit-rps; ${IPV6}`),
  'rate-per-minute': approximate(`limit-rpm; ${IPV6}`),
  'rate-burst': enforced('limit-burst-multiplier: a whole multiple of the rate; nginx admits one request more'),
  'concurrent-connections': approximate(`limit-connections; ${IPV6}`),
  'rate-by-header': unsupported('the key is the address of the client'),
  'rate-scope-cluster': unsupported('every replica counts for itself'),
  'status-429': prerequisite(
    'ConfigMap keys limit-req-status-code and limit-conn-status-code: "429"; the default is 503',
  ),
  'body-size': enforced('proxy-body-size, status 413'),
  timeouts: enforced('proxy-*-timeout'),
  'backend-tls': approximate(
    'proxy-ssl-verify: a Secret without the key ca.crt turns the check off, and nothing says so; ca.crt is in Secrets of ' +
      'cert-manager whose issuer knows its authority',
  ),
  'source-ranges': enforced('whitelist-source-range, status 403'),
  'response-headers': prerequisite(
    'custom-headers; every header must be in the ConfigMap key global-allowed-response-headers, or the path is denied',
  ),
  'auth-external': enforced(
    'auth-url; the annotation has risk level High, which is the highest allowed by default. X-Auth-Request-User and the like ' +
      'that a client sends reach the NIM, unless responseHeaders of the authentication names them',
  ),
  'auth-basic': enforced('auth-secret: a Secret with the key auth, in htpasswd form'),
  'auth-client-certificates': enforced('auth-tls-secret: a Secret with the key ca.crt'),
  'auth-jwt': unsupported('ask an authentication service instead'),
  'auth-api-key': unsupported('ask an authentication service instead'),
};
