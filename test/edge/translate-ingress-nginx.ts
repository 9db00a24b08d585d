import { at, find, type Manifest } from '../support/manifests';
import type { Cluster } from './support/cluster';
import { ingressesIn, type RenderedIngress } from './support/rendered-ingress';
import { block, type NginxTemplate } from './translate-nginx';

/**
 * What the rendered object asks of the administrator (`cdk8s-nim/prerequisite-status-429`): the ConfigMap keys
 * limit-req-status-code and limit-conn-status-code. Without them the status is 503.
 */
const LIMIT_STATUS_CODE = 429;
/** ConfigMap default: internal/ingress/controller/config/config.go, hsts-max-age and hsts-include-subdomains. */
const DEFAULT_HSTS = 'max-age=31536000; includeSubDomains';

/**
 * The directives that ingress-nginx 1.15.1 writes for a rendered Ingress, in the order of rootfs/etc/nginx/template/nginx.tmpl
 * of kubernetes/ingress-nginx. What the controller does in Lua is written as the nginx directive with the same effect.
 */
export const ingressNginxTemplate: NginxTemplate = (objects, cluster) => {
  const [ingress] = ingressesIn(objects, 'nginx.ingress.kubernetes.io');
  if (ingress === undefined) {
    throw new Error('no Ingress');
  }
  const { annotations } = ingress;
  const server = clientCertificates(ingress, cluster);
  const auth = externalAuth(ingress, cluster);
  const limit = rateLimitOf(ingress);
  const location = [
    ...httpsRedirect(ingress),
    `set $hsts ""; if ($https = on) { set $hsts "${DEFAULT_HSTS}"; }`,
    'add_header Strict-Transport-Security $hsts always;',
    ...allowlist(annotations.take('whitelist-source-range')),
    ...auth.location,
    ...basicAuth(ingress, cluster),
    ...limit.location,
    ...proxy(ingress),
    ...customHeaders(annotations.take('custom-headers'), objects),
  ];
  annotations.requireNoneLeft();
  return {
    host: ingress.host,
    http: limit.http,
    server: [
      ...server,
      ...auth.server,
      // internal/ingress/controller/template/template.go, buildLocation: pathType Exact becomes `= "path"`.
      ...ingress.paths.flatMap((path) => block(`location = "${path}"`, location)),
      // The default backend, which answers 404 for every other path.
      ...block('location /', ['return 404;']),
    ],
  };
};

/** nginx.tmpl, CertificateAuth: in the server block; the Secret is `namespace/name` with the key ca.crt. */
function clientCertificates({ annotations }: RenderedIngress, cluster: Cluster): string[] {
  const secret = annotations.take('auth-tls-secret');
  return secret === undefined
    ? []
    : [
        `ssl_client_certificate ${cluster.writeSecret(secret.split('/')[1] ?? '', 'ca.crt')};`,
        `ssl_verify_client ${annotations.require('auth-tls-verify-client')};`,
        `ssl_verify_depth ${annotations.require('auth-tls-verify-depth')};`,
      ];
}

/** rootfs/etc/nginx/lua/lua_ingress.lua, redirect_to_https: in the rewrite phase, http-redirect-code 308, no port. */
function httpsRedirect({ annotations }: RenderedIngress): string[] {
  return annotations.take('force-ssl-redirect') === 'true'
    ? ['if ($scheme = http) { return 308 https://$host$request_uri; }']
    : [];
}

/** nginx.tmpl, Allowlist: the listed ranges, then `deny all`. */
function allowlist(annotation: string | undefined): string[] {
  return annotation === undefined ? [] : [...annotation.split(',').map((range) => `allow ${range};`), 'deny all;'];
}

