/** Everything that leads to the pods of an app, as lines that can be compared and read: connections, Services and routes. */
import { at, type Manifest } from '../support/manifests';
import { type Cluster, type Endpoint, namespaceOf, ofKind, type Pod, type Service } from './cluster';
import { allowedEverywhere, namedPorts } from './evaluator';
import { PROTOCOLS, type ServiceSpec } from './policy-objects';
import { PortSet } from './port-set';

/** How an endpoint is called in the lines. */
export function nameOf(endpoint: Endpoint): string {
  return endpoint.kind === 'pod' ? `pod ${endpoint.namespace}/${endpoint.name}` : `${endpoint.kind} ${endpoint.name}`;
}

/** One line of a result: which ports of `to` the endpoint `from` reaches. */
export function connection(from: Endpoint, to: Endpoint, protocol: string, ports: PortSet): string {
  return `${nameOf(from)} -> ${nameOf(to)}: ${protocol} ${ports.toString()}`;
}

/** Every connection that can be made to a pod of the app or by one, in both directions, over all ports. */
export function connections(cluster: Cluster, world: readonly Endpoint[]): string[] {
  return pairs(cluster, world).flatMap(([from, to]) => {
    const ports = allowedEverywhere(cluster, from, to);
    return PROTOCOLS.filter((protocol) => !ports[protocol].isEmpty).map((protocol) =>
      connection(from, to, protocol, ports[protocol]),
    );
  });
}

/** Every pair of endpoints of which one is a pod of the app. */
export function pairs({ pods }: Cluster, world: readonly Endpoint[]): [from: Endpoint, to: Endpoint][] {
  return pods.flatMap((pod) => [
    ...world.map((from): [Endpoint, Endpoint] => [from, pod]),
    ...world.map((to): [Endpoint, Endpoint] => [pod, to]),
    ...pods.filter((other) => other !== pod).map((other): [Endpoint, Endpoint] => [other, pod]),
  ]);
}

/** Ways in beside the address of a pod: the ports of Services with their type and what they end at, and ports of nodes. */
export function serviceDoors(cluster: Cluster): string[] {
  const fromServices = cluster.services.flatMap((service) =>
    (service.spec.ports ?? []).flatMap((port) =>
      podsOf(cluster, service).map((pod) => {
        const { protocol = 'TCP' } = port;
        const ports = endOf(pod, port).toString();
        return `${exposureOf(service.spec)} ${service.namespace}/${service.name} ${protocol} ${port.port} -> ${nameOf(pod)} ${ports}`;
      }),
    ),
  );
  const fromNodes = cluster.pods.flatMap((pod) =>
    pod.hostNetwork
      ? [`host network -> ${nameOf(pod)}`]
      : pod.ports.flatMap(({ hostPort }) =>
          hostPort === undefined ? [] : [`host port ${hostPort} -> ${nameOf(pod)}`],
        ),
  );
  return [...fromServices, ...fromNodes];
}

function exposureOf({ type = 'ClusterIP', externalIPs = [] }: ServiceSpec): string {
  return externalIPs.length === 0 ? type : `${type} with external addresses`;
}

function podsOf({ pods }: Cluster, { namespace, spec }: Service): Pod[] {
  const selector = Object.entries(spec.selector ?? {});
  return selector.length === 0
    ? []
    : pods.filter((pod) => pod.namespace === namespace && selector.every(([key, value]) => pod.labels[key] === value));
}

function endOf(pod: Pod, port: NonNullable<ServiceSpec['ports']>[number]): PortSet {
  const target = port.targetPort ?? port.port;
  return typeof target === 'number' ? PortSet.range(target) : namedPorts(pod, target, port.protocol ?? 'TCP');
}

/** A path that an ingress controller serves, and the port of a Service that it hands requests to. */
export interface Route {
  readonly host: string;
  readonly path: string;
  readonly match: string;
  readonly namespace: string;
  readonly service: string;
  /** Number or name of the Service's port; an OpenShift Route names the target port instead. */
  readonly port: number | string;
}

