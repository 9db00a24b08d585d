import type { ApiObject } from 'cdk8s';
import { type INetworkPolicyPeer, k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { addObjectWithLateSpec } from '../common/api-object';
import { NAMESPACE_NAME } from '../common/labels';

/** One peer and the ports that open for it. */
export interface PolicyRule {
  readonly peer: INetworkPolicyPeer;
  readonly ports: readonly { readonly protocol: 'TCP' | 'UDP'; readonly port: number }[];
}

export function tcp(port: number): PolicyRule['ports'][number] {
  return { protocol: 'TCP', port };
}

export function udp(port: number): PolicyRule['ports'][number] {
  return { protocol: 'UDP', port };
}

/** Who reaches the pods, and what they reach. */
export interface PolicyRules {
  readonly ingress: readonly PolicyRule[];
  readonly egress: readonly PolicyRule[];
}

/**
 * A NetworkPolicy that refuses whatever no rule allows, in both directions. The rules are read when it is rendered, because
 * front doors and clients come after it; what is rendered is a plain object, which takes JSON patches as it stands.
 */
export function addNetworkPolicy(
  scope: Construct,
  id: string,
  metadata: k8s.ObjectMeta,
  podLabels: Record<string, string>,
  rules: () => PolicyRules,
): ApiObject {
  return addObjectWithLateSpec(scope, id, k8s.KubeNetworkPolicy, metadata, () => policySpec(podLabels, rules()));
}

function policySpec(podLabels: Record<string, string>, { ingress, egress }: PolicyRules): k8s.NetworkPolicySpec {
  return {
    podSelector: { matchLabels: podLabels },
    policyTypes: ['Egress', 'Ingress'],
    // A direction without rules is an empty list: then Argo CD takes back a rule that somebody adds there by hand.
    egress: distinct(egress.map((rule) => ({ to: kubePeers(rule.peer), ports: ports(rule) }))),
    ingress: distinct(ingress.map((rule) => ({ from: kubePeers(rule.peer), ports: ports(rule) }))),
  };
}

/** Two doors of one controller share a rule. */
function distinct<Rule>(rules: readonly Rule[]): Rule[] {
  return [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()];
}

function ports(rule: PolicyRule): k8s.NetworkPolicyPort[] {
  return rule.ports.map(({ protocol, port }) => ({ protocol, port: k8s.IntOrString.fromNumber(port) }));
}

/** A peer in the words of a NetworkPolicy. */
export function kubePeers(peer: INetworkPolicyPeer): k8s.NetworkPolicyPeer[] {
  const { ipBlock, podSelector } = peer.toNetworkPolicyPeerConfig();
  if (ipBlock !== undefined) {
    return [{ ipBlock: { cidr: ipBlock.cidr, ...(ipBlock.except === undefined ? {} : { except: ipBlock.except }) } }];
  }
  const pods = podSelector?.labelSelector._toKube() ?? {};
  const namespaces = podSelector?.namespaces;
  const ofNamespaces = namespaces?.labelSelector?._toKube();
  // A selector of labels cannot hold two names, so each namespace is a peer of its own.
  return namespaces?.names === undefined
    ? [{ podSelector: pods, ...(ofNamespaces === undefined ? {} : { namespaceSelector: ofNamespaces }) }]
    : namespaces.names.map((name) => ({
        podSelector: pods,
        namespaceSelector: {
          ...ofNamespaces,
          matchLabels: { ...ofNamespaces?.matchLabels, [NAMESPACE_NAME]: name },
        },
      }));
}
