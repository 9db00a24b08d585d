import type { ApiObject } from 'cdk8s';
import type { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { ClusterDns } from './cluster-dns';
import type { Egress } from './egress';
import { addFqdnPolicy } from './cilium-policy';
import { addNetworkPolicy, type PolicyRule, tcp, udp } from './network-policy';
import { type ServiceMesh, throughMesh } from './service-mesh';

/** What pods may reach. */
export function outgoingRules(scope: Construct, dns: ClusterDns, egress: Egress, mesh?: ServiceMesh): PolicyRule[] {
  return [
    ...dns._servers(scope).map((server) => ({ peer: server, ports: [udp(dns.port), tcp(dns.port)] })),
    ...throughMesh(
      mesh,
      egress._destinations(scope).map(({ peer, ports }) => ({ peer, ports: ports.map(tcp) })),
    ),
  ];
}

/** The policies of pods that call, and that nobody calls. */
export interface OutgoingPolicies {
  readonly networkPolicy: ApiObject;
  /** The CiliumNetworkPolicy, when the egress names hosts. */
  readonly fqdnPolicy: ApiObject | undefined;
}

/** The policies for pods that call, and that nobody calls. */
export function addOutgoingPolicies(
  scope: Construct,
  id: string,
  metadata: k8s.ObjectMeta,
  podLabels: Record<string, string>,
  dns: ClusterDns,
  egress: Egress,
): OutgoingPolicies {
  const policy = new Construct(scope, id);
  const outgoing = outgoingRules(policy, dns, egress);
  return {
    networkPolicy: addNetworkPolicy(policy, 'Default', metadata, podLabels, () => ({ ingress: [], egress: outgoing })),
    fqdnPolicy: addFqdnPolicy(policy, 'Fqdns', metadata, podLabels, dns, egress),
  };
}
