import { defined } from '../../../common/defined';
import { invalid, together } from '../../../common/invalid';
import type { ClientAddress } from '../../client-address';
import { requireAuthoritySecret } from '../../service-spec';
import type { IngressSpec } from '../../spec';
import { prefixed } from '../prefixed';
import { NAME, PREFIX } from './product';

/** Everything that the controller reads from the Ingress. `window` tells the time in milliseconds over which it counts. */
export function annotations(spec: IngressSpec, window: () => number): Record<string, string> {
  const { millis, source, authority } = together({
    millis: window,
    source: () => sourceHeader(spec.clientAddress),
    authority: () => backendAuthority(spec),
  });
  return prefixed(
    PREFIX,
    defined({
      'ssl-redirect': 'true',
      // By default the redirect would name the port that the controller listens on inside its pod.
      'ssl-redirect-port': '443',
      // 308 keeps the method, so that a redirected POST stays a POST. The documentation stops at 303; the code hands the
      // number to HAProxy, which has 301, 302, 303, 307 and 308.
      'ssl-redirect-code': '308',
      'rate-limit-requests': `${spec.rateLimit.burst}`,
      // Never left to the default: since February 2026 an ingress without it gets a table without a name.
      'rate-limit-period': `${millis}ms`,
      'rate-limit-status-code': '429',
      'timeout-server': `${spec.timeoutSeconds}s`,
      'allow-list': spec.sourceRanges.length === 0 ? undefined : spec.sourceRanges.join(','),
      'src-ip-header': source,
      'response-set-header': responseHeaders(spec),
      'server-ca': authority,
      ...authenticationAnnotations(spec),
    }),
  );
}

/** It turns on TLS too. Beside server-ssl, the controller would stop checking when the Secret is missing. */
function backendAuthority({ namespace, service: { tls } }: IngressSpec): string | undefined {
  return tls === undefined
    ? undefined
    : `${namespace}/${requireAuthoritySecret(NAME, tls, 'the key tls.crt of a Secret')}`;
}

function sourceHeader(clientAddress: ClientAddress): string | undefined {
  if (clientAddress._source !== 'forwarded') {
    return undefined;
  }
  if (clientAddress.trustedHops !== 1) {
    throw invalid({
      what: 'ClientAddress.forwardedFor trustedHops',
      value: clientAddress.trustedHops,
      because: `${NAME} reads the last address of the header, which is the one that the nearest proxy wrote`,
      instead: 'write ClientAddress.forwardedFor(), or ClientAddress.proxyProtocol()',
    });
  }
  return 'X-Forwarded-For';
}

/** One header on each line, with its value in quotes; "%" begins a variable of HAProxy. */
function responseHeaders(spec: IngressSpec): string {
  return Object.entries({
    'Strict-Transport-Security': `max-age=${spec.hstsMaxAgeSeconds}`,
    ...spec.responseHeaders,
  })
    .map(([name, value]) => `${name} "${value.replaceAll('%', '%%')}"`)
    .join('\n');
}

function authenticationAnnotations({ authentication, host, namespace }: IngressSpec): Record<string, string> {
  switch (authentication.kind) {
    case 'basic':
      return {
        'auth-type': 'basic-auth',
        'auth-secret': `${namespace}/${authentication.secretName}`,
        'auth-realm': host,
      };
    case 'external':
    case 'client-certificates':
    case 'jwt':
    case 'api-key':
    case 'none':
      return {};
  }
}
