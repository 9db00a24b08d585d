import { invalid } from '../common/invalid';

/**
 * What `connections` of cdk8s-plus reads to learn the ports of a peer. It asks for the containers of cdk8s-plus, which nothing of this
 * library has; a peer without any gets `ports: []`, and that means every port. It is no member of the type, because nothing but the
 * ports is there.
 */
const PORTS_OF_CONNECTIONS = 'containers';

/** Tells `connections.allowTo(peer)` of cdk8s-plus the ports of a peer. */
export function tellConnections(peer: object, ports: readonly number[]): void {
  const containers = [{ ports: ports.map((number) => ({ number })) }];
  Object.defineProperty(peer, PORTS_OF_CONNECTIONS, { get: () => containers });
}

/** Lets `connections.allowTo(peer)` of cdk8s-plus refuse a peer that names no ports. */
export function refuseConnections(peer: object, shown: string): void {
  Object.defineProperty(peer, PORTS_OF_CONNECTIONS, {
    get: () => {
      throw invalid({
        what: 'connections.allowTo peer',
        value: shown,
        because: 'a Peer names no ports, and cdk8s-plus would open every one of them',
        instead:
          'give it the workload, for a NIM `nim.deployment` or `TextEmbeddingNim.fromAttributes(…)`, or write a NetworkPolicy with the ports',
      });
    },
  });
}
