import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '../support/manifests';
import { type Cluster, clusterOf, type Endpoint, type Outside, type Pod } from './cluster';
import { routes, serviceDoors } from './doors';
import { allowedPorts } from './evaluator';
import { podWith } from './world';
import type { NetworkPolicySpec, PolicyPort, Protocol } from './policy-objects';
import { LAST_PORT, PortSet } from './port-set';

const POD: Manifest = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'server', namespace: 'home', labels: { app: 'server' } },
  spec: {
    containers: [
      {
        ports: [
          { name: 'api', containerPort: 8000 },
          { name: 'names', containerPort: 5353, protocol: 'UDP' },
        ],
      },
    ],
  },
};

function clusterWith(...specs: NetworkPolicySpec[]): Cluster {
  const policies = specs.map((spec, index): Manifest => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: `policy-${index}`, namespace: 'home' },
    spec,
  }));
  return clusterOf([POD, ...policies], { labelled: { team: 'search' } });
}

function serverOf({ pods }: Cluster): Pod {
  const [server] = pods;
  if (server === undefined) {
    throw new Error('no pod was made');
  }
  return server;
}

function outside(address: string): Outside {
  return { kind: 'outside', name: address, address };
}

/** The TCP ports of the server that an endpoint reaches. */
function reached(cluster: Cluster, from: Endpoint, protocol: Protocol = 'TCP'): string {
  return allowedPorts(cluster, from, serverOf(cluster), protocol).toString();
}

const NEIGHBOUR = podWith('home', { app: 'client' });
const STRANGER = podWith('elsewhere', { app: 'client' });
const ISOLATED: NetworkPolicySpec = { podSelector: {}, policyTypes: ['Ingress', 'Egress'] };

describe('isolation', () => {
  it('leaves a pod open that no policy selects', () => {
    const cluster = clusterWith({ podSelector: { matchLabels: { app: 'other' } } });
    expect(reached(cluster, STRANGER)).toBe('all');
  });

  it('closes a direction that a policy names, and leaves the other open', () => {
    const cluster = clusterWith({ podSelector: {} });
    expect(reached(cluster, NEIGHBOUR)).toBe('none');
    expect(allowedPorts(cluster, serverOf(cluster), NEIGHBOUR, 'TCP').toString()).toBe('none');
    expect(allowedPorts(cluster, serverOf(cluster), STRANGER, 'TCP').toString()).toBe('all');
    const both = clusterWith({ podSelector: {}, egress: [] });
    expect(allowedPorts(both, serverOf(both), STRANGER, 'TCP').toString()).toBe('none');
  });

  it('adds up the policies of a pod', () => {
    const port = (number: number): NetworkPolicySpec => ({ podSelector: {}, ingress: [{ ports: [{ port: number }] }] });
    expect(reached(clusterWith(port(80), port(443)), STRANGER)).toBe('80,443');
  });

  it('needs both ends', () => {
    const open: NetworkPolicySpec = { podSelector: { matchLabels: { app: 'server' } }, ingress: [{}] };
    const closed: NetworkPolicySpec = { podSelector: { matchLabels: { app: 'client' } }, policyTypes: ['Egress'] };
    expect(reached(clusterWith(open, closed), NEIGHBOUR)).toBe('none');
    expect(reached(clusterWith(open), NEIGHBOUR)).toBe('all');
  });

  it('never closes a pod to itself or to its own node, in either direction', () => {
    const cluster = clusterWith(ISOLATED);
    const server = serverOf(cluster);
    const node: Endpoint = { kind: 'node', name: server.node, address: '10.10.0.8' };
    expect(allowedPorts(cluster, server, server, 'TCP').toString()).toBe('all');
    expect(allowedPorts(cluster, node, server, 'UDP').toString()).toBe('all');
    expect(allowedPorts(cluster, server, node, 'TCP').toString()).toBe('all');
    expect(reached(cluster, { ...node, name: 'another' })).toBe('none');
  });

  it('does not hold for pods on the host network', () => {
    const pod = { ...POD, spec: { hostNetwork: true, containers: [] } };
    const cluster = clusterOf([pod, { ...POD, kind: 'NetworkPolicy', spec: ISOLATED }]);
    expect(reached(cluster, STRANGER)).toBe('all');
    expect(serviceDoors(cluster)).toEqual(['host network -> pod home/server']);
  });
});

