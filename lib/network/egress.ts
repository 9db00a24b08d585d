import { type INetworkPolicyPeer, NetworkPolicyIpBlock } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { peer } from '../common/cdk8s-kinds';
import { addressBlock } from '../common/cidr';
import { instanceOf } from '../common/class-kinds';
import { invalid } from '../common/invalid';
import { listOf, port as portKind, requireKind, text } from '../common/kinds';
import { optional, type PropTable, required, requireProps } from '../common/props';
import { requireProxyExceptions } from '../common/proxy-exceptions';
import { NETWORKS_NOT_PUBLIC } from '../common/special-networks';
import { requireBounded } from './peers';
import { hostsWith } from './public-hosts';

export const HTTPS_PORT = 443;

/** Options of `Egress.viaProxy`. */
export interface ProxyEgressOptions {
  /**
   * What the pods reach without the proxy, beside themselves and the Services of the cluster (`localhost`, `127.0.0.1`, `.svc`,
   * `.cluster.local`): hosts, domains with a dot before them, addresses and blocks. Write the cluster's own domain where it is not
   * `cluster.local`, or a model store inside. The network policy still opens the proxy alone. Refused: `*`.
   * @default - none
   */
  readonly noProxy?: string[];
}

export const PROXY_EGRESS_OPTIONS: PropTable<ProxyEgressOptions> = { noProxy: optional(listOf(text)) };

/** Somebody that pods may connect to, and the TCP ports that open. */
interface Destination {
  readonly peer: INetworkPolicyPeer;
  readonly ports: readonly number[];
}

/** Peers, or every public address, and the ports that open to them. */
interface Opening {
  readonly to: readonly INetworkPolicyPeer[] | 'public';
  readonly ports: readonly number[];
}

/** A forward proxy, and what is reached without it. */
interface Proxy {
  readonly url: string;
  readonly exceptions: readonly string[];
}

/**
 * Where pods may connect to, beyond DNS.
 *
 * @example
 * nim.Egress.of([
 *   nim.Egress.viaProxy('http://proxy.example.com:3128', [nim.Peer.cidr('192.0.2.10/32')], { noProxy: ['.example.com'] }),
 *   nim.Egress.tcpTo([nim.Peer.pods({ labels: { app: 'redis' } })], [6379]),
 * ]);
 */
export class Egress {
  /**
   * HTTPS (TCP 443) to every public address and to nothing inside. The hosts of NGC (`NgcHosts`) have no fixed
   * addresses, and a network policy knows addresses only: by name they open with a proxy (`viaProxy`), with Cilium
   * (`ciliumFqdns`), or beside this with OpenShift (`OpenShiftEgressFirewall`).
   */
  public static publicHttps(): Egress {
    return new Egress([{ to: 'public', ports: [HTTPS_PORT] }]);
  }

  /**
   * HTTPS (TCP 443) to the hosts of NGC (`NgcHosts`) by their names, for clusters with Cilium as network plugin: renders a
   * CiliumNetworkPolicy beside the NetworkPolicy, which then opens the DNS alone. Under another network plugin the download
   * reaches nothing.
   *
   * Cilium has to run with its proxy for DNS (`enable-l7-proxy`, its default). It opens the addresses that the pods get as answers for
   * these names, and with them whatever else answers there: a content network has many customers on one address.
   *
   * @param furtherHosts hosts beside those of NGC, for example of Hugging Face. Refused: wildcards, addresses, and names of the
   * cluster, to whose pods such a rule does not apply.
   */
  public static ciliumFqdns(furtherHosts: string[] = []): Egress {
    requireProps('Egress.ciliumFqdns', { furtherHosts }, { furtherHosts: required(listOf(text)) });
    return new Egress([], undefined, hostsWith('Egress.ciliumFqdns furtherHosts', furtherHosts));
  }

  /**
   * HTTPS (TCP 443) to the given peers only, for example a model store inside the network.
   *
   * @param peers pods or addresses. Refused: none, and peers that mean everybody.
   */
  public static httpsTo(peers: INetworkPolicyPeer[]): Egress {
    requireProps('Egress.httpsTo', { peers }, { peers: required(listOf(peer)) });
    return new Egress([{ to: requirePeers('Egress.httpsTo', peers), ports: [HTTPS_PORT] }]);
  }

  /**
   * Some TCP ports of the given peers only, for example of a collector of telemetry.
   *
   * @param peers pods or addresses.
   * @param ports the ports that the peers listen on.
   */
  public static tcpTo(peers: INetworkPolicyPeer[], ports: number[]): Egress {
    requireProps(
      'Egress.tcpTo',
      { peers, ports },
      { peers: required(listOf(peer)), ports: required(listOf(portKind)) },
    );
    if (ports.length === 0) {
      throw invalid({
        what: 'Egress.tcpTo ports',
        value: ports,
        because: 'a rule without ports opens all of them',
        instead: 'name each port that the peers listen on, for example [4318]',
      });
    }
    return new Egress([{ to: requirePeers('Egress.tcpTo', peers), ports: [...new Set(ports)] }]);
  }

