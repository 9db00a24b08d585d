import { invalid } from '../../../common/invalid';
import type { AuthenticationSpec } from '../../authentication';
import { type RateLimit, type RateUnit, rateUnit } from '../../rate-limit';
import { authoritySecret } from '../../service-spec';
import type { IngressSpec } from '../../spec';
import { nginxSize } from '../standard-ingress';
import { prefixed } from '../prefixed';
import { NAME, PREFIX } from './product';

const RATES: Record<RateUnit, string> = { second: 'limit-rps', minute: 'limit-rpm' };

/** Everything that the controller reads from the Ingress. `headers` names the ConfigMap of the response headers. */
export function annotations(spec: IngressSpec, headers: string | undefined): Record<string, string> {
  return prefixed(PREFIX, {
    'force-ssl-redirect': 'true',
    ...rateAnnotations(spec.rateLimit),
    'proxy-body-size': nginxSize(spec.maxBodyBytes),
    'proxy-connect-timeout': `${spec.connectTimeoutSeconds}`,
    'proxy-read-timeout': `${spec.timeoutSeconds}`,
    'proxy-send-timeout': `${spec.timeoutSeconds}`,
    ...(spec.sourceRanges.length === 0 ? {} : { 'whitelist-source-range': spec.sourceRanges.join(',') }),
    ...(headers === undefined ? {} : { 'custom-headers': headers }),
    ...backendTls(spec),
    ...authenticationAnnotations(spec),
  });
}

/** Where the Secret is missing, the controller denies the path. */
function backendTls({ namespace, service: { tls } }: IngressSpec): Record<string, string> {
  return tls === undefined
    ? {}
    : {
        'backend-protocol': 'HTTPS',
        'proxy-ssl-secret': `${namespace}/${authoritySecret(tls)}`,
        'proxy-ssl-verify': 'on',
        'proxy-ssl-name': tls.serverName,
        'proxy-ssl-server-name': 'on',
        // Alone, the default is 1.2.
        'proxy-ssl-protocols': 'TLSv1.2 TLSv1.3',
      };
}

function rateAnnotations(rateLimit: RateLimit): Record<string, string> {
  const multiplier = rateLimit.burst / rateLimit.requests;
  if (!Number.isInteger(multiplier)) {
    const below = Math.max(1, Math.floor(multiplier)) * rateLimit.requests;
    throw invalid({
      what: 'RateLimit.perClient burst',
      value: rateLimit.burst,
      because: `${NAME} takes a whole multiple of the rate (${rateLimit.requests})`,
      instead: `write ${below} or ${below + rateLimit.requests}, or choose another controller`,
    });
  }
  return {
    [RATES[rateUnit(rateLimit)]]: `${rateLimit.requests}`,
    'limit-burst-multiplier': `${multiplier}`,
    ...(rateLimit.concurrentConnections === undefined
      ? {}
      : { 'limit-connections': `${rateLimit.concurrentConnections}` }),
  };
}

function authenticationAnnotations({ authentication, host, namespace }: IngressSpec): Record<string, string> {
  switch (authentication.kind) {
    case 'external':
      return {
        'auth-url': authentication.endpoint.url,
        ...(authentication.responseHeaders.length === 0
          ? {}
          : { 'auth-response-headers': authentication.responseHeaders.join(',') }),
      };
    case 'basic':
      return { 'auth-type': 'basic', 'auth-secret': authentication.secretName, 'auth-realm': host };
    case 'client-certificates':
      return clientCertificates(authentication, namespace);
    case 'jwt':
    case 'api-key':
    case 'none':
      return {};
  }
}

function clientCertificates(
  { caSecretName, verifyDepth }: Extract<AuthenticationSpec, { kind: 'client-certificates' }>,
  namespace: string,
): Record<string, string> {
  return {
    'auth-tls-secret': `${namespace}/${caSecretName}`,
    'auth-tls-verify-client': 'on',
    'auth-tls-verify-depth': `${verifyDepth}`,
  };
}
