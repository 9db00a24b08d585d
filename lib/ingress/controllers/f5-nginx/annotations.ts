import { RateLimitScope } from '../../rate-limit';
import type { IngressSpec } from '../../spec';
import { nginxSize } from '../standard-ingress';

/** What the controller reads from the Ingress, but for passwords and Policy objects. */
export function trafficAnnotations(spec: IngressSpec): Record<string, string> {
  const { rateLimit } = spec;
  const headers = Object.entries(spec.responseHeaders).map(([name, value]) => `${name}: ${value}: always`);
  return {
    'nginx.org/ssl-redirect': 'true',
    // 308 keeps the method, so that a redirected POST stays a POST.
    'nginx.org/http-redirect-code': '308',
    'nginx.org/hsts': 'true',
    'nginx.org/hsts-max-age': `${spec.hstsMaxAgeSeconds}`,
    'nginx.org/limit-req-rate': `${rateLimit.requests}r/${rateLimit.periodSeconds === 1 ? 's' : 'm'}`,
    'nginx.org/limit-req-burst': `${rateLimit.burst}`,
    'nginx.org/limit-req-no-delay': 'true',
    'nginx.org/limit-req-key':
      rateLimit.header === undefined ? '${binary_remote_addr}' : `\${${nginxHeaderVariable(rateLimit.header)}}`,
    'nginx.org/limit-req-zone-size': '10m',
    'nginx.org/limit-req-reject-code': '429',
    ...(rateLimit.scope === RateLimitScope.CLUSTER ? { 'nginx.org/limit-req-scale': 'true' } : {}),
    'nginx.org/client-max-body-size': nginxSize(spec.maxBodyBytes),
    'nginx.org/proxy-connect-timeout': `${spec.connectTimeoutSeconds}s`,
    'nginx.org/proxy-read-timeout': `${spec.timeoutSeconds}s`,
    'nginx.org/proxy-send-timeout': `${spec.timeoutSeconds}s`,
    ...(headers.length === 0 ? {} : { 'nginx.org/add-header': headers.join(',') }),
  };
}

function nginxHeaderVariable(header: string): string {
  return `http_${header.toLowerCase().replaceAll('-', '_')}`;
}
