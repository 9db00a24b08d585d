import { approximate, type CapabilityTable, enforced, prerequisite, unsupported } from '../../features';

const WINDOW =
  'rate-limit-connections.rate-http over 10 seconds, for each path and router pod. Refused requests count too: a client ' +
  'that keeps sending above the limit gets no answer at all';
const NO_AUTHENTICATION =
  'the router authenticates nobody; put an authenticating proxy between the Route and the service';

/** What a Route can do; the sources are the router's HAProxy template and the operator of the router. */
export const OPENSHIFT_ROUTE_CAPABILITIES: CapabilityTable = {
  'tls-1.2': prerequisite('IngressController spec.tlsSecurityProfile; the default of the router is 1.2'),
  'tls-1.3': prerequisite('IngressController spec.tlsSecurityProfile of type Modern'),
  'https-redirect': enforced('insecureEdgeTerminationPolicy: Redirect, status 302: a client may turn POST into GET'),
  hsts: enforced('hsts_header'),
  'exact-paths': approximate(
    'a Route serves its path and everything below it ("/v1/embeddings/…"), and does not resolve ".." in what follows',
  ),
  methods: unsupported('a Route cannot tell methods apart'),
  'client-address-direct': prerequisite(
    'a load balancer in front keeps it: externalTrafficPolicy: Local on the Service of the router, or the host network',
  ),
  'client-address-forwarded': unsupported('limits and ip_allowlist read the address of the connection only'),
  'client-address-proxy-protocol': prerequisite(
    'IngressController spec.endpointPublishingStrategy.{hostNetwork,nodePort,private}.protocol: PROXY; an AWS Classic ' +
      'Load Balancer has it by itself',
  ),
  'rate-per-second': approximate(WINDOW),
  'rate-per-minute': approximate(WINDOW),
  'rate-burst': approximate('it has to equal the requests of 10 seconds, which may all come at once'),
  'concurrent-connections': approximate(
    'rate-limit-connections.concurrent-tcp: counted for each path and router pod; the connection above it is closed',
  ),
  'rate-by-header': unsupported('the key is the address of the client'),
  'rate-scope-cluster': unsupported('every router pod counts for itself'),
  'status-429': unsupported('the router closes the connection without an answer'),
  'body-size': unsupported('a Route has no limit for bodies'),
  timeouts: approximate('timeout; the time to connect is IngressController spec.tuningOptions.connectTimeout'),
  'backend-tls': approximate(
    'termination reencrypt with destinationCACertificate: any certificate that the authority signed is taken, whatever its name; the ' +
      'authority stands in the Route (caCertificate)',
  ),
  'source-ranges': enforced('ip_allowlist; the router closes other connections without an answer'),
  'response-headers': enforced('httpHeaders.actions.response'),
  'auth-external': unsupported(NO_AUTHENTICATION),
  'auth-basic': unsupported(NO_AUTHENTICATION),
  // Not a prerequisite: an ingress whose only authentication depends on a setting elsewhere would be open without it.
  'auth-client-certificates': unsupported(
    'IngressController spec.clientTLS asks the clients of every host of the router; where the platform team sets that, write ' +
      'IngressAuthentication.none',
  ),
  'auth-jwt': unsupported(NO_AUTHENTICATION),
  'auth-api-key': unsupported(NO_AUTHENTICATION),
};