/** nginx.tmpl, authPath, and template.go, buildAuthResponseHeaders. The DNS name of the Service becomes its endpoint. */
function externalAuth({ annotations }: RenderedIngress, cluster: Cluster): { server: string[]; location: string[] } {
  const annotation = annotations.take('auth-url');
  if (annotation === undefined) {
    return { server: [], location: [] };
  }
  const url = new URL(annotation);
  const [service, namespace] = url.hostname.split('.');
  const endpoint = cluster.endpointOf(`${namespace}/${service}:${url.port === '' ? '80' : url.port}`);
  const responseHeaders = (annotations.take('auth-response-headers') ?? '').split(',').filter((name) => name !== '');
  return {
    server: block('location = /_external-auth', [
      'internal;',
      'proxy_pass_request_body off;',
      'proxy_set_header Content-Length "";',
      'proxy_set_header X-Forwarded-Proto "";',
      `proxy_set_header Host ${url.host};`,
      'proxy_set_header X-Original-URL $scheme://$http_host$request_uri;',
      'proxy_set_header X-Original-Method $request_method;',
      'proxy_http_version 1.1;',
      `proxy_pass http://${endpoint}${url.pathname};`,
    ]),
    location: [
      'auth_request /_external-auth;',
      ...responseHeaders.flatMap((header, index) => [
        `auth_request_set $authHeader${index} $upstream_http_${header.toLowerCase().replaceAll('-', '_')};`,
        `proxy_set_header '${header}' $authHeader${index};`,
      ]),
    ],
  };
}

/** nginx.tmpl, BasicDigestAuth; internal/ingress/annotations/auth: key `auth` of the Secret. */
function basicAuth({ annotations }: RenderedIngress, cluster: Cluster): string[] {
  return annotations.take('auth-type') === 'basic'
    ? [
        `auth_basic "${annotations.require('auth-realm')}";`,
        `auth_basic_user_file ${cluster.writeSecret(annotations.require('auth-secret'), 'auth')};`,
        'proxy_set_header Authorization "";',
      ]
    : [];
}

/** template.go, buildRateLimitZones and buildRateLimit; internal/ingress/annotations/ratelimit: burst = rate x multiplier. */
function rateLimitOf({ name, namespace, annotations }: RenderedIngress): { http: string[]; location: string[] } {
  const zone = `${namespace}_${name}`;
  const multiplier = Number(annotations.require('limit-burst-multiplier'));
  const connections = annotations.take('limit-connections');
  const rates = (['s', 'm'] as const).flatMap((unit) => {
    const rate = annotations.take(`limit-rp${unit}`);
    return rate === undefined ? [] : [{ unit, rate: Number(rate), zone: `${zone}_rp${unit}` }];
  });
  return {
    http: [
      ...(connections === undefined ? [] : [`limit_conn_zone $binary_remote_addr zone=${zone}_conn:5m;`]),
      ...rates.map(
        (limit) => `limit_req_zone $binary_remote_addr zone=${limit.zone}:5m rate=${limit.rate}r/${limit.unit};`,
      ),
      `limit_req_status ${LIMIT_STATUS_CODE};`,
      `limit_conn_status ${LIMIT_STATUS_CODE};`,
    ],
    location: [
      ...(connections === undefined ? [] : [`limit_conn ${zone}_conn ${connections};`]),
      ...rates.map((limit) => `limit_req zone=${limit.zone} burst=${limit.rate * multiplier} nodelay;`),
    ],
  };
}

/** nginx.tmpl, the proxy part of a location. */
function proxy({ annotations }: RenderedIngress): string[] {
  return [
    `client_max_body_size ${annotations.require('proxy-body-size')};`,
    'proxy_set_header Host $http_host;',
    `proxy_connect_timeout ${annotations.require('proxy-connect-timeout')}s;`,
    `proxy_send_timeout ${annotations.require('proxy-send-timeout')}s;`,
    `proxy_read_timeout ${annotations.require('proxy-read-timeout')}s;`,
    'proxy_buffering off;',
    'proxy_http_version 1.1;',
    'proxy_next_upstream error timeout;',
    'proxy_next_upstream_tries 3;',
    'proxy_pass http://nim;',
  ];
}

/** nginx.tmpl, CustomHeaders: more_set_headers sets them on every answer, which add_header does with `always`. */
function customHeaders(annotation: string | undefined, objects: readonly Manifest[]): string[] {
  const data = annotation === undefined ? {} : at(find(objects, 'ConfigMap', annotation.split('/')[1]), 'data');
  return Object.entries(data as Record<string, string>).map(([name, value]) => `add_header ${name} "${value}" always;`);
}
