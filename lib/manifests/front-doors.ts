import { AWS, HTTP_ROUTE, INGRESS, OPENSHIFT_ROUTE, reads, readersOf, TRAEFIK } from './controllers';
import { at, listAt, type Path, textAt } from './fields';
import { annotationsOf, groupKindOf, type Manifest, nameOf, namespaceOf } from './manifest';
import type { Manifests } from './manifests';
import type { Pod } from './pods';
import { remembered } from './remembered';
import { podsOfService } from './selecting';

const ROUTER = 'traefik.ingress.kubernetes.io/router.';
/** The entry points of Traefik for plain HTTP: that of its Helm chart, and that of its documentation. */
const PLAIN_ENTRY_POINTS = ['web', 'http'];

/** A Service that a front door sends requests to. */
export interface Backend {
  readonly name: string;
  readonly namespace: string;
  /** The port of the Service, by number or name; `undefined` when the front door names none. */
  readonly port: unknown;
  readonly path: Path;
  readonly portPath: Path;
}

/** Whether an object lets requests into the cluster. One that only sends clients on to HTTPS does not. */
export function isFrontDoor(object: Manifest, manifests: Manifests): boolean {
  switch (groupKindOf(object)) {
    case INGRESS:
      return !(redirectsToHttps(object, manifests) && isPlainOnly(object));
    case HTTP_ROUTE:
      return listAt(object, 'spec', 'rules').some((rule) => listAt(rule, 'backendRefs').length > 0);
    case OPENSHIFT_ROUTE:
      return true;
    default:
      return false;
  }
}

/** Whether an Ingress has a middleware of Traefik that sends clients on to HTTPS; HTTPS requests it lets pass. */
export function redirectsToHttps(ingress: Manifest, manifests: Manifests): boolean {
  return traefikMiddlewares(ingress, manifests).some(
    (middleware) => textAt(middleware, 'spec', 'redirectScheme', 'scheme') === 'https',
  );
}

/** The entry points for plain HTTP that an Ingress names. */
export function plainEntryPoints(ingress: Manifest): string[] {
  return listed(ingress, `${ROUTER}entrypoints`).filter((name) => PLAIN_ENTRY_POINTS.includes(name));
}

/** Whether Traefik serves an Ingress by plain HTTP and nothing else. */
function isPlainOnly(ingress: Manifest): boolean {
  const entryPoints = listed(ingress, `${ROUTER}entrypoints`);
  return (
    reads(TRAEFIK, ingress) &&
    entryPoints.length > 0 &&
    plainEntryPoints(ingress).length === entryPoints.length &&
    at(ingress, 'spec', 'tls') === undefined &&
    !Object.keys(annotationsOf(ingress)).some((name) => name.startsWith(`${ROUTER}tls`))
  );
}

/** The Services behind a front door. */
export function backendsOf(door: Manifest): Backend[] {
  const namespace = namespaceOf(door);
  switch (groupKindOf(door)) {
    case INGRESS:
      return ingressPaths(door).flatMap(({ path, fields }) => {
        const service = at(fields, 'backend', 'service');
        const port = at(service, 'port', 'name') ?? at(service, 'port', 'number');
        // Behind a path there may be a resource instead of a Service, or an action in the annotations of a load balancer.
        return service === undefined || (port === 'use-annotation' && isAlb(door))
          ? []
          : [backend(service, namespace, port, [...path, 'backend', 'service'])];
      });
    case HTTP_ROUTE:
      return listAt(door, 'spec', 'rules').flatMap((rule, index) =>
        listAt(rule, 'backendRefs').flatMap((reference, place) => {
          const path = ['spec', 'rules', index, 'backendRefs', place];
          const there = textAt(reference, 'namespace') ?? namespace;
          return (textAt(reference, 'kind') ?? 'Service') === 'Service'
            ? [backend(reference, there, at(reference, 'port'), path)]
            : [];
        }),
      );
    case OPENSHIFT_ROUTE:
      return routeBackends(door);
    default:
      return [];
  }
}

/** The pods behind a backend, as far as they are among the manifests. */
export function podsBehind({ namespace, name }: Backend, manifests: Manifests): readonly Pod[] {
  const service = manifests.find('/Service', namespace, name);
  return service === undefined ? [] : podsOfService(service, manifests);
}

