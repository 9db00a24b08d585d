import { approximate, type CapabilityTable, enforced, prerequisite, unsupported } from '../../features';

/** What HAProxy Technologies' controller does by annotations. */
export const HA_PROXY_CAPABILITIES: CapabilityTable = {
  'tls-1.2': prerequisite('ssl-default-bind-options of the controller; with its default, HAProxy accepts 1.2 and 1.3'),
  'tls-1.3': prerequisite('ssl-min-ver TLSv1.3 by global-config-snippet or a Global resource of the controller'),
  'https-redirect': enforced('haproxy.org/ssl-redirect, status 308'),
  hsts: enforced('haproxy.org/response-set-header, on answers of the NIM'),
  'exact-paths': enforced('pathType Exact; HAProxy compares the path as it was sent'),
  methods: unsupported('an Ingress cannot tell methods apart; a route-acl would bypass the other annotations'),
  'client-address-direct': prerequisite(
    'a load balancer in front keeps it: externalTrafficPolicy: Local on the Service of the controller',
  ),
  'client-address-forwarded': approximate(
    'haproxy.org/src-ip-header: the last address is believed whoever sends it; only the proxy may reach the controller',
  ),
  'client-address-proxy-protocol': prerequisite(
    'ConfigMap key proxy-protocol of the controller: the addresses of the load balancer',
  ),
  'rate-per-second': approximate(
    'haproxy.org/rate-limit-requests counts refused requests too: a client that keeps calling too often gets nothing; IPv6 clients are not counted',
  ),
  'rate-per-minute': approximate(
    'haproxy.org/rate-limit-requests counts refused requests too: a client that keeps calling too often gets nothing; IPv6 clients are not counted',
  ),
  'rate-burst': approximate('the burst is the number of requests in a sliding window of burst divided by rate'),
  'concurrent-connections': unsupported('no annotation counts the connections of a client'),
  'rate-by-header': unsupported('the key is the address of the client'),
  'rate-scope-cluster': unsupported('every replica counts for itself'),
  'status-429': enforced('haproxy.org/rate-limit-status-code'),
  'body-size': unsupported(
    'no annotation limits it; a Backend resource does, and disables the annotations of the service',
  ),
  timeouts: approximate(
    'haproxy.org/timeout-server; the time to connect is ConfigMap key timeout-connect of the controller, 5s by default',
  ),
  'backend-tls': approximate(
    'haproxy.org/server-ca: any certificate that the authority signed is taken, whatever its name; the authority is the key tls.crt of a Secret',
  ),
  'source-ranges': enforced('haproxy.org/allow-list, status 403'),
  'response-headers': enforced('haproxy.org/response-set-header, on answers of the NIM'),
  'auth-external': unsupported('the open source edition has basic authentication only'),
  'auth-basic': approximate(
    'haproxy.org/auth-secret: in the Secret each key is a user, each value a crypt(3) hash; the password is asked for before the redirect, so on plain HTTP too, and wrong ones are not limited',
  ),
  // Not a prerequisite: an ingress whose only authentication depends on a setting elsewhere would be open without it.
  'auth-client-certificates': unsupported('ConfigMap key client-ca of the controller asks the clients of every host'),
  'auth-jwt': unsupported('the open source edition has basic authentication only'),
  'auth-api-key': unsupported('the open source edition has basic authentication only'),
};
