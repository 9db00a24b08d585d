/**
 * Compiles the NetworkPolicies that select a pod into rules for the pod's own network namespace, as a network plugin does for
 * its interface: peers that are pods become their addresses, address blocks and ports are left to the kernel.
 */
import { isIPv6 } from 'node:net';
import type { Cluster, Endpoint, Pod } from '../reachability/cluster';
import { isolatingPolicies, isPeer, rulesOf } from '../reachability/evaluator';
import type { ContainerPort, IpBlock, NetworkPolicy, PolicyPeer, PolicyPort } from '../reachability/policy-objects';

/** The addresses that packets of an endpoint have. */
export type AddressBook = ReadonlyMap<Endpoint, readonly string[]>;

/** The ruleset for the namespace of a pod; `undefined` when nothing isolates the pod. */
export function compileNftables(cluster: Cluster, pod: Pod, addresses: AddressBook): string | undefined {
  const chains = (['Ingress', 'Egress'] as const).flatMap((direction) => {
    const policies = isolatingPolicies(cluster, pod, direction);
    return policies === undefined ? [] : [chain(cluster, pod, addresses, direction, policies)];
  });
  return chains.length === 0 ? undefined : `table inet network_policy {\n${chains.join('\n')}\n}\n`;
}

function chain(
  cluster: Cluster,
  pod: Pod,
  addresses: AddressBook,
  direction: 'Ingress' | 'Egress',
  policies: readonly NetworkPolicy[],
): string {
  const side = direction === 'Ingress' ? 'saddr' : 'daddr';
  const matches = (peers: readonly PolicyPeer[], policy: NetworkPolicy): string[] =>
    peers.length === 0
      ? ['']
      : peers.flatMap((peer) =>
          peer.ipBlock === undefined
            ? matchAddresses(
                side,
                [...addresses].flatMap(([endpoint, own]) => (isPeer(cluster, policy, peer, endpoint) ? own : [])),
              )
            : [matchBlock(side, peer.ipBlock)],
        );
  const targets = direction === 'Ingress' ? [pod] : [...addresses.keys()].filter((endpoint) => endpoint.kind === 'pod');
  const rules = policies.flatMap((policy) =>
    rulesOf(policy, direction).flatMap(({ peers, rule }) =>
      matches(peers, policy).flatMap((match) =>
        matchPorts(
          rule.ports ?? [],
          targets.flatMap(({ ports }) => ports),
        ).map((ports) => `${match} ${ports} accept`),
      ),
    ),
  );
  const node = [...addresses].flatMap(([endpoint, own]) =>
    endpoint.kind === 'node' && endpoint.name === pod.node ? own : [],
  );
  return [
    `  chain ${direction.toLowerCase()} {`,
    `    type filter hook ${direction === 'Ingress' ? 'input' : 'output'} priority filter; policy drop;`,
    '    ct state established,related accept',
    `    ${direction === 'Ingress' ? 'iif' : 'oif'} "lo" accept`,
    // Neighbour discovery of IPv6, which no policy is about.
    '    icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept',
    ...[...matchAddresses(side, node).map((match) => `${match} accept`), ...rules].map((rule) => `    ${rule.trim()}`),
    '  }',
  ].join('\n');
}

/** One match for each family of addresses. */
function matchAddresses(side: string, addresses: readonly string[]): string[] {
  const [v4, v6] = [addresses.filter((address) => !isIPv6(address)), addresses.filter(isIPv6)];
  return [
    ...(v4.length === 0 ? [] : [`ip ${side} { ${v4.join(', ')} }`]),
    ...(v6.length === 0 ? [] : [`ip6 ${side} { ${v6.join(', ')} }`]),
  ];
}

function matchBlock(side: string, { cidr, except = [] }: IpBlock): string {
  const family = cidr.includes(':') ? 'ip6' : 'ip';
  const all = cidr.endsWith('/0') ? `meta nfproto ${family === 'ip6' ? 'ipv6' : 'ipv4'}` : `${family} ${side} ${cidr}`;
  return except.length === 0 ? all : `${all} ${family} ${side} != { ${except.join(', ')} }`;
}

function matchPorts(ports: readonly PolicyPort[], containerPorts: readonly ContainerPort[]): string[] {
  return ports.length === 0 ? [''] : ports.flatMap((port) => matchPort(port, containerPorts));
}

function matchPort(
  { port, endPort, protocol = 'TCP' }: PolicyPort,
  containerPorts: readonly ContainerPort[],
): string[] {
  const name = protocol.toLowerCase();
  if (port === undefined) {
    return [`meta l4proto ${name}`];
  }
  const numbers =
    typeof port === 'number'
      ? [endPort === undefined ? `${port}` : `${port}-${endPort}`]
      : containerPorts
          .filter((own) => own.name === port && (own.protocol ?? 'TCP') === protocol)
          .map(({ containerPort }) => `${containerPort}`);
  return numbers.length === 0 ? [] : [`${name} dport { ${[...new Set(numbers)].join(', ')} }`];
}
