import { type INetworkPolicyPeer, NetworkPolicyIpBlock } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { peer } from '../common/cdk8s-kinds';
import { addressBlock } from '../common/cidr';
import { invalid } from '../common/invalid';
import { listOf, port as portKind, requireKind, text } from '../common/kinds';
import { optional, type PropTable, required, requireProps } from '../common/props';
import { requireProxyExceptions } from '../common/proxy-exceptions';
import { NETWORKS_NOT_PUBLIC } from '../common/special-networks';
import { requireBounded } from './peers';

const HTTPS_PORT = 443;

/** Options of `Egress.viaProxy`. */
export interface ProxyEgressOptions {
  /**
   * What the pods reach without the proxy, beside themselves and the Services of the cluster (`localhost`, `127.0.0.1`, `.svc`,
   * `.cluster.local`): hosts, domains with a dot before them, addresses and blocks. The cluster's own domain where it is not
   * `cluster.local`; a model store inside. The network policy still opens the proxy alone. Refused: `*`.
   * @default - none
   */
  readonly noProxy?: string[];
}

export const PROXY_EGRESS_OPTIONS: PropTable<ProxyEgressOptions> = { noProxy: optional(listOf(text)) };

/** Where pods may connect to, beyond DNS. */
export class Egress {
  /**
   * HTTPS (TCP 443) to every public address and to nothing inside. The hosts of NGC (`NgcHosts`) have no fixed
   * addresses, and a network policy knows addresses only: filter by name with a proxy (`viaProxy`), or with a policy
   * of your network plugin.
   */
  public static publicHttps(): Egress {
    return new Egress(HTTPS_PORT, [], undefined, true);
  }

  /** HTTPS (TCP 443) to the given peers only, for example a model store inside the network. */
  public static httpsTo(peers: INetworkPolicyPeer[]): Egress {
    requireProps('Egress.httpsTo', { peers }, { peers: required(listOf(peer)) });
    return new Egress(HTTPS_PORT, requirePeers('Egress.httpsTo', peers), undefined, false);
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
    return new Egress(
      requireKind('Egress.viaProxy port', Number(port), portKind),
      requirePeers('Egress.viaProxy', peers),
      url,
      false,
      requireProxyExceptions('Egress.viaProxy noProxy', options.noProxy ?? []),
    );
  }

  /** Nothing but DNS: for pods that find everything in their volumes. */
  public static none(): Egress {
    return new Egress(HTTPS_PORT, [], undefined, false);
  }

  private constructor(
    /** The port that opens to the peers. */
    public readonly port: number,
    private readonly peers: readonly INetworkPolicyPeer[],
    /** The URL of the proxy, when there is one. */
    public readonly proxyUrl: string | undefined,
    private readonly toPublic: boolean,
    private readonly exceptions: readonly string[] = [],
  ) {}

  /** What the pods reach without the proxy. */
  public get noProxy(): string[] {
    return [...this.exceptions];
  }

  /** The allowed destinations as peers of a network policy. */
  public bind(scope: Construct): INetworkPolicyPeer[] {
    return this.toPublic
      ? [
          NetworkPolicyIpBlock.ipv4(scope, 'PublicIpv4', '0.0.0.0/0', notPublic('IPv4')),
          NetworkPolicyIpBlock.ipv6(scope, 'PublicIpv6', '::/0', notPublic('IPv6')),
        ]
      : [...this.peers];
  }
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