/** A Route names the port for all of its Services; a number is the port of their pods. */
function routeBackends(route: Manifest): Backend[] {
  const port = textAt(route, 'spec', 'port', 'targetPort');
  return [
    { path: ['spec', 'to'], service: at(route, 'spec', 'to') },
    ...listAt(route, 'spec', 'alternateBackends').map((service, index) => ({
      path: ['spec', 'alternateBackends', index],
      service,
    })),
  ].map(({ path, service }) => ({
    ...backend(service, namespaceOf(route), port, path),
    portPath: ['spec', 'port', 'targetPort'],
  }));
}

function backend(service: unknown, namespace: string, port: unknown, path: Path): Backend {
  return { name: textAt(service, 'name') ?? '', namespace, port, path, portPath: [...path, 'port'] };
}

/** Every path of an Ingress with its place. */
export function ingressPaths(ingress: Manifest): { readonly path: Path; readonly fields: unknown }[] {
  return listAt(ingress, 'spec', 'rules').flatMap((rule, index) =>
    listAt(rule, 'http', 'paths').map((fields, place) => ({
      path: ['spec', 'rules', index, 'http', 'paths', place],
      fields,
    })),
  );
}

/** The Policy objects of F5 NGINX that an Ingress names. */
export function nginxPolicies(ingress: Manifest, manifests: Manifests): Manifest[] {
  return nginxPolicyNames(ingress)
    .map(({ namespace, name }) => manifests.find('k8s.nginx.org/Policy', namespace, name))
    .filter((policy) => policy !== undefined);
}

export function nginxPolicyNames(ingress: Manifest): { readonly namespace: string; readonly name: string }[] {
  return listed(ingress, 'nginx.org/policies').map((reference) => {
    const [name = '', namespace = namespaceOf(ingress)] = reference.split('/').reverse();
    return { namespace, name };
  });
}

/** The Middleware objects of Traefik that an Ingress names, and those that chains among them name. */
export function traefikMiddlewares(ingress: Manifest, manifests: Manifests): Manifest[] {
  return middlewaresAmong(manifests)(ingress);
}

const middlewaresAmong = remembered((manifests: Manifests) =>
  remembered((ingress: Manifest): Manifest[] => {
    const found = new Set(
      listed(ingress, `${ROUTER}middlewares`).map((reference) => traefikObject(manifests, 'Middleware', reference)),
    );
    // What is added meanwhile is visited as well.
    for (const middleware of found) {
      for (const link of listAt(middleware, 'spec', 'chain', 'middlewares')) {
        const namespace = textAt(link, 'namespace') ?? textAt(middleware, 'metadata', 'namespace') ?? '';
        found.add(manifests.find('traefik.io/Middleware', namespace, textAt(link, 'name') ?? ''));
      }
    }
    return [...found].filter((middleware) => middleware !== undefined);
  }),
);

/** Whether a middleware of an Ingress comes from elsewhere than its objects, such as a file of Traefik. */
export function hasUnseenMiddleware(ingress: Manifest): boolean {
  return listed(ingress, `${ROUTER}middlewares`).some((reference) => !reference.endsWith('@kubernetescrd'));
}

/** The TLSOption of Traefik that an Ingress names. */
export function traefikTlsOption(ingress: Manifest, manifests: Manifests): Manifest | undefined {
  const reference = annotationsOf(ingress)[`${ROUTER}tls.options`];
  return reference === undefined ? undefined : traefikObject(manifests, 'TLSOption', reference);
}

/** An object by the name that Traefik gives it: `<namespace>-<name>@kubernetescrd`. */
export function traefikObject(manifests: Manifests, kind: string, reference: string): Manifest | undefined {
  const [name = '', provider] = reference.split('@');
  return provider === 'kubernetescrd' ? traefikObjects(manifests).get(`${kind} ${name}`) : undefined;
}

const traefikObjects = remembered(
  (manifests: Manifests): ReadonlyMap<string, Manifest> =>
    new Map(
      ['Middleware', 'TLSOption']
        .flatMap((kind) => manifests.all(`traefik.io/${kind}`))
        .map((object) => [`${object.kind} ${namespaceOf(object)}-${nameOf(object)}`, object]),
    ),
);

/** An annotation that lists names, separated by commas. */
export function listed(object: Manifest, annotation: string): string[] {
  return (annotationsOf(object)[annotation] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Whether the Ingress is for the AWS Load Balancer Controller: by its class or, where that does not tell, by annotations. */
export function isAlb(ingress: Manifest): boolean {
  return (
    groupKindOf(ingress) === INGRESS &&
    (readersOf(ingress)?.includes(AWS) ??
      Object.keys(annotationsOf(ingress)).some((name) => name.startsWith('alb.ingress.kubernetes.io/')))
  );
}
