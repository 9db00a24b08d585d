import type { Endpoint } from './cluster';
import { connection } from './doors';
import { PROTOCOLS, type Protocol } from './policy-objects';
import { PortSet } from './port-set';
import { type Party, type NimIntent, PUBLIC_ADDRESSES, isParty, isPodOf, isFillOf, isOwnNode } from './world';

export const KUBE_DNS: NimIntent['dns'] = {
  servers: [{ namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } }, { addresses: ['169.254.20.10'] }],
  port: 53,
};

export const OPENSHIFT_DNS: NimIntent['dns'] = {
  servers: [{ namespace: 'openshift-dns', labels: { 'dns.operator.openshift.io/daemonset-dns': 'default' } }],
  port: 5353,
};

export const PUBLIC_HTTPS: NimIntent['egress'] = { to: 'public', port: 443 };

/** Every connection that is meant to be possible, in the lines of `connections`. */
export function intendedConnections(
  nims: readonly NimIntent[],
  pairs: readonly (readonly [from: Endpoint, to: Endpoint])[],
): string[] {
  return pairs.flatMap(([from, to]) => {
    const source = nims.find((nim) => isPodOf(nim, from));
    const filling = nims.find((nim) => isFillOf(nim, from));
    const target = nims.find((nim) => isPodOf(nim, to));
    const isFill = nims.some((nim) => isFillOf(nim, to));
    const leaving = (protocol: Protocol): PortSet =>
      source !== undefined
        ? intendedOut(source, to, protocol)
        : filling !== undefined
          ? intendedOut({ ...filling, egress: filling.fillEgress ?? 'none', beside: [] }, to, protocol)
          : PortSet.ALL;
    const ports = (protocol: Protocol): PortSet => {
      const entering = isFill ? PortSet.NONE : target === undefined ? PortSet.ALL : intendedIn(target, from, protocol);
      return leaving(protocol).intersect(entering);
    };
    return PROTOCOLS.map((protocol): [Protocol, PortSet] => [
      protocol,
      isOwnNode(from, to) || isOwnNode(to, from) ? PortSet.ALL : ports(protocol),
    ])
      .filter(([, allowed]) => !allowed.isEmpty)
      .map(([protocol, allowed]) => connection(from, to, protocol, allowed));
  });
}

function intendedIn(nim: NimIntent, from: Endpoint, protocol: Protocol): PortSet {
  const isOneOf = (callers: readonly Party[]): boolean =>
    protocol === 'TCP' && callers.some((caller) => isParty(caller, from));
  const callers = [...nim.ingressControllers, ...nim.clients, ...nim.monitoring];
  return PortSet.NONE.union(
    isOneOf(callers) ? PortSet.range(nim.port) : PortSet.NONE,
    nim.tunnelPort !== undefined && isOneOf(callers.filter((caller) => 'labels' in caller))
      ? PortSet.range(nim.tunnelPort)
      : PortSet.NONE,
    nim.metricsPort !== undefined && isOneOf(nim.monitoring) ? PortSet.range(nim.metricsPort) : PortSet.NONE,
  );
}

function intendedOut(
  { dns, egress, furtherEgress, beside = [] }: NimIntent,
  to: Endpoint,
  protocol: Protocol,
): PortSet {
  const isServer = protocol !== 'SCTP' && dns.servers.some((server) => isParty(server, to));
  return PortSet.NONE.union(
    isServer ? PortSet.range(dns.port) : PortSet.NONE,
    ...(protocol === 'TCP' ? [egress, furtherEgress].map((destination) => portsOf(destination, to)) : []),
    ...beside
      .filter((destination) => protocol === 'TCP' && isParty(destination.to, to))
      .flatMap(({ ports }) => ports.map((port) => PortSet.range(port))),
  );
}

function portsOf(egress: NimIntent['egress'] | undefined, to: Endpoint): PortSet {
  if (egress === undefined || egress === 'none') {
    return PortSet.NONE;
  }
  const isDestination =
    egress.to === 'public' ? PUBLIC_ADDRESSES.includes(to.address) : egress.to.some((party) => isParty(party, to));
  return isDestination ? PortSet.range(egress.port) : PortSet.NONE;
}

/** The one Service of each NIM with its one port, in the lines of `serviceDoors`. */
export function intendedServices(nims: readonly NimIntent[]): string[] {
  return nims.flatMap(({ namespace, name, replicas, port }) =>
    Array.from(
      { length: replicas },
      (_, index) => `ClusterIP ${namespace}/${name} TCP ${port} -> pod ${namespace}/${name}-${index} ${port}`,
    ),
  );
}

/** The served paths, in the lines of `routeDoors`. */
export function intendedRoutes(nims: readonly NimIntent[]): string[] {
  return nims.flatMap(({ namespace, name, replicas, port, paths, match = 'Exact' }) =>
    paths.flatMap((path) =>
      Array.from({ length: replicas }, (_, index) => `${path} (${match}) -> pod ${namespace}/${name}-${index} ${port}`),
    ),
  );
}
