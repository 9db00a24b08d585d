import type { Chart } from 'cdk8s';
import { type INetworkPolicyPeer, Namespaces, Pods } from 'cdk8s-plus-28';
import { ClusterDns, Egress, IngressController, type TextEmbeddingNimProps } from 'cdk8s-nim';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Manifest, render, testChart } from '../support/manifests';
import { renderTextEmbeddingNim } from '../support/nims';
import { runs } from '../support/property-runs';
import { addNims, intentOf, type RandomNim, randomNims } from './arbitraries';
import { CONTROLLER_NAMES } from './random-controllers';
import { NAMESPACE } from './random-peers';
import { type Cluster, clusterOf } from './cluster';
import { connections, endsOf, pairs, routeDoors, routes, serviceDoors } from './doors';
import { allowedPorts } from './evaluator';
import { intendedConnections, intendedRoutes, intendedServices } from './intent';
import { isParty, podWith, worldOf } from './world';

function clusterWith(nims: readonly RandomNim[]): Cluster {
  const chart = testChart({ namespace: NAMESPACE });
  addNims(chart, nims);
  return clusterOf(render(chart));
}

describe('any app with one or two NIMs', () => {
  it('allows the connections that its props say, and no other, on all ports', () => {
    fc.assert(
      fc.property(randomNims, (nims) => {
        const intent = intentOf(nims);
        const cluster = clusterWith(nims);
        const world = worldOf(intent);
        expect(connections(cluster, world)).toEqual(intendedConnections(intent, pairs(cluster, world)));
      }),
      runs(80),
    );
  });

  it('has one Service port for each NIM, and serves the listed paths only', () => {
    fc.assert(
      fc.property(randomNims, (nims) => {
        const intent = intentOf(nims);
        const cluster = clusterWith(nims);
        expect(serviceDoors(cluster)).toEqual(intendedServices(intent));
        expect(routeDoors(cluster).sort()).toEqual(intendedRoutes(intent).sort());
      }),
      runs(50),
    );
  });

  it('lets its ingress controller reach the port that the routes end at', () => {
    fc.assert(
      fc.property(randomNims, (nims) => {
        const intent = intentOf(nims);
        const cluster = clusterWith(nims);
        const world = worldOf(intent);
        for (const route of routes(cluster)) {
          const parties = intent.find(({ name }) => route.host.startsWith(`${name}.`))?.ingressControllers ?? [];
          const controllers = world.filter((endpoint) => parties.some((party) => isParty(party, endpoint)));
          expect(controllers).not.toEqual([]);
          for (const { pod, ports } of endsOf(cluster, route)) {
            for (const controller of controllers) {
              expect(allowedPorts(cluster, controller, pod, 'TCP').toString()).toBe(ports.toString());
            }
          }
        }
      }),
      runs(50),
    );
  });

  const nothing = (chart: Chart): INetworkPolicyPeer[] => [
    Pods.select(chart, 'nobody', {
      labels: { app: 'retriever' },
      namespaces: Namespaces.select(chart, 'nowhere', { names: [] }),
    }),
  ];

  it.each<[string, (chart: Chart) => Partial<TextEmbeddingNimProps>]>([
    ['clients', (chart) => ({ clients: nothing(chart) })],
    ['monitoring', (chart) => ({ monitoring: nothing(chart) })],
    ['egress', (chart) => ({ egress: Egress.httpsTo(nothing(chart)) })],
    ['dns', (chart) => ({ dns: ClusterDns.custom(nothing(chart)) })],
  ])('refuses peers that select nothing, or opens nothing to them: %s', (_, props) => {
    let objects: Manifest[];
    try {
      objects = renderTextEmbeddingNim(props);
    } catch (error) {
      expect(String(error)).toContain('is refused');
      return;
    }
    const cluster = clusterOf(objects);
    const stranger = podWith('elsewhere', { app: 'stranger' });
    for (const pod of cluster.pods) {
      expect(allowedPorts(cluster, stranger, pod, 'TCP').toString()).toBe('none');
      expect(allowedPorts(cluster, pod, stranger, 'TCP').toString()).toBe('none');
    }
  });

  it('covers every ingress controller of the library', () => {
    const factories = Object.entries(Object.getOwnPropertyDescriptors(IngressController)).flatMap(
      // What a controller of somebody else renders is its own affair.
      ([name, { value }]) => (typeof value === 'function' && name !== 'custom' ? [name] : []),
    );
    expect([...CONTROLLER_NAMES].sort()).toEqual(factories.sort());
  });
});
