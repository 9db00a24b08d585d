import type { INetworkPolicyPeer, LabelSelector, NetworkPolicyIpBlock } from 'cdk8s-plus-28';
import { addressBlock, isWide, shortestPrefix } from '../common/cidr';
import { invalid } from '../common/invalid';

/**
 * Refuses a peer that means everybody: a block that is too wide, a selector for all pods of all namespaces, and a selector
 * without any namespace, which renders as an empty list, and an empty list admits everybody.
 */
export function requireBounded(peer: INetworkPolicyPeer): INetworkPolicyPeer {
  const { ipBlock, podSelector } = peer.toNetworkPolicyPeerConfig();
  if (ipBlock !== undefined) {
    requireNarrow(peer, ipBlock);
  }
  const namespaces = podSelector?.namespaces;
  if (namespaces?.names?.length === 0) {
    throw invalid({
      what: `network policy peer ${peer.node.path}`,
      value: namespaces.names,
      because: 'it names no namespace, and a rule without peers means everybody',
      instead: 'name at least one namespace, or leave the peer out',
    });
  }
  const everyNamespace =
    namespaces !== undefined && namespaces.names === undefined && selectsAll(namespaces.labelSelector);
  if (everyNamespace && selectsAll(podSelector?.labelSelector)) {
    throw invalid({
      what: `network policy peer ${peer.node.path}`,
      value: 'all pods of all namespaces',
      because: 'it means every pod of the cluster',
      instead: 'name namespaces, or labels with values (a label without value is left out of the policy)',
    });
  }
  return peer;
}

function requireNarrow(peer: INetworkPolicyPeer, { cidr }: NetworkPolicyIpBlock): void {
  if (addressBlock(cidr) === undefined || isWide(cidr)) {
    throw invalid({
      what: `network policy peer ${peer.node.path}`,
      value: cidr,
      because: `a block wider than /${shortestPrefix(cidr)} holds anybody's addresses, inside and outside the cluster`,
      instead: 'name the pods, or the address range of the nodes, load balancers or servers',
    });
  }
}

/** cdk8s-plus leaves labels without values out, so what counts is what it renders. */
function selectsAll(selector: LabelSelector | undefined): boolean {
  return selector === undefined || JSON.stringify(selector._toKube()) === '{}';
}