  /**
   * A forward proxy only, for HTTP and HTTPS.
   *
   * @param url the proxy, for example `http://proxy.egress.svc.cluster.local:3128`; its port is the one that opens.
   * @param peers the pods or addresses of the proxy.
   * @param options what the pods reach without the proxy.
   */
  public static viaProxy(url: string, peers: INetworkPolicyPeer[], options: ProxyEgressOptions = {}): Egress {
    requireProps('Egress.viaProxy', { url, peers }, { url: required(text), peers: required(listOf(peer)) });
    requireProps('Egress.viaProxy', options, PROXY_EGRESS_OPTIONS);
    const port = /^https?:\/\/[^\s/:@]+:([0-9]{1,5})$/.exec(url)?.[1];
    if (port === undefined) {
      throw invalid({
        what: 'Egress.viaProxy url',
        value: url.includes('@') ? '(hidden)' : url,
        because: 'a proxy URL is scheme, host and port, and holds no credentials',
        instead: 'write for example "http://proxy.egress.svc.cluster.local:3128"',
      });
    }
    const ports = [requireKind('Egress.viaProxy port', Number(port), portKind)];
    return new Egress([{ to: requirePeers('Egress.viaProxy', peers), ports }], {
      url,
      exceptions: requireProxyExceptions('Egress.viaProxy noProxy', options.noProxy ?? []),
    });
  }

  /** Nothing but DNS: for pods that find everything in their volumes. */
  public static none(): Egress {
    return new Egress([]);
  }

  /**
   * All of several together, for example a proxy and a collector.
   *
   * @param parts refused: none at all, and two proxies, because the environment names one.
   */
  public static of(parts: Egress[]): Egress {
    requireProps('Egress.of', { parts }, { parts: required(listOf(instanceOf(Egress))) });
    if (parts.length === 0) {
      throw invalid({
        what: 'Egress.of parts',
        value: parts,
        because: 'nothing is put together',
        instead: 'name at least one, or write Egress.none()',
      });
    }
    const proxies = parts.flatMap(({ proxy }) => (proxy === undefined ? [] : [proxy]));
    if (proxies.length > 1) {
      throw invalid({
        what: 'Egress.of parts',
        value: proxies.map(({ url }) => url),
        because: 'pods know one proxy, and these are several',
        instead: 'keep one Egress.viaProxy(…); name what else is needed with Egress.tcpTo(…)',
      });
    }
    const openings = parts.flatMap((part) => part.openings);
    const toPublic = openings.find(({ to }) => to === 'public');
    const named = openings.filter(({ to }) => to !== 'public');
    const hosts = parts.flatMap((part) => part._ciliumHosts);
    if (toPublic !== undefined && hosts.length > 0) {
      throw invalid({
        what: 'Egress.of parts',
        value: ['Egress.publicHttps()', 'Egress.ciliumFqdns(…)'],
        because: 'what policies allow adds up, and every address would be open beside the names',
        instead: 'leave out Egress.publicHttps(), and name further hosts in Egress.ciliumFqdns([…])',
      });
    }
    return new Egress([...(toPublic === undefined ? [] : [toPublic]), ...named], proxies[0], [...new Set(hosts)]);
  }

  private constructor(
    private readonly openings: readonly Opening[],
    private readonly proxy?: Proxy,
    /**
     * The hosts that a CiliumNetworkPolicy names.
     *
     * @internal
     */
    public readonly _ciliumHosts: readonly string[] = [],
  ) {}

  /** The URL of the proxy, when there is one. */
  public get proxyUrl(): string | undefined {
    return this.proxy?.url;
  }

  /** What the pods reach without the proxy. */
  public get noProxy(): string[] {
    return [...(this.proxy?.exceptions ?? [])];
  }

  /**
   * The allowed destinations, for the rules of a network policy.
   *
   * @internal
   */
  public _destinations(scope: Construct): Destination[] {
    return this.openings.flatMap(({ to, ports }) =>
      (to === 'public' ? publicAddresses(scope) : to).map((peer) => ({ peer, ports })),
    );
  }
}

function publicAddresses(scope: Construct): INetworkPolicyPeer[] {
  return [
    NetworkPolicyIpBlock.ipv4(scope, 'PublicIpv4', '0.0.0.0/0', notPublic('IPv4')),
    NetworkPolicyIpBlock.ipv6(scope, 'PublicIpv6', '::/0', notPublic('IPv6')),
  ];
}

function notPublic(family: string): string[] {
  return NETWORKS_NOT_PUBLIC.filter((cidr) => addressBlock(cidr)?.family === family);
}

function requirePeers(what: string, peers: INetworkPolicyPeer[]): INetworkPolicyPeer[] {
  if (peers.length === 0) {
    throw invalid({
      what: `${what} peers`,
      value: peers,
      because: 'nothing would be reachable',
      instead: 'name at least one peer, or write Egress.none()',
    });
  }
  return peers.map(requireBounded);
}
