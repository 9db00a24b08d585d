import type { ApiObject } from 'cdk8s';
import type { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { ClusterDns } from './cluster-dns';
import type { Egress } from './egress';
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

/** A NetworkPolicy for pods that call, and that nobody calls. */
export function addOutgoingPolicy(
  scope: Construct,
  id: string,
  metadata: k8s.ObjectMeta,
  podLabels: Record<string, string>,
  dns: ClusterDns,
  egress: Egress,
): ApiObject {
  const policy = new Construct(scope, id);
  const outgoing = outgoingRules(policy, dns, egress);
  return addNetworkPolicy(policy, 'Default', metadata, podLabels, () => ({ ingress: [], egress: outgoing }));
}
