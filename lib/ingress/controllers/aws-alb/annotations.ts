import { invalid, together } from '../../../common/invalid';
import type { AuthenticationSpec } from '../../authentication';
import type { IngressSpec } from '../../spec';
import { TlsVersion } from '../../tls';
import { prefixed } from '../prefixed';
import { NAME, PREFIX } from './product';

/** Never left out: the controller's default, ELBSecurityPolicy-2016-08, takes TLS 1.0. */
const SSL_POLICIES: Record<TlsVersion, string> = {
  [TlsVersion.TLS_1_2]: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
  [TlsVersion.TLS_1_3]: 'ELBSecurityPolicy-TLS13-1-3-2021-06',
};

const LONGEST_IDLE_TIMEOUT_SECONDS = 4000;

/** The headers that a listener can add, besides Strict-Transport-Security. */
const LISTENER_HEADERS = [
  'Content-Security-Policy',
  'X-Content-Type-Options',
  'X-Frame-Options',
  'Access-Control-Allow-Origin',
  'Access-Control-Allow-Methods',
  'Access-Control-Allow-Headers',
  'Access-Control-Allow-Credentials',
  'Access-Control-Expose-Headers',
  'Access-Control-Max-Age',
];

/** Everything that the controller reads from the Ingress; `settings` come from the options. */
export function annotations(
  spec: IngressSpec,
  settings: Record<string, string>,
  trustStore: string | undefined,
): Record<string, string> {
  const { idleTimeout, listener, ranges, authentication } = together({
    idleTimeout: () => requireIdleTimeout(spec),
    listener: () => listenerAttributes(spec),
    ranges: () => (spec.sourceRanges.length === 0 ? [] : requireDirect(spec)),
    authentication: () => authenticationAnnotations(spec.authentication, trustStore),
  });
  return prefixed(PREFIX, {
    ...settings,
    // The load balancer asks the pod itself, so the path need not be served.
    'healthcheck-path': spec.service.readinessPath,
    ...(spec.service.tls === undefined ? {} : { 'backend-protocol': 'HTTPS', 'healthcheck-protocol': 'HTTPS' }),
    // To the pods themselves: an address of a node would need a NodePort Service.
    'target-type': 'ip',
    'listen-ports': JSON.stringify([{ HTTP: 80 }, { HTTPS: 443 }]),
    'ssl-redirect': '443',
    'ssl-policy': SSL_POLICIES[spec.tls.minimumVersion],
    ...(spec.tls.certificate.kind === 'acm' ? { 'certificate-arn': spec.tls.certificate.arn } : {}),
    'load-balancer-attributes': `idle_timeout.timeout_seconds=${idleTimeout},routing.http.drop_invalid_header_fields.enabled=true`,
    'listener-attributes.HTTPS-443': listener,
    ...(ranges.length === 0 ? {} : { 'inbound-cidrs': ranges.join(',') }),
    ...authentication,
  });
}

function listenerAttributes(spec: IngressSpec): string {
  const headers = Object.entries(spec.responseHeaders).map(([name, value]) => [requireListenerHeader(name), value]);
  return [['Strict-Transport-Security', `max-age=${spec.hstsMaxAgeSeconds}`], ...headers]
    .map(
      ([name = '', value]) =>
        `routing.http.response.${name.toLowerCase().replaceAll('-', '_')}.header_value=${value ?? ''}`,
    )
    .join(',');
}

function authenticationAnnotations(
  authentication: AuthenticationSpec,
  trustStore: string | undefined,
): Record<string, string> {
  switch (authentication.kind) {
    case 'jwt':
      return {
        'jwt-validation': JSON.stringify({
          jwksEndpoint: authentication.jwksUri,
          issuer: authentication.issuer,
          additionalClaims: [{ name: 'aud', format: 'single-string', values: [requireOneAudience(authentication)] }],
        }),
      };
    case 'client-certificates':
      return { 'mutual-authentication': JSON.stringify([{ port: 443, mode: 'verify', trustStore }]) };
    case 'external':
    case 'basic':
    case 'api-key':
    case 'none':
      return {};
  }
}

/** Whether several values mean "one of" or "all of" is not documented, so there is one. */
function requireOneAudience({ audiences }: Extract<AuthenticationSpec, { kind: 'jwt' }>): string {
  const [audience = '', ...more] = audiences;
  if (more.length > 0) {
    throw invalid({
      what: 'IngressAuthentication.jwt audiences',
      value: audiences,
      because: `${NAME} compares the audience with one text`,
      instead: 'write one audience, or choose another controller',
    });
  }
  return audience;
}

/** A security group sees the address of the connection: behind another proxy, that of the proxy. */
function requireDirect({ sourceRanges, clientAddress }: IngressSpec): readonly string[] {
  if (clientAddress._source !== 'direct') {
    throw invalid({
      what: 'SecureIngress sourceRanges',
      value: sourceRanges,
      because:
        'behind other proxies the security group of the load balancer would compare the addresses of the proxies with them',
      instead: 'leave sourceRanges out and list the clients in the web ACL, or write ClientAddress.direct()',
    });
  }
  return sourceRanges;
}

function requireIdleTimeout({ timeoutSeconds }: IngressSpec): number {
  if (timeoutSeconds > LONGEST_IDLE_TIMEOUT_SECONDS) {
    throw invalid({
      what: 'SecureIngress timeout',
      value: `${timeoutSeconds} s`,
      because: `an Application Load Balancer waits ${LONGEST_IDLE_TIMEOUT_SECONDS} s at most`,
      instead: `write ${LONGEST_IDLE_TIMEOUT_SECONDS} s or less, or choose another controller`,
    });
  }
  return timeoutSeconds;
}

function requireListenerHeader(name: string): string {
  if (!LISTENER_HEADERS.some((header) => header.toLowerCase() === name.toLowerCase())) {
    throw invalid({
      what: 'SecureIngress responseHeaders',
      value: name,
      because: `an Application Load Balancer adds ${LISTENER_HEADERS.join(', ')} only`,
      instead: 'leave it out, or choose another controller',
    });
  }
  return name;
}
