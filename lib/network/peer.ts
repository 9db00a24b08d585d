import {
  type INetworkPolicyPeer,
  type IPodSelector,
  LabelSelector,
  NetworkPolicyIpBlock,
  type NetworkPolicyPeerConfig,
} from 'cdk8s-plus-28';
import { type IConstruct, RootConstruct } from 'constructs';
import { peer as anyPeer } from '../common/cdk8s-kinds';
import { addressBlock } from '../common/cidr';
import { invalid } from '../common/invalid';
import { requireLabels } from '../common/labels';
import { requireNamespaceName } from '../common/names';
import { refuseConnections } from './connection-ports';
import { recordOf, requireKind, text } from '../common/kinds';
import { optional, type PropTable, required, requireProps } from '../common/props';

/** Options of `Peer.pods`. */
export interface PodPeerOptions {
  /** Labels of the pods. Refused: none, and labels without a value, which a policy would leave out. */
  readonly labels: Record<string, string>;
  /**
   * Namespace of the pods.
   * @default - the namespace of the service that they talk to
   */
  readonly namespace?: string;
}

export const POD_PEER_OPTIONS: PropTable<PodPeerOptions> = {
  labels: required(recordOf(text)),
  namespace: optional(text),
};

/**
 * The other side of a connection, for `clients`, `monitoring`, `ingressControllers`, `Egress` and `ClusterDns`: without a scope
 * and an id, and the same with every package of cdk8s-plus. Peers of cdk8s-plus-28 (`Pods.select`, `NetworkPolicyIpBlock`) can be
 * given instead, those of its other packages by `Peer.fromCdk8sPlus`.
 *
 * @example
 * new nim.TextEmbeddingNim(chart, 'text-embedding', {
 *   model,
 *   credentials,
 *   clients: [nim.Peer.pods({ labels: { app: 'retriever' }, namespace: 'rag' }), nim.Peer.cidr('192.0.2.0/28')],
 * });
 */
export class Peer extends RootConstruct implements INetworkPolicyPeer {
  /** Pods by their labels. */
  public static pods(options: PodPeerOptions): Peer {
    requireProps('Peer.pods', options, POD_PEER_OPTIONS);
    const labels = requireLabels('Peer.pods labels', options.labels);
    if (Object.keys(labels).length === 0 || Object.values(labels).includes('')) {
      throw invalid({
        what: 'Peer.pods labels',
        value: labels,
        because: 'without labels that have a value, every pod of the namespace is meant',
        instead: "write the labels of the pods, for example { 'app.kubernetes.io/name': 'retriever' }",
      });
    }
    const { namespace } = options;
    return new Peer(`pods ${namespace ?? ''} ${Object.values(labels).join(' ')}`, () => ({
      podSelector: {
        labelSelector: LabelSelector.of({ labels }),
        ...(namespace === undefined
          ? {}
          : { namespaces: { names: [requireNamespaceName('Peer.pods namespace', namespace)] } }),
      },
    }));
  }

  /**
   * Addresses, IPv4 or IPv6.
   *
   * @param cidr an address and the length of its prefix. Refused: anything else, also the bare address.
   */
  public static cidr(cidr: string): Peer {
    if (addressBlock(requireKind('Peer.cidr cidr', cidr, text)) === undefined) {
      throw invalid({
        what: 'Peer.cidr cidr',
        value: cidr,
        because: 'a block is an address, "/" and the length of its prefix',
        instead: 'write for example "10.1.2.0/24", or "10.1.2.3/32" for one address',
      });
    }
    return new Peer(`addresses ${cidr}`, (peer) => ({
      ipBlock: cidr.includes(':')
        ? NetworkPolicyIpBlock.ipv6(peer, 'Block', cidr.toLowerCase())
        : NetworkPolicyIpBlock.ipv4(peer, 'Block', cidr),
    }));
  }

  /**
   * Refers to a peer that another package of cdk8s-plus has, such as a `Deployment`, `Pods` or a `NetworkPolicyIpBlock` of
   * cdk8s-plus-33. Compilers take those of cdk8s-plus-28 only, because each package has classes of its own.
   *
   * @param peer what the package calls an `INetworkPolicyPeer`; its labels and namespaces are read now. Refused: other constructs.
   */
  public static fromCdk8sPlus(peer: IConstruct): Peer {
    const config = requireKind(
      'Peer.fromCdk8sPlus peer',
      peer as INetworkPolicyPeer,
      anyPeer,
    ).toNetworkPolicyPeerConfig();
    return new Peer(`peer ${peer.node.path}`, () => config);
  }

  private readonly config: NetworkPolicyPeerConfig;

  private constructor(id: string, config: (peer: Peer) => NetworkPolicyPeerConfig) {
    super(id);
    this.config = config(this);
    refuseConnections(this, id);
  }

  /** As a policy of cdk8s-plus reads it. */
  public toNetworkPolicyPeerConfig(): NetworkPolicyPeerConfig {
    return this.config;
  }

  /** None: cdk8s-plus makes no policy of its own for these pods. */
  public toPodSelector(): IPodSelector | undefined {
    return undefined;
  }
}
