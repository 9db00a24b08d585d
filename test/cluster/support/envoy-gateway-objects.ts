/** What the platform team brings for a front door of Envoy Gateway, and what the tests read of the objects. */
import { at, find, type Manifest } from '../../support/manifests';

/** The namespace of Gateways. */
export const GATEWAYS = 'gateways';

/** A Gateway with one listener for HTTP and one for HTTPS. */
export function gatewayManifest(name: string, ports: { readonly http: number; readonly https: number }): Manifest {
  const allowedRoutes = { namespaces: { from: 'All' } };
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name, namespace: GATEWAYS },
    spec: {
      gatewayClassName: 'envoy-gateway',
      listeners: [
        { name: 'http', protocol: 'HTTP', port: ports.http, allowedRoutes },
        {
          name: 'https',
          protocol: 'HTTPS',
          port: ports.https,
          allowedRoutes,
          tls: { mode: 'Terminate', certificateRefs: [{ kind: 'Secret', name: 'embeddings-tls' }] },
        },
      ],
    },
  };
}

/** The name of the Gateway that the route attaches to. */
export function gatewayOf(objects: readonly Manifest[]): string {
  const route = find(objects, 'HTTPRoute', 'text-embedding');
  return at(route, 'spec.parentRefs.0.name') as string;
}

/** The limits of the objects, as the rate limit service writes them. */
export function limitsOf(objects: readonly Manifest[]): string[] {
  const rules = objects.flatMap((object) => (at(object, 'spec.rateLimit.global.rules') ?? []) as { limit: Limit }[]);
  return rules.map(({ limit }) => `unit=${limit.unit.toUpperCase()} requests_per_unit=${limit.requests},`);
}

interface Limit {
  readonly requests: number;
  readonly unit: string;
}

/** The host of the last route. */
export const LAST = 'last.example.com';

/** Redirects its own host, so that nothing is behind it. */
export function lastRoute(gateway: string): Manifest {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'last', namespace: GATEWAYS },
    spec: {
      parentRefs: [{ name: gateway, sectionName: 'http' }],
      hostnames: [LAST],
      rules: [
        { filters: [{ type: 'RequestRedirect', requestRedirect: { hostname: 'example.com', statusCode: 302 } }] },
      ],
    },
  };
}

/** What the documentation asks of the platform team: the policy may refer to a Service of another namespace. */
export function grants(surroundings: readonly Manifest[], objects: readonly Manifest[]): Manifest[] {
  const namespace = find(objects, 'HTTPRoute', 'text-embedding').metadata.namespace ?? '';
  return surroundings
    .filter(({ kind, metadata }) => kind === 'Service' && metadata.namespace !== namespace)
    .map(({ metadata }) => ({
      apiVersion: 'gateway.networking.k8s.io/v1beta1',
      kind: 'ReferenceGrant',
      metadata: { name: 'embeddings', namespace: metadata.namespace ?? '' },
      spec: {
        from: [{ group: 'gateway.envoyproxy.io', kind: 'SecurityPolicy', namespace }],
        to: [{ group: '', kind: 'Service', name: metadata.name }],
      },
    }));
}
