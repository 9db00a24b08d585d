import { beforeAll, describe, expect, it } from 'vitest';
import { INTERNAL_API_PATHS } from '../../lib/nim/api-paths';
import { goldenPrograms } from '../support/programs';
import { type Cluster, clusterOf } from './cluster';
import { connections, endsOf, pairs, routeDoors, routes, serviceDoors } from './doors';
import { allowedPorts, isolatingPolicies } from './evaluator';
import { intendedConnections, intendedRoutes, intendedServices } from './intent';
import { isParty, podWith, PUBLIC_ADDRESSES, worldOf } from './world';
import { PROTOCOLS } from './policy-objects';
import { PROGRAM_INTENTS, renderedObjects } from './programs';

describe.each(goldenPrograms())('$program', ({ program }) => {
  const nims = PROGRAM_INTENTS[program] ?? [];
  let cluster: Cluster;

  beforeAll(() => {
    cluster = clusterOf(renderedObjects(program));
  });

  it('says what it is meant to allow', () => {
    expect(nims).not.toEqual([]);
  });

  it('allows the connections that it is meant to allow, and no other, on all ports', () => {
    const world = worldOf(nims);
    expect(connections(cluster, world)).toEqual(intendedConnections(nims, pairs(cluster, world)));
  });

  it('has one Service port for each NIM, and serves the listed paths only', () => {
    expect(serviceDoors(cluster).sort()).toEqual(intendedServices(nims).sort());
    expect(routeDoors(cluster).sort()).toEqual(intendedRoutes(nims).sort());
  });

  it('lets the ingress controller reach the pods that its routes end at', () => {
    const world = worldOf(nims);
    const ends = routes(cluster).flatMap((route) => endsOf(cluster, route));
    expect(ends.length > 0).toBe(nims.some(({ paths }) => paths.length > 0));
    for (const { pod, ports } of ends) {
      const nim = nims.find(({ namespace, name }) => namespace === pod.namespace && pod.name.startsWith(`${name}-`));
      const parties = nim?.ingressControllers ?? [];
      const controllers = world.filter((endpoint) => parties.some((party) => isParty(party, endpoint)));
      expect(controllers).not.toEqual([]);
      for (const controller of controllers) {
        expect(allowedPorts(cluster, controller, pod, 'TCP').toString()).toBe(ports.toString());
      }
    }
  });

  it('isolates every pod in both directions', () => {
    expect(cluster.pods).not.toEqual([]);
    for (const pod of cluster.pods) {
      expect(isolatingPolicies(cluster, pod, 'Ingress'), pod.name).toBeDefined();
      expect(isolatingPolicies(cluster, pod, 'Egress'), pod.name).toBeDefined();
    }
  });

  it('lets no stranger in: no other pod of the namespace, no other namespace, no other node, no public address', () => {
    const namespaces = new Set(cluster.pods.map(({ namespace }) => namespace));
    const strangers = worldOf([]).filter(
      (endpoint) => endpoint.kind !== 'outside' || PUBLIC_ADDRESSES.includes(endpoint.address),
    );
    for (const namespace of namespaces) {
      strangers.push(podWith(namespace, { app: 'stranger' }));
    }
    const doors = cluster.pods.flatMap((pod) =>
      strangers.filter((stranger) =>
        PROTOCOLS.some((protocol) => !allowedPorts(cluster, stranger, pod, protocol).isEmpty),
      ),
    );
    expect(doors).toEqual([]);
  });

  it('has no Service or port that bypasses the cluster network, and no path that is meant for operators', () => {
    for (const door of serviceDoors(cluster)) {
      expect(door).toMatch(/^ClusterIP /);
    }
    for (const { path } of routes(cluster)) {
      expect(INTERNAL_API_PATHS.some((internal) => internal === path || internal.startsWith(`${path}/`))).toBe(false);
    }
  });
});