describe('peers', () => {
  const from = (...peers: NonNullable<NonNullable<NetworkPolicySpec['ingress']>[number]['from']>): Cluster =>
    clusterWith({ podSelector: {}, ingress: [{ from: peers }] });

  it('are everybody when there are none', () => {
    expect(reached(from(), outside('203.0.113.1'))).toBe('all');
  });

  it('are pods of the own namespace for a selector of pods alone', () => {
    const cluster = from({ podSelector: { matchLabels: { app: 'client' } } });
    expect(reached(cluster, NEIGHBOUR)).toBe('all');
    expect(reached(cluster, STRANGER)).toBe('none');
    expect(reached(cluster, podWith('home', { app: 'other' }))).toBe('none');
  });

  it('are pods of the namespaces that a selector matches, by their name or their labels', () => {
    const named = from({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'elsewhere' } } });
    expect(reached(named, STRANGER)).toBe('all');
    expect(reached(named, NEIGHBOUR)).toBe('none');
    const labelled = from({ namespaceSelector: { matchLabels: { team: 'search' } }, podSelector: {} });
    expect(reached(labelled, podWith('labelled', {}))).toBe('all');
    expect(reached(labelled, STRANGER)).toBe('none');
    expect(reached(from({ namespaceSelector: {} }), STRANGER)).toBe('all');
    expect(reached(from({ namespaceSelector: {} }), outside('203.0.113.1'))).toBe('none');
  });

  it.each([
    ['In', ['client', 'other'], { app: 'client' }, {}],
    ['NotIn', ['client'], {}, { app: 'client' }],
    ['Exists', undefined, { app: 'x' }, {}],
    ['DoesNotExist', undefined, {}, { app: 'x' }],
  ])('are matched by expressions: %s', (operator, values, matching, other) => {
    const expression = { key: 'app', operator, ...(values === undefined ? {} : { values }) };
    const cluster = from({ podSelector: { matchExpressions: [expression] } });
    expect(reached(cluster, podWith('home', matching))).toBe('all');
    expect(reached(cluster, podWith('home', other))).toBe('none');
  });

  it.each([
    ['10.0.0.0/8', ['10.0.0.0', '10.255.255.255'], ['9.255.255.255', '11.0.0.0', '::a00:1']],
    ['100.64.0.0/10', ['100.64.0.0', '100.127.255.255'], ['100.63.255.255', '100.128.0.0']],
    ['172.16.0.0/12', ['172.16.0.0', '172.31.255.255'], ['172.15.255.255', '172.32.0.0']],
    ['0.0.0.0/0', ['0.0.0.0', '255.255.255.255'], ['::1']],
    ['169.254.20.10/32', ['169.254.20.10'], ['169.254.20.11', '169.254.20.9']],
    ['fc00::/7', ['fc00::', 'fdff:ffff::1'], ['fbff::1', 'fe00::']],
    ['fe80::/10', ['fe80::1', 'febf::1'], ['fec0::', 'fe7f::']],
    ['::/0', ['::', '2001:db8::1'], ['10.0.0.1']],
  ])('are addresses in a block: %s', (cidr, inside, not) => {
    const cluster = from({ ipBlock: { cidr } });
    expect(inside.filter((address) => reached(cluster, outside(address)) !== 'all')).toEqual([]);
    expect(not.filter((address) => reached(cluster, outside(address)) !== 'none')).toEqual([]);
  });

  it('are no addresses that a block excepts', () => {
    const cluster = from({ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '10.2.0.0/16'] } });
    expect(reached(cluster, outside('10.2.3.4'))).toBe('none');
    expect(reached(cluster, outside('10.3.0.0'))).toBe('all');
  });

  it('are nodes and pods on the host network by their address only', () => {
    const node: Endpoint = { kind: 'node', name: 'another', address: '10.10.0.9' };
    const pod: Pod = { ...NEIGHBOUR, hostNetwork: true, address: '10.10.0.9' };
    const bySelector = from({ podSelector: {} }, { namespaceSelector: {} });
    const byBlock = from({ ipBlock: { cidr: '10.10.0.0/24' } });
    for (const source of [node, pod]) {
      expect(reached(bySelector, source)).toBe('none');
      expect(reached(byBlock, source)).toBe('all');
    }
  });
});

