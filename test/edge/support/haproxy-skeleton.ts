import type { Cluster } from './cluster';
import { LOOPBACK } from '../../support/loopback';

/** Timeouts that the controller's administrator may set, as HAProxy writes them. */
export interface HaProxyTimeouts {
  /**
   * How long a client may be silent.
   * @default '50s'
   */
  readonly client?: string;
}

/** The parts of haproxy.cfg that depend on rendered objects. */
export interface HaProxyParts {
  readonly cluster: Cluster;
  readonly timeouts: HaProxyTimeouts;
  readonly httpRules: readonly string[];
  readonly httpsRules: readonly string[];
  /** Lines of the map of hosts. */
  readonly hosts: readonly string[];
  /** Lines of the map of exact paths. */
  readonly exactPaths: readonly string[];
  readonly backend: readonly string[];
  readonly sections: readonly string[];
}

/**
 * The rest of the configuration of haproxytech/kubernetes-ingress 3.2.11: what is the same for every Ingress.
 *
 * ssl-default-bind-options is the controller's default (pkg/haproxy/env/defaults.go). The ciphers are not: they are as weak
 * as on the control listener, so that nothing but the version of TLS can refuse a handshake.
 */
export function haProxySkeleton(parts: HaProxyParts): string {
  const { ports, backend, certificate, ipv6 } = parts.cluster.props;
  const hosts = parts.cluster.write('host.map', lines(parts.hosts));
  const exactPaths = parts.cluster.write('path-exact.map', lines(parts.exactPaths));
  const addresses = [LOOPBACK, ...(ipv6 === true ? ['[::1]'] : [])];
  const routing = routes(hosts, exactPaths);
  return lines([
    ...section('global', [
      'localpeer local',
      'ssl-default-bind-options no-sslv3 no-tls-tickets no-tlsv10',
      'ssl-default-bind-ciphers ALL:@SECLEVEL=0',
    ]),
    // pkg/haproxy/env/defaults.go, SetDefaults.
    ...section('defaults', [
      'mode http',
      'timeout http-request 5s',
      'timeout connect 5s',
      `timeout client ${parts.timeouts.client ?? '50s'}`,
      'timeout queue 5s',
      'timeout server 50s',
      'timeout http-keep-alive 1m',
    ]),
    // The controller's one is on port 10000; tables name the section, and nothing is exchanged.
    ...section('peers localinstance', [`peer local ${LOOPBACK}:${ports.peers}`]),
    ...section('frontend http', [
      ...addresses.map((address) => `bind ${address}:${ports.http}`),
      ...routing,
      ...parts.httpRules,
      ...switching(),
    ]),
    ...section('frontend https', [
      ...addresses.map((address) => `bind ${address}:${ports.https} ssl crt ${certificate.pem} alpn h2,http/1.1`),
      ...routing,
      ...parts.httpsRules,
      'http-request set-header X-Forwarded-Proto https',
      ...switching(),
    ]),
    // The control: same certificate, same ciphers, old versions of TLS. It shows that the client offers them.
    ...section('frontend control', [
      `bind ${LOOPBACK}:${ports.control} ssl crt ${certificate.pem} ssl-min-ver TLSv1.0`,
      'http-request return status 204',
    ]),
    ...section('backend nim', [...parts.backend, 'option forwardfor', `server SRV_1 ${backend}`]),
    // The controller's own answer where no Ingress matches: its default local service.
    ...section('backend not-found', ['http-request return status 404']),
    ...parts.sections,
  ]);
}

/** pkg/controller/controller.go, setupHAProxyRules: the path is compared as it was sent. */
function routes(hosts: string, exactPaths: string): string[] {
  return [
    'http-request set-var(txn.path) path',
    'http-request set-var(txn.host) req.hdr(Host),field(1,:),lower',
    `http-request set-var(txn.host_match) var(txn.host),map(${hosts})`,
    `http-request set-var(txn.path_match) var(txn.host_match),concat(,txn.path,),map(${exactPaths})`,
  ];
}

/** fs/usr/local/etc/haproxy/haproxy.cfg: the backend is what stands before the first dot. */
function switching(): string[] {
  return ['use_backend %[var(txn.path_match),field(1,.)]', 'default_backend not-found'];
}

function section(name: string, directives: readonly string[]): string[] {
  return [name, ...directives.map((line) => `  ${line}`)];
}

function lines(list: readonly string[]): string {
  return `${list.join('\n')}\n`;
}
