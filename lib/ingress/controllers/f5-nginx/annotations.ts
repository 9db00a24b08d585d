import { RateLimitScope, type RateUnit, rateUnit } from '../../rate-limit';
import type { IngressSpec } from '../../spec';
import { nginxSize } from '../standard-ingress';

const RATES: Record<RateUnit, string> = { second: 'r/s', minute: 'r/m' };

/** What the controller reads from the Ingress, apart from passwords and Policy objects. */
export function trafficAnnotations(spec: IngressSpec): Record<string, string> {
  const { rateLimit } = spec;
  const headers = Object.entries(spec.responseHeaders).map(([name, value]) => `${name}: ${value}: always`);
  return {
    'ssl-redirect': 'true',
    // 308 keeps the method, so that a redirected POST stays a POST.
    'http-redirect-code': '308',
    hsts: 'true',
    'hsts-max-age': `${spec.hstsMaxAgeSeconds}`,
    'limit-req-rate': `${rateLimit.requests}${RATES[rateUnit(rateLimit)]}`,
    'limit-req-burst': `${rateLimit.burst}`,
    'limit-req-no-delay': 'true',
    'limit-req-key':
      rateLimit.header === undefined ? '${binary_remote_addr}' : `\${${nginxHeaderVariable(rateLimit.header)}}`,
    'limit-req-zone-size': '10m',
    'limit-req-reject-code': '429',
    ...(rateLimit.scope === RateLimitScope.CLUSTER ? { 'limit-req-scale': 'true' } : {}),
    'client-max-body-size': nginxSize(spec.maxBodyBytes),
    'proxy-connect-timeout': `${spec.connectTimeoutSeconds}s`,
    'proxy-read-timeout': `${spec.timeoutSeconds}s`,
    'proxy-send-timeout': `${spec.timeoutSeconds}s`,
    ...(spec.service.tls === undefined ? {} : { 'ssl-services': spec.service.name }),
    ...(headers.length === 0 ? {} : { 'add-header': headers.join(',') }),
  };
}

function nginxHeaderVariable(header: string): string {
  return `http_${header.toLowerCase().replaceAll('-', '_')}`;
}
