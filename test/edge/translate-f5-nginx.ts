import { at, find, type Manifest } from '../support/manifests';
import type { Cluster } from './support/cluster';
import { ingressesIn, type RenderedIngress } from './support/rendered-ingress';
import { block, type NginxTemplate } from './translate-nginx';

/**
 * The directives that F5 NGINX Ingress Controller 5.5.4 (open source) writes for a rendered Ingress and its Policies, in the
 * order of its template. Each part names its source in nginx/kubernetes-ingress.
 */
export const f5NginxTemplate: NginxTemplate = (objects, cluster) => {
  const [ingress] = ingressesIn(objects, 'nginx.org');
  if (ingress === undefined) {
    throw new Error('no Ingress');
  }
  const { annotations } = ingress;
  const policies = (annotations.take('policies') ?? '')
    .split(',')
    .filter((name) => name !== '')
    .map((name) => find(objects, 'Policy', name));
  const externalAuth = policies.map((policy) => externalAuthOf(policy, cluster)).find((auth) => auth !== undefined);
  const limit = rateLimitOf(ingress);

  const server = [
    ...policies.flatMap((policy) => ingressMtls(policy, cluster)),
    ...policies.flatMap(accessControl),
    ...addedHeaders(annotations.take('add-header')),
    ...hsts(ingress),
    ...httpsRedirect(ingress),
    ...basicAuth(ingress, cluster),
    ...(externalAuth === undefined ? [] : [`auth_request ${externalAuth.internalPath};`, ...externalAuth.location]),
  ];
  const location = [...proxy(ingress), ...limit.location];
  annotations.requireNoneLeft();
  return {
    host: ingress.host,
    http: [...limit.http, ...(externalAuth?.http ?? [])],
    // internal/configs/ingress.go, generateIngressPath: `= ` before a path of type Exact. There is no other location: the
    // template writes `location /` for a default backend only.
    server: [...server, ...ingress.paths.flatMap((path) => block(`location = ${path}`, location))],
  };
};

/** internal/configs/version1/nginx.ingress.tmpl, IngressMTLS: in the server block, before everything of HTTP. */
function ingressMtls(policy: Manifest, cluster: Cluster): string[] {
  const mtls = at(policy, 'spec.ingressMTLS') as
    { clientCertSecret: string; verifyClient: string; verifyDepth: number } | undefined;
  return mtls === undefined
    ? []
    : [
        `ssl_client_certificate ${cluster.writeSecret(mtls.clientCertSecret, 'ca.crt')};`,
        `ssl_verify_client ${mtls.verifyClient};`,
        `ssl_verify_depth ${mtls.verifyDepth};`,
      ];
}

/** nginx.ingress.tmpl, Allow: the listed ranges, then `deny all`. */
function accessControl(policy: Manifest): string[] {
  const allow = at(policy, 'spec.accessControl.allow') as string[] | undefined;
  return allow === undefined ? [] : [...allow.map((range) => `allow ${range};`), 'deny all;'];
}

/** internal/configs/annotations.go, add-header: `Name: value: always`, separated by commas. */
function addedHeaders(annotation: string | undefined): string[] {
  return (annotation ?? '')
    .split(',')
    .filter((header) => header !== '')
    .map((header) => {
      const [name = '', value = '', always] = header.split(':').map((part) => part.trim());
      return `add_header ${name} "${value}"${always === 'always' ? ' always' : ''};`;
    });
}

/** nginx.ingress.tmpl, HSTS. */
function hsts({ annotations }: RenderedIngress): string[] {
  return annotations.take('hsts') === 'true'
    ? [
        'set $hsts_header_val "";',
        'proxy_hide_header Strict-Transport-Security;',
        `if ($https = on) { set $hsts_header_val "max-age=${annotations.require('hsts-max-age')}; preload"; }`,
        'add_header Strict-Transport-Security "$hsts_header_val" always;',
      ]
    : [];
}

/** nginx.ingress.tmpl, SSLRedirect: the port is the controller's first HTTPS port, 443 by default. */
function httpsRedirect({ annotations }: RenderedIngress): string[] {
  return annotations.take('ssl-redirect') === 'true'
    ? [`if ($scheme = http) { return ${annotations.require('http-redirect-code')} https://$host:443$request_uri; }`]
    : [];
}

/** nginx.ingress.tmpl, BasicAuth; internal/k8s/secrets: key `htpasswd` of a Secret of type nginx.org/htpasswd. */
function basicAuth({ annotations }: RenderedIngress, cluster: Cluster): string[] {
  const secret = annotations.take('basic-auth-secret');
  return secret === undefined
    ? []
    : [
        `auth_basic "${annotations.require('basic-auth-realm')}";`,
        `auth_basic_user_file ${cluster.writeSecret(secret, 'htpasswd')};`,
      ];
}

/** internal/configs/policy.go, addExternalAuthConfig, and ingress.go, generateIngressExternalAuthLocation. */
function externalAuthOf(
  policy: Manifest,
  cluster: Cluster,
): { internalPath: string; http: string[]; location: string[] } | undefined {
  const auth = at(policy, 'spec.externalAuth') as
    { authURI: string; authServiceName: string; authServicePorts: number[] } | undefined;
  if (auth === undefined) {
    return undefined;
  }
  const internalPath = `/_external_auth${auth.authURI}`;
  const endpoint = cluster.endpointOf(`${auth.authServiceName}:${auth.authServicePorts.join()}`);
  return {
    internalPath,
    http: block('upstream external_auth', [`server ${endpoint} max_fails=1 fail_timeout=10s max_conns=0;`]),
    location: block(`location ${internalPath}`, [
      'internal;',
      'proxy_http_version 1.1;',
      'client_max_body_size 0;',
      'proxy_pass_request_body off;',
      'proxy_set_header Content-Length "0";',
      'proxy_set_header X-Scheme "$scheme";',
      'proxy_set_header Host $host;',
      'proxy_set_header X-Real-IP $remote_addr;',
      `proxy_pass http://external_auth${auth.authURI};`,
    ]),
  };
}

/** nginx.ingress.tmpl, limit_req_zone and LimitReq; ingress.go: one zone for each Ingress, `namespace/name`. */
function rateLimitOf({ name, namespace, annotations }: RenderedIngress): { http: string[]; location: string[] } {
  const zone = `${namespace}/${name}`;
  const key = annotations.require('limit-req-key');
  const size = annotations.require('limit-req-zone-size');
  const noDelay = annotations.take('limit-req-no-delay') === 'true' ? ' nodelay' : '';
  return {
    http: [`limit_req_zone ${key} zone=${zone}:${size} rate=${annotations.require('limit-req-rate')};`],
    location: [
      `limit_req zone=${zone} burst=${annotations.require('limit-req-burst')}${noDelay};`,
      `limit_req_status ${annotations.require('limit-req-reject-code')};`,
    ],
  };
}

/** nginx.ingress.tmpl, the proxy part of a location. */
function proxy({ annotations }: RenderedIngress): string[] {
  return [
    'proxy_http_version 1.1;',
    `proxy_connect_timeout ${annotations.require('proxy-connect-timeout')};`,
    `proxy_read_timeout ${annotations.require('proxy-read-timeout')};`,
    `proxy_send_timeout ${annotations.require('proxy-send-timeout')};`,
    `client_max_body_size ${annotations.require('client-max-body-size')};`,
    'proxy_set_header Host $host;',
    'proxy_set_header X-Real-IP $remote_addr;',
    'proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;',
    'proxy_buffering on;',
    'proxy_pass http://nim;',
  ];
}
