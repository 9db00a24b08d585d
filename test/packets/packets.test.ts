/** The rendered policies on real packets: what gets through has to be what the evaluator says, connection by connection. */
import { isIPv6 } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cluster, Endpoint } from '../reachability/cluster';
import { nameOf, pairs } from '../reachability/doors';
import { allowed } from '../reachability/evaluator';
import type { NetworkPolicySpec } from '../reachability/policy-objects';
import type { Manifest } from '../support/manifests';
import { type AddressBook, compileNftables } from './compile-nftables';
import { type Host, type Probe, TestNetwork } from './network';
import { production, type Scenario, twoNims } from './scenarios';

/** A connection to try, and how it is called. */
interface Attempt extends Probe {
  readonly source: Endpoint;
  readonly target: Endpoint;
}

/** A scenario on the wire. */
class Wire {
  /** Builds the network: a namespace for each pod and node, and one that owns all other addresses. */
  public static async of(scenario: Scenario): Promise<Wire> {
    const network = new TestNetwork();
    const hosts = new Map<string, Host>();
    const addresses = new Map<Endpoint, string[]>();
    const outside = scenario.world.filter(({ kind }) => kind === 'outside').map(({ address }) => address);
    const elsewhere = await network.addHost(outside);
    const endpoints = [...scenario.cluster.pods, ...scenario.world];
    for (const endpoint of endpoints) {
      // An address of both families, except for those outside, which are fixed.
      const own = endpoint.kind === 'outside' ? [endpoint.address] : [endpoint.address, ipv6Of(endpoint.address)];
      addresses.set(endpoint, own);
      if (!hosts.has(endpoint.address)) {
        hosts.set(endpoint.address, endpoint.kind === 'outside' ? elsewhere : await network.addHost(own));
      }
    }
    const wire = new Wire(network, scenario, hosts, addresses);
    await Promise.all([...new Set(hosts.values())].map((host) => network.listen(host, wire.ports)));
    return wire;
  }

  public readonly ports: Scenario['ports'];

  private constructor(
    private readonly network: TestNetwork,
    private readonly scenario: Scenario,
    private readonly hosts: ReadonlyMap<string, Host>,
    private readonly addresses: AddressBook,
  ) {
    const chance = Array.from({ length: 3 }, () => 20_000 + Math.floor(Math.random() * 40_000));
    this.ports = { ...scenario.ports, tcp: [...scenario.ports.tcp, ...new Set(chance)] };
  }

  /** Enforces the policies of a cluster, which has the pods of the scenario. */
  public enforce(cluster: Cluster): void {
    for (const pod of this.scenario.cluster.pods) {
      this.network.filter(this.hostOf(pod), compileNftables(cluster, pod, this.addresses));
    }
  }

  /** Every connection of the scenario: from and to the pods of the app, on every port. */
  public attempts(): Attempt[] {
    return pairs(this.scenario.cluster, this.scenario.world)
      .filter(([source, target]) => this.hostOf(source) !== this.hostOf(target))
      .flatMap(([source, target]) => {
        const ipv6 = isIPv6(source.address) || isIPv6(target.address);
        const [from, to] = [source, target].map((endpoint) =>
          ipv6 && !isIPv6(endpoint.address) ? ipv6Of(endpoint.address) : endpoint.address,
        ) as [string, string];
        return (['TCP', 'UDP'] as const).flatMap((protocol) =>
          this.ports[protocol === 'TCP' ? 'tcp' : 'udp'].map((port) => ({ source, target, from, to, protocol, port })),
        );
      });
  }

  /** The connections that got through, in lines. */
  public async through(attempts: readonly Attempt[]): Promise<string[]> {
    const lines = await Promise.all(
      [...new Set(this.hosts.values())].map(async (host) => {
        const own = attempts.filter(({ source }) => this.hostOf(source) === host);
        const probes = own.map(({ from, to, protocol, port }): Probe => ({ from, to, protocol, port }));
        const reached = await this.network.probe(host, probes);
        return own.filter((_, index) => reached[index]).map(lineOf);
      }),
    );
    return lines.flat().sort();
  }

  public async sweep(from: Endpoint, to: Endpoint): Promise<number[]> {
    return this.network.sweep(this.hostOf(from), to.address);
  }

  public async close(): Promise<void> {
    await this.network.close();
  }

  private hostOf({ address }: Endpoint): Host {
    const host = this.hosts.get(address);
    if (host === undefined) {
      throw new Error(`no host has the address ${address}`);
    }
    return host;
  }
}

