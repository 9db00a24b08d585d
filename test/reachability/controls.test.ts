/** The comparison has to notice: each of these changes to the rendered objects of main.ts opens or closes something. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Manifest } from '../support/manifests';
import { clusterOf } from './cluster';
import { connections, pairs, routeDoors, serviceDoors } from './doors';
import { intendedConnections, intendedRoutes, intendedServices } from './intent';
import { worldOf } from './world';
import type { NetworkPolicySpec, PolicyRule, ServiceSpec } from './policy-objects';
import { PROGRAM_INTENTS, renderedObjects } from './programs';

const NIMS = PROGRAM_INTENTS['main.ts'] ?? [];

interface Difference {
  readonly opened: readonly string[];
  readonly closed: readonly string[];
}

/** What is possible and not meant to be, and what is meant to be and is not. */
function difference(objects: readonly Manifest[]): Difference {
  const cluster = clusterOf(objects);
  const world = worldOf(NIMS);
  const actual = [...connections(cluster, world), ...serviceDoors(cluster), ...routeDoors(cluster)];
  const intended = [
    ...intendedConnections(NIMS, pairs(cluster, world)),
    ...intendedServices(NIMS),
    ...intendedRoutes(NIMS),
  ];
  const [actualSet, intendedSet] = [new Set(actual), new Set(intended)];
  return {
    opened: actual.filter((line) => !intendedSet.has(line)),
    closed: intended.filter((line) => !actualSet.has(line)),
  };
}

type Change = (objects: readonly Manifest[]) => Manifest[];

/** Another spec of the production object of a kind. */
function changed<Spec>(kind: string, change: (spec: Spec) => Spec): Change {
  return (objects) =>
    objects.map((object) =>
      object.kind === kind && object.metadata.namespace === 'embeddings'
        ? { ...object, spec: change(object['spec'] as Spec) }
        : object,
    );
}

function policy(change: (spec: NetworkPolicySpec) => NetworkPolicySpec): Change {
  return changed('NetworkPolicy', change);
}

function eachRule(rules: readonly PolicyRule[] | undefined, change: (rule: PolicyRule) => PolicyRule): PolicyRule[] {
  return (rules ?? []).map(change);
}

describe('the comparison', () => {
  let rendered: Manifest[];

  beforeAll(() => {
    rendered = renderedObjects('main.ts');
  });

  it('finds nothing in what is rendered', () => {
    expect(difference(rendered)).toEqual({ opened: [], closed: [] });
  });

  it.each<[string, Change, string | RegExp]>([
    [
      'no callers named',
      policy((spec) => ({ ...spec, ingress: eachRule(spec.ingress, ({ ports = [] }) => ({ ports })) })),
      'outside 203.0.113.80 -> pod embeddings/text-embedding-0: TCP 8000',
    ],
    [
      'an empty list of callers',
      policy((spec) => ({ ...spec, ingress: eachRule(spec.ingress, (rule) => ({ ...rule, from: [] })) })),
      'pod elsewhere/{app: stranger} -> pod embeddings/text-embedding-0: TCP 8000',
    ],
    [
      'one more port',
      policy((spec) => ({
        ...spec,
        ingress: eachRule(spec.ingress, (rule) => ({ ...rule, ports: [...(rule.ports ?? []), { port: 8002 }] })),
      })),
      'pod rag/{app.kubernetes.io/name: retriever} -> pod embeddings/text-embedding-0: TCP 8000,8002',
    ],
    [
      'no ports',
      policy((spec) => ({ ...spec, ingress: eachRule(spec.ingress, ({ from = [] }) => ({ from })) })),
      'pod rag/{app.kubernetes.io/name: retriever} -> pod embeddings/text-embedding-0: UDP all',
    ],
    [
      'another selector',
      policy((spec) => ({ ...spec, podSelector: { matchLabels: { app: 'text-embedding' } } })),
      'pod embeddings/{app: stranger} -> pod embeddings/text-embedding-2: TCP all',
    ],
    [
      'no direction of egress',
      policy((spec) => ({ ...spec, policyTypes: ['Ingress'] })),
      'pod embeddings/text-embedding-1 -> outside 169.254.169.254: TCP all',
    ],
    [
      'no exceptions from the public addresses',
      policy((spec) => ({
        ...spec,
        egress: eachRule(spec.egress, (rule) => ({
          ...rule,
          to: (rule.to ?? []).map((peer) =>
            peer.ipBlock === undefined ? peer : { ipBlock: { cidr: peer.ipBlock.cidr } },
          ),
        })),
      })),
      /^pod embeddings\/text-embedding-fill-[^ ]+ -> outside 10\.96\.0\.1: TCP 443$/,
    ],
    [
      'a namespace without its pods',
      policy((spec) => ({
        ...spec,
        ingress: eachRule(spec.ingress, (rule) => ({
          ...rule,
          from: (rule.from ?? []).map(({ namespaceSelector = {} }) => ({ namespaceSelector })),
        })),
      })),
      'pod monitoring/{app: stranger} -> pod embeddings/text-embedding-0: TCP 8000',
    ],
    [
      'no policy at all',
      (objects) => objects.filter(({ kind }) => kind !== 'NetworkPolicy'),
      'node another -> pod embeddings/text-embedding-0: TCP all',
    ],
    [
      'a Service on the nodes',
      changed<ServiceSpec>('Service', (spec) => ({ ...spec, type: 'NodePort' })),
      'NodePort embeddings/text-embedding TCP 8000 -> pod embeddings/text-embedding-0 8000',
    ],
    [
      'a second Service port',
      changed<ServiceSpec>('Service', (spec) => ({ ...spec, ports: [...(spec.ports ?? []), { port: 8002 }] })),
      'ClusterIP embeddings/text-embedding TCP 8002 -> pod embeddings/text-embedding-0 8002',
    ],
    [
      'a path that is a prefix',
      (objects) => JSON.parse(JSON.stringify(objects).replaceAll('"Exact"', '"Prefix"')) as Manifest[],
      'embeddings.example.com/v1/models (Prefix) -> pod embeddings/text-embedding-0 8000',
    ],
  ])('notices %s', (_, change, line) => {
    expect(difference(change(rendered)).opened).toContainEqual(
      typeof line === 'string' ? line : expect.stringMatching(line),
    );
  });

  it('notices what is closed too', () => {
    const change = policy((spec) => ({
      ...spec,
      ingress: eachRule(spec.ingress, (rule) => ({ ...rule, ports: [{ port: 8001 }] })),
    }));
    expect(difference(change(rendered)).closed).toContain(
      'pod monitoring/{app.kubernetes.io/name: prometheus} -> pod embeddings/text-embedding-0: TCP 8000',
    );
  });
});
