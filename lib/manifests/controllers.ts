import { textAt } from './fields';
import { annotationsOf, groupKindOf, type Manifest } from './manifest';

export const INGRESS = 'networking.k8s.io/Ingress';
export const HTTP_ROUTE = 'gateway.networking.k8s.io/HTTPRoute';
export const OPENSHIFT_ROUTE = 'route.openshift.io/Route';

export const F5 = 'F5 NGINX Ingress Controller';
export const COMMUNITY = 'ingress-nginx';
export const TRAEFIK = 'Traefik';
export const HAPROXYTECH = 'HAProxy Kubernetes Ingress Controller';
export const AWS = 'AWS Load Balancer Controller';
export const ENVOY_GATEWAY = 'Envoy Gateway';
export const OPENSHIFT_ROUTER = 'OpenShift router';

/** The classes that controllers are installed with by default, and who reads them. Any other name may be anybody's. */
const READERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['nginx', [F5, COMMUNITY]],
  ['traefik', [TRAEFIK]],
  ['haproxy', [HAPROXYTECH]],
  ['alb', [AWS]],
]);

/** The class of an Ingress; the annotation is older than the field, and goes first. */
export function ingressClassOf(ingress: Manifest): string | undefined {
  return annotationsOf(ingress)['kubernetes.io/ingress.class'] ?? textAt(ingress, 'spec', 'ingressClassName');
}

/** The controllers that may read a front door; `undefined` when its class does not tell. */
export function readersOf(door: Manifest): readonly string[] | undefined {
  return groupKindOf(door) === INGRESS ? READERS.get(ingressClassOf(door) ?? '') : undefined;
}

/** Whether a controller may read a front door. */
export function reads(controller: string, door: Manifest): boolean {
  return readersOf(door)?.includes(controller) ?? true;
}