function ipv6Of(address: string): string {
  return `fd00:${address
    .split('.')
    .map(Number)
    .map((part) => part.toString(16))
    .join(':')}::1`;
}

function lineOf({ source, target, protocol, port }: Attempt): string {
  return `${nameOf(source)} -> ${nameOf(target)}: ${protocol} ${port}`;
}

/** What the evaluator says about the same connections. */
function allowedOf(cluster: Cluster, attempts: readonly Attempt[]): string[] {
  return attempts
    .filter(({ source, target, protocol, port }) => allowed(cluster, source, target, protocol, port))
    .map(lineOf)
    .sort();
}

function endpointNamed(endpoints: readonly Endpoint[], name: string): Endpoint {
  const found = endpoints.find((endpoint) => nameOf(endpoint) === name);
  if (found === undefined) {
    throw new Error(`no ${name} among: ${endpoints.map(nameOf).join('; ')}`);
  }
  return found;
}

/** The objects with policies that are wrong: callers without names, a port too many, exceptions forgotten. */
function broken(objects: Manifest[]): Manifest[] {
  return objects.map((object) => {
    if (object.kind !== 'NetworkPolicy') {
      return object;
    }
    const spec = object['spec'] as NetworkPolicySpec;
    const [first, ...others] = spec.ingress ?? [];
    return {
      ...object,
      spec: {
        ...spec,
        ingress: [
          { ports: [{ port: 8002 }] },
          { ...first, ports: [...(first?.ports ?? []), { port: 8001, endPort: 8005 }] },
          ...others,
        ],
        egress: (spec.egress ?? []).map((rule) => ({
          ...rule,
          to: (rule.to ?? []).map((peer) =>
            peer.ipBlock === undefined ? peer : { ipBlock: { cidr: peer.ipBlock.cidr } },
          ),
        })),
      },
    };
  });
}

describe.each<[string, () => Scenario | Promise<Scenario>]>([
  ['main.ts, production', () => production()],
  ['two NIMs in a namespace', () => twoNims()],
])('%s', (_, make) => {
  let scenario: Scenario;
  let wire: Wire;

  beforeAll(async () => {
    scenario = await make();
    wire = await Wire.of(scenario);
  });

  afterAll(async () => {
    await wire.close();
  });

  it('gets everything through without policies: the network and the probes work', async () => {
    const attempts = wire.attempts();
    expect(await wire.through(attempts)).toEqual(attempts.map(lineOf).sort());
  });

  it('gets through what the evaluator allows, and nothing else', async () => {
    wire.enforce(scenario.cluster);
    const attempts = wire.attempts();
    const expected = allowedOf(scenario.cluster, attempts);
    expect(expected).not.toEqual([]);
    expect(expected.length).toBeLessThan(attempts.length / 2);
    expect(await wire.through(attempts)).toEqual(expected);
  });
});

describe('main.ts, production', () => {
  let scenario: Scenario;
  let wire: Wire;

  beforeAll(async () => {
    scenario = production();
    wire = await Wire.of(scenario);
  });

  afterAll(async () => {
    await wire.close();
  });

  it('answers the ingress controller on the API port, of all 65,535, and a stranger on none', async () => {
    const controller = endpointNamed(scenario.world, 'pod traefik/{app.kubernetes.io/name: traefik}');
    const stranger = endpointNamed(scenario.world, 'pod embeddings/{app: stranger}');
    const nim = endpointNamed(scenario.cluster.pods, 'pod embeddings/text-embedding-0');
    expect(await wire.sweep(stranger, nim)).toHaveLength(65_535);
    wire.enforce(scenario.cluster);
    const [reached, none] = await Promise.all([wire.sweep(controller, nim), wire.sweep(stranger, nim)]);
    expect(reached).toEqual([8000]);
    expect(none).toEqual([]);
  });

  it('lets through what a wrong policy opens, as the evaluator says: neither is blind', async () => {
    const { cluster } = production(broken);
    const wrong = { ...cluster, pods: scenario.cluster.pods };
    wire.enforce(wrong);
    const attempts = wire.attempts();
    const through = await wire.through(attempts);
    expect(through).toEqual(allowedOf(wrong, attempts));
    expect(through).toContain('node another -> pod embeddings/text-embedding-0: TCP 8002');
    // The Job that fills the cache is what connects to the outside in production; its name ends with a hash.
    expect(through).toContainEqual(
      expect.stringMatching(/^pod embeddings\/text-embedding-fill-\S+ -> outside 169\.254\.169\.254: TCP 443$/),
    );
    expect(through).not.toEqual(allowedOf(scenario.cluster, attempts));
  });
});