describe('ports', () => {
  const to = (...ports: PolicyPort[]): Cluster => clusterWith({ podSelector: {}, ingress: [{ ports }] });

  it('are all ports when there are none, and those of one protocol when only that is named', () => {
    expect(reached(to(), STRANGER, 'SCTP')).toBe('all');
    expect(reached(to({ protocol: 'UDP' }), STRANGER, 'UDP')).toBe('all');
    expect(reached(to({ protocol: 'UDP' }), STRANGER, 'TCP')).toBe('none');
  });

  it('are TCP unless they say otherwise', () => {
    expect(reached(to({ port: 80 }), STRANGER)).toBe('80');
    expect(reached(to({ port: 80 }), STRANGER, 'UDP')).toBe('none');
  });

  it('are ranges with an end', () => {
    expect(reached(to({ port: 8000, endPort: 8002 }, { port: 8003 }), STRANGER)).toBe('8000-8003');
  });

  it('are the ports of the containers behind a name', () => {
    expect(reached(to({ port: 'api' }), STRANGER)).toBe('8000');
    expect(reached(to({ port: 'names' }), STRANGER)).toBe('none');
    expect(reached(to({ port: 'names', protocol: 'UDP' }), STRANGER, 'UDP')).toBe('5353');
  });

  it('are the same one by one, for each of the 65,535 and for sets of any form', () => {
    const number = fc.integer({ min: 1, max: LAST_PORT });
    const entry = fc.record({ port: number, length: fc.integer({ min: 0, max: 3000 }), udp: fc.boolean() });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 6 }), fc.array(entry, { minLength: 1 }), (a, b) => {
        const portsOf = (entries: typeof a): PolicyPort[] =>
          entries.map(({ port, length, udp }) => ({
            port,
            ...(length === 0 ? {} : { endPort: Math.min(port + length, LAST_PORT) }),
            ...(udp ? { protocol: 'UDP' } : {}),
          }));
        const cluster = clusterWith(
          { podSelector: { matchLabels: { app: 'server' } }, ingress: [{ ports: portsOf(a) }] },
          { podSelector: { matchLabels: { app: 'client' } }, egress: [{ ports: portsOf(b) }] },
        );
        for (const protocol of ['TCP', 'UDP'] as const) {
          const inEntries = (entries: typeof a, port: number): boolean =>
            entries.some(
              (one) => one.udp === (protocol === 'UDP') && one.port <= port && port <= one.port + one.length,
            );
          const alone = allowedPorts(cluster, STRANGER, serverOf(cluster), protocol);
          const wrong = Array.from({ length: LAST_PORT }, (_, index) => index + 1).filter(
            (port) => alone.has(port) !== inEntries(a, port),
          );
          expect(wrong).toEqual([]);
          const both = allowedPorts(cluster, NEIGHBOUR, serverOf(cluster), protocol);
          const wrongTogether = Array.from({ length: LAST_PORT }, (_, index) => index + 1).filter(
            (port) => both.has(port) !== (inEntries(a, port) && inEntries(b, port)),
          );
          expect(wrongTogether).toEqual([]);
        }
      }),
      { numRuns: 1 },
    );
  });

  it('are joined, cut and written in one form', () => {
    const set = PortSet.range(10, 20).union(PortSet.range(21), PortSet.range(5, 7), PortSet.range(15, 18));
    expect(set.toString()).toBe('5-7,10-21');
    expect(set.intersect(PortSet.range(6, 12)).toString()).toBe('6-7,10-12');
    expect(PortSet.range(0, 70_000).toString()).toBe('all');
    expect(PortSet.range(0).toString()).toBe('none');
  });
});

describe('doors', () => {
  const service = (spec: Record<string, unknown>): Manifest => ({ ...POD, kind: 'Service', spec });

  it('name the type of a Service, its port, and where it ends', () => {
    const ports = [{ port: 80, targetPort: 'api' }];
    const cluster = clusterOf([
      POD,
      service({ type: 'NodePort', selector: { app: 'server' }, ports }),
      service({ selector: { app: 'server' }, ports, externalIPs: ['203.0.113.1'] }),
      service({ selector: { app: 'other' }, ports }),
      service({ ports }),
    ]);
    expect(serviceDoors(cluster)).toEqual([
      'NodePort home/server TCP 80 -> pod home/server 8000',
      'ClusterIP with external addresses home/server TCP 80 -> pod home/server 8000',
    ]);
  });

  it('name ports of the node', () => {
    const pod = { ...POD, spec: { containers: [{ ports: [{ containerPort: 8000, hostPort: 80 }] }] } };
    expect(serviceDoors(clusterOf([pod]))).toEqual(['host port 80 -> pod home/server']);
  });

  it('name what a default backend and a path without a host serve', () => {
    const backend = { service: { name: 'server', port: { number: 80 } } };
    const cluster = clusterOf([
      {
        ...POD,
        kind: 'Ingress',
        spec: { defaultBackend: backend, rules: [{ http: { paths: [{ path: '/a', pathType: 'Prefix', backend }] } }] },
      },
    ]);
    expect(routes(cluster).map(({ host, path, match }) => `${host}${path} ${match}`)).toEqual([
      '*/ Prefix',
      '*/a Prefix',
    ]);
  });
});
