import { at, listAt, type Path, textAt } from './fields';
import { annotationsOf, groupKindOf, type Manifest, namespaceOf } from './manifest';
import type { Manifests } from './manifests';

export const INGRESS = 'networking.k8s.io/Ingress';
export const HTTP_ROUTE = 'gateway.networking.k8s.io/HTTPRoute';
export const OPENSHIFT_ROUTE = 'route.openshift.io/Route';

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
      return !traefikMiddlewares(object, manifests).some(
        (middleware) => textAt(middleware, 'spec', 'redirectScheme', 'scheme') === 'https',
      );
    case HTTP_ROUTE:
      return backendsOf(object).length > 0;
    case OPENSHIFT_ROUTE:
      return true;
    default:
      return false;
  }
}

/** The Services behind a front door. */
export function backendsOf(door: Manifest): Backend[] {
  const namespace = namespaceOf(door);
  switch (groupKindOf(door)) {
    case INGRESS:
      return ingressPaths(door).flatMap(({ path, fields }) => {
        const service = at(fields, 'backend', 'service');
        const port = at(service, 'port', 'name') ?? at(service, 'port', 'number');
        // Behind a path there may be a resource instead of a Service.
        return service === undefined ? [] : [backend(service, namespace, port, [...path, 'backend', 'service'])];
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

/** The Middleware objects of Traefik that an Ingress names, as `<namespace>-<name>@kubernetescrd`. */
export function traefikMiddlewares(ingress: Manifest, manifests: Manifests): Manifest[] {
  return listed(ingress, 'traefik.ingress.kubernetes.io/router.middlewares')
    .map((reference) => traefikObject(ingress, manifests, 'Middleware', reference))
    .filter((middleware) => middleware !== undefined);
}

/** The TLSOption of Traefik that an Ingress names. */
export function traefikTlsOption(ingress: Manifest, manifests: Manifests): Manifest | undefined {
  const reference = annotationsOf(ingress)['traefik.ingress.kubernetes.io/router.tls.options'];
  return reference === undefined ? undefined : traefikObject(ingress, manifests, 'TLSOption', reference);
}

/** An object in the namespace of the Ingress; a reference to another namespace cannot be told from its text alone. */
export function traefikObject(
  ingress: Manifest,
  manifests: Manifests,
  kind: string,
  reference: string,
): Manifest | undefined {
  const prefix = `${namespaceOf(ingress)}-`;
  const [name = '', provider] = reference.split('@');
  return provider === 'kubernetescrd' && name.startsWith(prefix)
    ? manifests.find(`traefik.io/${kind}`, namespaceOf(ingress), name.slice(prefix.length))
    : undefined;
}

/** An annotation that lists names, separated by commas. */
export function listed(object: Manifest, annotation: string): string[] {
  return (annotationsOf(object)[annotation] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Whether the Ingress is for the AWS Load Balancer Controller. */
export function isAlb(ingress: Manifest): boolean {
  return (
    groupKindOf(ingress) === INGRESS &&
    Object.keys(annotationsOf(ingress)).some((name) => name.startsWith('alb.ingress.kubernetes.io/'))
  );
}
