import type { Manifest } from '../support/manifests';
import type { Cluster } from './support/cluster';
import { LOOPBACK } from '../support/loopback';

/** What one controller's template makes of a rendered Ingress: the parts of nginx.conf that depend on it. */
export interface NginxServer {
  readonly host: string;
  /** Directives of the http block: zones, upstreams. */
  readonly http: string[];
  /** Directives of the server block. */
  readonly server: string[];
}

/** Reads the rendered objects as one controller does. */
export type NginxTemplate = (objects: readonly Manifest[], cluster: Cluster) => NginxServer;

/**
 * A whole nginx.conf around one controller's server block.
 *
 * - ssl_protocols: both controllers leave it to their ConfigMap (`tls-1.2` is a prerequisite). Written here is what is in
 *   force without a setting: ingress-nginx's default (internal/ingress/controller/config/config.go, sslProtocols), and
 *   nginx's own since 1.27.3, which F5 NGINX Ingress Controller 5.5 ships. Debian's nginx is older and would accept 1.0.
 * - ssl_ciphers: as weak as on the control listener, so that nothing but ssl_protocols can refuse a handshake.
 */
export function nginxConfiguration(template: NginxTemplate, objects: readonly Manifest[], cluster: Cluster): string {
  const { directory, ports, backend, certificate } = cluster.props;
  const { host, http, server } = template(objects, cluster);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return [
    'daemon off;',
    'master_process off;',
    `pid ${directory}/nginx.pid;`,
    'error_log stderr warn;',
    'events { worker_connections 512; }',
    ...block('http', [
      'access_log off;',
      ...temporary.map((name) => `${name}_temp_path ${directory}/${name};`),
      `root ${directory}/empty;`,
      `ssl_certificate ${certificate.certificate};`,
      `ssl_certificate_key ${certificate.key};`,
      'ssl_protocols TLSv1.2 TLSv1.3;',
      'ssl_ciphers ALL:@SECLEVEL=0;',
      ...block('upstream nim', [`server ${backend};`]),
      ...http,
      ...block('server', [
        `listen ${LOOPBACK}:${ports.http};`,
        `listen ${LOOPBACK}:${ports.https} ssl;`,
        `server_name ${host};`,
        ...server,
      ]),
      // The control: same certificate, same ciphers, old versions of TLS. It shows that the client offers them.
      ...block('server', [
        `listen ${LOOPBACK}:${ports.control} ssl;`,
        'ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;',
        'return 204;',
      ]),
    ]),
    '',
  ].join('\n');
}

/** A block of directives, indented. */
export function block(name: string, directives: readonly string[]): string[] {
  return [`${name} {`, ...directives.map((line) => `  ${line}`), '}'];
}
