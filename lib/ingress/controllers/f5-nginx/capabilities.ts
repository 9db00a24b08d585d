import { approximate, type CapabilityTable, enforced, prerequisite, unsupported } from '../../features';

// Both seen on the real controller.
const FRAGMENT = 'a path with "#" is compared without it, and passed on as it was sent ("/v1/embeddings#/../metrics")';
const IPV6 = 'each IPv6 address counts for itself, and a client usually has 2^64 of them';

/** What the F5 NGINX Ingress Controller does by annotations and Policy objects. */
export const F5_NGINX_CAPABILITIES: CapabilityTable = {
  'tls-1.2': prerequisite('ConfigMap key ssl-protocols of the controller; unset, nginx accepts 1.2 and 1.3'),
  'tls-1.3': prerequisite('ConfigMap key ssl-protocols: "TLSv1.3" of the controller'),
  'https-redirect': enforced('nginx.org/ssl-redirect, status 308'),
  hsts: approximate('nginx.org/hsts; the controller adds "preload" too, which cannot be left out'),
  'exact-paths': enforced(`pathType Exact; ${FRAGMENT}`),
  methods: unsupported('an Ingress cannot tell methods apart'),
  'client-address-direct': prerequisite(
    'a load balancer in front keeps it: externalTrafficPolicy: Local on the Service of the controller',
  ),
  'client-address-forwarded': prerequisite(
    'ConfigMap keys set-real-ip-from and real-ip-header: X-Forwarded-For of the controller',
  ),
  'client-address-proxy-protocol': prerequisite(
    'ConfigMap keys proxy-protocol: "True", real-ip-header: proxy_protocol and set-real-ip-from of the controller',
  ),
  'rate-per-second': approximate(`nginx.org/limit-req-rate, one allowance for all paths of the ingress; ${IPV6}`),
  'rate-per-minute': approximate(`nginx.org/limit-req-rate, one allowance for all paths of the ingress; ${IPV6}`),
  'rate-burst': enforced('nginx.org/limit-req-burst without delay; nginx admits one request more'),
  'concurrent-connections': unsupported('limit_conn has no annotation, and snippets are off by default'),
  'rate-by-header': enforced('nginx.org/limit-req-key; a request without the header is not limited'),
  'rate-scope-cluster': approximate(
    'nginx.org/limit-req-scale divides the rate, but not the burst, by the number of replicas, rounded down (20 a second over ' +
      '3 replicas are 18); it counts them in the EndpointSlice of the external Service of the controller',
  ),
  'status-429': enforced('nginx.org/limit-req-reject-code'),
  'body-size': enforced('nginx.org/client-max-body-size, status 413'),
  timeouts: enforced('nginx.org/proxy-*-timeout'),
  'backend-tls': enforced(
    'nginx.org/ssl-services and Policy egressMTLS: the authority is the key ca.crt of a Secret of type nginx.org/ca',
    '5.5.0',
  ),
  'source-ranges': enforced('Policy accessControl, status 403'),
  'response-headers': enforced('nginx.org/add-header', '5.5.0'),
  'auth-external': enforced(
    'Policy externalAuth, to a Service of the cluster; X-Auth-Request-User and the like that a client sends reach the NIM',
    '5.5.2',
  ),
  'auth-basic': enforced('nginx.org/basic-auth-secret: a Secret of type nginx.org/htpasswd with the key htpasswd'),
  'auth-client-certificates': enforced(
    'Policy ingressMTLS: a Secret of type nginx.org/ca with the key ca.crt',
    '5.5.0',
  ),
  'auth-jwt': unsupported('the JWT policy is for VirtualServer objects of NGINX Plus'),
  'auth-api-key': unsupported('the API key policy is for VirtualServer objects'),
};
