import type { Chart } from 'cdk8s';
import { ClusterDns, Egress } from 'cdk8s-nim';
import { type INetworkPolicyPeer, Namespaces, NetworkPolicyIpBlock, Pods } from 'cdk8s-plus-28';
import fc from 'fast-check';
import { KUBE_DNS, OPENSHIFT_DNS, PUBLIC_HTTPS } from './intent';
import type { NimIntent, Party } from './world';

export const NAMESPACE = 'embeddings';

/** A peer of a network policy, and the parties that it means. */
interface Peer {
  readonly make: (chart: Chart, id: string) => INetworkPolicyPeer;
  readonly means: readonly Party[];
}

function pods(labels: Record<string, string>, ...namespaces: string[]): Peer {
  return {
    make: (chart, id) =>
      Pods.select(chart, id, {
        labels,
        ...(namespaces.length === 0
          ? {}
          : { namespaces: Namespaces.select(chart, `${id}-namespaces`, { names: namespaces }) }),
      }),
    means: (namespaces.length === 0 ? [NAMESPACE] : namespaces).map((namespace) => ({ namespace, labels })),
  };
}

export function block(cidr: string, except: string[], ...addresses: string[]): Peer {
  return {
    make: (chart, id) =>
      cidr.includes(':')
        ? NetworkPolicyIpBlock.ipv6(chart, id, cidr, except)
        : NetworkPolicyIpBlock.ipv4(chart, id, cidr, except),
    means: [{ addresses }],
  };
}

const PEERS: readonly Peer[] = [
  pods({ app: 'retriever' }),
  pods({ app: 'retriever' }, 'rag'),
  pods({ app: 'retriever' }, 'rag', 'search'),
  pods({ app: 'indexer', tier: 'batch' }, 'rag'),
  pods({}, 'tools'),
  pods({ 'app.kubernetes.io/name': 'prometheus' }, 'monitoring'),
  block('10.60.0.0/16', ['10.60.7.0/24'], '10.60.1.2', '10.60.255.255'),
  block('10.61.0.16/28', [], '10.61.0.16', '10.61.0.31'),
  block('fd60:1::/64', ['fd60:1::8000/113'], 'fd60:1::7', 'fd60:1::7fff'),
];

export const peers = fc.uniqueArray(fc.constantFrom(...PEERS), { maxLength: 3 });
const somePeers = fc.uniqueArray(fc.constantFrom(...PEERS), { minLength: 1, maxLength: 3 });

/** A value of a prop, and what it means. */
interface Choice<Value, Meaning> {
  readonly make: (chart: Chart, id: string) => Value;
  readonly means: Meaning;
}

type EgressChoice = Choice<Egress, NimIntent['egress']>;
type DnsChoice = Choice<ClusterDns, NimIntent['dns']>;

export function madeOf(chosen: readonly Peer[], chart: Chart, id: string): INetworkPolicyPeer[] {
  return chosen.map(({ make }, index) => make(chart, `${id}-${index}`));
}

export const egress: fc.Arbitrary<EgressChoice> = fc.oneof(
  fc.constant<EgressChoice>({ make: () => Egress.none(), means: 'none' }),
  fc.constant<EgressChoice>({ make: () => Egress.publicHttps(), means: PUBLIC_HTTPS }),
  somePeers.map((chosen): EgressChoice => ({
    make: (chart, id) => Egress.httpsTo(madeOf(chosen, chart, id)),
    means: { to: meaningOf(chosen), port: 443 },
  })),
  fc.tuple(somePeers, fc.integer({ min: 1, max: 65_535 })).map(([chosen, port]): EgressChoice => ({
    make: (chart, id) => Egress.of([Egress.tcpTo(madeOf(chosen, chart, id), [port]), Egress.none()]),
    means: { to: meaningOf(chosen), port },
  })),
  fc.tuple(somePeers, fc.integer({ min: 1, max: 65_535 })).map(([chosen, port]): EgressChoice => ({
    make: (chart, id) => Egress.viaProxy(`http://proxy.egress.svc.cluster.local:${port}`, madeOf(chosen, chart, id)),
    means: { to: meaningOf(chosen), port },
  })),
);

export const dns: fc.Arbitrary<DnsChoice> = fc.oneof(
  fc.constant<DnsChoice>({ make: () => ClusterDns.KUBE_DNS, means: KUBE_DNS }),
  fc.constant<DnsChoice>({ make: () => ClusterDns.OPENSHIFT, means: OPENSHIFT_DNS }),
  fc.tuple(somePeers, fc.integer({ min: 1, max: 65_535 })).map(([chosen, port]): DnsChoice => ({
    make: (chart, id) => ClusterDns.custom(madeOf(chosen, chart, id), port),
    means: { servers: meaningOf(chosen), port },
  })),
);

export function meaningOf(chosen: readonly Peer[]): Party[] {
  return chosen.flatMap(({ means }) => means);
}