/** The routes of all ingress objects. One that serves nothing, such as a redirect to HTTPS, has no backend and is no route. */
export function routes({ objects }: Cluster): Route[] {
  return [
    ...ofKind(objects, 'Ingress').flatMap(ingressRoutes),
    ...ofKind(objects, 'HTTPRoute').flatMap(httpRoutes),
    ...ofKind(objects, 'Route').flatMap(openShiftRoutes),
  ].filter((route, index, all) => index === all.findIndex((other) => JSON.stringify(other) === JSON.stringify(route)));
}

/** Where requests of a route end: the pods, each with its port. */
export function endsOf(cluster: Cluster, route: Route): { readonly pod: Pod; readonly ports: PortSet }[] {
  return cluster.services
    .filter(({ namespace, name }) => namespace === route.namespace && name === route.service)
    .flatMap((service) =>
      (service.spec.ports ?? [])
        .filter(({ name, port, targetPort }) => [name, port, targetPort].includes(route.port))
        .flatMap((port) => podsOf(cluster, service).map((pod) => ({ pod, ports: endOf(pod, port) }))),
    );
}

/** Every path that is served and every pod that answers, in lines. */
export function routeDoors(cluster: Cluster): string[] {
  return routes(cluster).flatMap((route) =>
    endsOf(cluster, route).map(
      ({ pod, ports }) => `${route.host}${route.path} (${route.match}) -> ${nameOf(pod)} ${ports.toString()}`,
    ),
  );
}

interface IngressBackend {
  readonly service?: { readonly name: string; readonly port: { readonly name?: string; readonly number?: number } };
}

function ingressRoutes(object: Manifest): Route[] {
  const namespace = namespaceOf(object);
  const route = (host: string, path: string, match: string, { service }: IngressBackend): Route[] =>
    service === undefined
      ? []
      : [{ host, path, match, namespace, service: service.name, port: service.port.name ?? service.port.number ?? 0 }];
  const rules = (at(object, 'spec.rules') ?? []) as readonly {
    readonly host?: string;
    readonly http?: {
      readonly paths: readonly {
        readonly path?: string;
        readonly pathType: string;
        readonly backend: IngressBackend;
      }[];
    };
  }[];
  const fallback = at(object, 'spec.defaultBackend') as IngressBackend | undefined;
  return [
    ...(fallback === undefined ? [] : route('*', '/', 'Prefix', fallback)),
    ...rules.flatMap(({ host = '*', http }) =>
      (http?.paths ?? []).flatMap(({ path = '/', pathType, backend }) => route(host, path, pathType, backend)),
    ),
  ];
}

function httpRoutes(object: Manifest): Route[] {
  const hosts = (at(object, 'spec.hostnames') ?? ['*']) as readonly string[];
  const rules = (at(object, 'spec.rules') ?? []) as readonly {
    readonly matches?: readonly { readonly path?: { readonly type: string; readonly value: string } }[];
    readonly backendRefs?: readonly { readonly name: string; readonly namespace?: string; readonly port: number }[];
  }[];
  return rules.flatMap(({ matches = [{}], backendRefs = [] }) =>
    backendRefs.flatMap(({ name, namespace = namespaceOf(object), port }) =>
      matches.flatMap(({ path = { type: 'PathPrefix', value: '/' } }) =>
        hosts.map((host) => ({ host, path: path.value, match: path.type, namespace, service: name, port })),
      ),
    ),
  );
}

/** A Route matches every path that begins with its own. */
function openShiftRoutes(object: Manifest): Route[] {
  return [
    {
      host: (at(object, 'spec.host') ?? '*') as string,
      path: (at(object, 'spec.path') ?? '/') as string,
      match: 'PathPrefix',
      namespace: namespaceOf(object),
      service: at(object, 'spec.to.name') as string,
      port: at(object, 'spec.port.targetPort') as number | string,
    },
  ];
}
