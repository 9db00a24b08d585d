import { type INetworkPolicyPeer, Namespaces, NetworkPolicyIpBlock, Pods } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { peer } from '../common/cdk8s-kinds';
import { ClusterPlatform } from '../common/cluster-platform';
import { invalid } from '../common/invalid';
import { listOf, port as portKind } from '../common/kinds';
import { required, requireProps } from '../common/props';
import { requireBounded } from './peers';

interface DnsPods {
  readonly namespace: string;
  readonly labels: Record<string, string>;
}

/**
 * Where pods ask for names.
 *
 * @example
 * new nim.TextEmbeddingNim(chart, 'text-embedding', { model, credentials, dns: nim.ClusterDns.GKE_CLOUD_DNS });
 */
export class ClusterDns {
  /**
   * CoreDNS or kube-dns in `kube-system`, labelled `k8s-app: kube-dns`, as kubeadm and the managed clusters have it; and
   * NodeLocal DNSCache at its usual address 169.254.20.10.
   */
  public static readonly KUBE_DNS = new ClusterDns(
    53,
    [{ namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } }],
    ['169.254.20.10/32'],
  );

  /** The DNS operator of OpenShift, whose pods listen on 5353. */
  public static readonly OPENSHIFT = new ClusterDns(
    5353,
    [{ namespace: 'openshift-dns', labels: { 'dns.operator.openshift.io/daemonset-dns': 'default' } }],
    [],
  );

  /** Cloud DNS of GKE, which answers at the address of the metadata service: the policy opens port 53 of it and nothing else. */
  public static readonly GKE_CLOUD_DNS = new ClusterDns(53, [], ['169.254.169.254/32']);

  /**
   * Any other DNS service.
   *
   * @param peers the DNS servers.
   * @param port the port that they listen on.
   */
  public static custom(peers: INetworkPolicyPeer[], port = 53): ClusterDns {
    requireProps('ClusterDns.custom', { peers, port }, { peers: required(listOf(peer)), port: required(portKind) });
    if (peers.length === 0) {
      throw invalid({
        what: 'ClusterDns.custom peers',
        value: peers,
        because: 'a pod without DNS cannot find anything',
        instead: 'name the pods or the address of the DNS servers',
      });
    }
    return new ClusterDns(port, [], [], peers.map(requireBounded));
  }

  private constructor(
    /** The port that the DNS servers listen on. */
    public readonly port: number,
    private readonly pods: readonly DnsPods[],
    private readonly addresses: readonly string[],
    private readonly peers: readonly INetworkPolicyPeer[] = [],
  ) {}

  /**
   * The DNS servers as peers of a network policy.
   *
   * @internal
   */
  public _servers(scope: Construct): INetworkPolicyPeer[] {
    return [
      ...this.peers,
      ...this.pods.map(({ namespace, labels }, index) =>
        Pods.select(scope, `Dns${index}`, {
          labels,
          namespaces: Namespaces.select(scope, `DnsNamespace${index}`, { names: [namespace] }),
        }),
      ),
      ...this.addresses.map((cidr, index) => NetworkPolicyIpBlock.ipv4(scope, `DnsAddress${index}`, cidr)),
    ];
  }
}

/** The DNS service that each platform comes with. */
export const PLATFORM_DNS: Readonly<Record<ClusterPlatform, ClusterDns>> = {
  [ClusterPlatform.KUBERNETES]: ClusterDns.KUBE_DNS,
  [ClusterPlatform.OPENSHIFT]: ClusterDns.OPENSHIFT,
};
