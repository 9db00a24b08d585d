import { approximate, type CapabilityTable, enforced, prerequisite, unsupported } from '../../features';

const ASK_A_SERVICE = 'a load balancer asks no authentication service, and its OIDC login is for browsers';
const RATE_RULE = 'rate-based rule in the web ACL, action Block, evaluation window 60 seconds';

/** What an Application Load Balancer does by annotations, and what its web ACL has to do. */
export const AWS_ALB_CAPABILITIES: CapabilityTable = {
  'tls-1.2': enforced('ssl-policy ELBSecurityPolicy-TLS13-1-2-2021-06'),
  'tls-1.3': enforced('ssl-policy ELBSecurityPolicy-TLS13-1-3-2021-06'),
  'https-redirect': enforced('ssl-redirect, status 301: clients may repeat a POST as GET'),
  hsts: enforced('listener-attributes.HTTPS-443'),
  'exact-paths': enforced('pathType Exact'),
  methods: unsupported('an Ingress cannot tell methods apart, and the conditions annotation is for a whole Service'),
  'client-address-direct': prerequisite('rate-based rule in the web ACL that aggregates by source IP'),
  'client-address-forwarded': prerequisite(
    'rate-based rule in the web ACL that aggregates by the IP address in the header X-Forwarded-For',
  ),
  'client-address-proxy-protocol': unsupported('a load balancer does not read the PROXY protocol'),
  'rate-per-second': prerequisite(`${RATE_RULE}, limit 60 times the rate; AWS WAF counts approximately`),
  'rate-per-minute': prerequisite(`${RATE_RULE}, limit as the rate; AWS WAF counts approximately`),
  'rate-burst': prerequisite('the rule of the rate: AWS WAF admits all requests of the evaluation window at once'),
  'concurrent-connections': unsupported('neither a load balancer nor AWS WAF counts requests under way'),
  'rate-by-header': prerequisite('rate-based rule in the web ACL that aggregates by a custom key: the header'),
  'rate-scope-cluster': prerequisite('the web ACL counts for the whole load balancer'),
  'status-429': prerequisite('custom response 429 of the rule in the web ACL; the default is 403'),
  'body-size': unsupported('a load balancer limits no body, and AWS WAF sees the first 8 KB of it only'),
  timeouts: approximate(
    'idle_timeout ends a connection without data, not a long request; the time for a connection to a pod cannot be set',
  ),
  'backend-tls': approximate('backend-protocol HTTPS: a load balancer encrypts, and does not check the certificate'),
  'source-ranges': enforced('inbound-cidrs: the security group of the load balancer drops other connections'),
  'response-headers': enforced(
    'listener-attributes.HTTPS-443: Content-Security-Policy, X-Content-Type-Options, X-Frame-Options and Access-Control-*',
  ),
  'auth-external': unsupported(ASK_A_SERVICE),
  'auth-basic': unsupported('a load balancer checks no passwords'),
  'auth-client-certificates': unsupported('it needs the option trustStoreArn of IngressController.awsAlb'),
  'auth-jwt': approximate(
    'jwt-validation: tokens signed with RS256, whose aud is one text; the jwksUri has to be reachable for the load balancer',
  ),
  'auth-api-key': unsupported('a load balancer checks no keys'),
};

/** The same with a trust store for client certificates. */
export const AWS_ALB_CAPABILITIES_WITH_TRUST_STORE: CapabilityTable = {
  ...AWS_ALB_CAPABILITIES,
  'auth-client-certificates': approximate(
    'mutual-authentication with the trust store; the Secret and the length of the chain are not read from the ingress',
  ),
};
