import { at, listAt, textAt } from './fields';
import {
  HTTP_ROUTE,
  INGRESS,
  nginxPolicies,
  OPENSHIFT_ROUTE,
  traefikMiddlewares,
  traefikTlsOption,
} from './front-doors';
import { annotationsOf, groupKindOf, type Manifest, namespaceOf } from './manifest';
import type { Manifests } from './manifests';

/** One way in which one controller writes a decision down. */
export interface Detector {
  /** The kind of front door that the controller reads. */
  readonly door: string;
  readonly controller: string;
  /** What is looked for, for people. */
  readonly how: string;
  found(door: Manifest, manifests: Manifests): boolean;
}

const NGINX_ORG = 'nginx.org/';
const INGRESS_NGINX = 'nginx.ingress.kubernetes.io/';
const HAPROXY = 'haproxy.org/';
const ALB = 'alb.ingress.kubernetes.io/';
const OPENSHIFT = 'haproxy.router.openshift.io/';
const ENVOY = 'gateway.envoyproxy.io/';

const F5 = 'F5 NGINX Ingress Controller';
const COMMUNITY = 'ingress-nginx';
const TRAEFIK = 'Traefik';
const HAPROXYTECH = 'HAProxy Kubernetes Ingress Controller';
const AWS = 'AWS Load Balancer Controller';
const ENVOY_GATEWAY = 'Envoy Gateway';
const OPENSHIFT_ROUTER = 'OpenShift router';

/** How each controller is told to limit the requests of a client. */
export const RATE_LIMITS: readonly Detector[] = [
  byAnnotation(INGRESS, F5, `${NGINX_ORG}limit-req-rate`, (value) => /^[1-9]\d*r\/[sm]$/.test(value)),
  byAnnotation(INGRESS, COMMUNITY, `${INGRESS_NGINX}limit-rps`, isPositive),
  byAnnotation(INGRESS, COMMUNITY, `${INGRESS_NGINX}limit-rpm`, isPositive),
  byAnnotation(INGRESS, HAPROXYTECH, `${HAPROXY}rate-limit-requests`, isPositive),
  byAnnotation(INGRESS, AWS, `${ALB}wafv2-acl-arn`),
  byAnnotation(INGRESS, AWS, `${ALB}wafv2-acl-name`),
  byObject(INGRESS, TRAEFIK, 'a Middleware with rateLimit.average', (door, manifests) =>
    traefikMiddlewares(door, manifests).some((middleware) =>
      isPositive(`${JSON.stringify(at(middleware, 'spec', 'rateLimit', 'average'))}`),
    ),
  ),
  byObject(HTTP_ROUTE, ENVOY_GATEWAY, 'a BackendTrafficPolicy with rateLimit', (door, manifests) =>
    manifests
      .attachedTo(door, `${ENVOY}BackendTrafficPolicy`)
      .some((policy) =>
        ['global', 'local'].some((scope) => listAt(policy, 'spec', 'rateLimit', scope, 'rules').length > 0),
      ),
  ),
  byObject(
    OPENSHIFT_ROUTE,
    OPENSHIFT_ROUTER,
    `the annotations ${OPENSHIFT}rate-limit-connections and .rate-http`,
    (door) => {
      const annotations = annotationsOf(door);
      return (
        annotations[`${OPENSHIFT}rate-limit-connections`] === 'true' &&
        isPositive(annotations[`${OPENSHIFT}rate-limit-connections.rate-http`])
      );
    },
  ),
];

/** How each controller is told to ask who a client is. */
export const AUTHENTICATIONS: readonly Detector[] = [
  byAnnotation(INGRESS, F5, `${NGINX_ORG}basic-auth-secret`),
  byObject(INGRESS, F5, 'a Policy with externalAuth', (door, manifests) =>
    nginxPolicies(door, manifests).some((policy) => at(policy, 'spec', 'externalAuth', 'authURI') !== undefined),
  ),
  byObject(INGRESS, F5, 'a Policy with ingressMTLS that asks every client', (door, manifests) =>
    nginxPolicies(door, manifests).some(
      (policy) =>
        at(policy, 'spec', 'ingressMTLS') !== undefined &&
        (textAt(policy, 'spec', 'ingressMTLS', 'verifyClient') ?? 'on') === 'on',
    ),
  ),
  byAnnotation(INGRESS, COMMUNITY, `${INGRESS_NGINX}auth-url`),
  byObject(
    INGRESS,
    COMMUNITY,
    `the annotations ${INGRESS_NGINX}auth-type and auth-secret`,
    (door) =>
      isSet(annotationsOf(door)[`${INGRESS_NGINX}auth-type`]) &&
      isSet(annotationsOf(door)[`${INGRESS_NGINX}auth-secret`]),
  ),
  byObject(
    INGRESS,
    COMMUNITY,
    `the annotation ${INGRESS_NGINX}auth-tls-secret, with auth-tls-verify-client "on" or unset`,
    (door) =>
      isSet(annotationsOf(door)[`${INGRESS_NGINX}auth-tls-secret`]) &&
      (annotationsOf(door)[`${INGRESS_NGINX}auth-tls-verify-client`] ?? 'on') === 'on',
  ),
  byObject(INGRESS, TRAEFIK, 'a Middleware with forwardAuth, basicAuth or digestAuth', (door, manifests) =>
    traefikMiddlewares(door, manifests).some((middleware) =>
      [
        ['forwardAuth', 'address'],
        ['basicAuth', 'secret'],
        ['digestAuth', 'secret'],
      ].some((field) => at(middleware, 'spec', ...field) !== undefined),
    ),
  ),
  byObject(INGRESS, TRAEFIK, 'a TLSOption with clientAuthType RequireAndVerifyClientCert', (door, manifests) => {
    const clientAuth = at(traefikTlsOption(door, manifests), 'spec', 'clientAuth');
    return (
      textAt(clientAuth, 'clientAuthType') === 'RequireAndVerifyClientCert' &&
      listAt(clientAuth, 'secretNames').length > 0
    );
  }),
  byObject(
    INGRESS,
    HAPROXYTECH,
    `the annotations ${HAPROXY}auth-type and auth-secret`,
    (door) => isSet(annotationsOf(door)[`${HAPROXY}auth-type`]) && isSet(annotationsOf(door)[`${HAPROXY}auth-secret`]),
  ),
  byAnnotation(INGRESS, AWS, `${ALB}auth-type`, (value) => ['oidc', 'cognito'].includes(value)),
  byAnnotation(INGRESS, AWS, `${ALB}jwt-validation`),
  byAnnotation(INGRESS, AWS, `${ALB}mutual-authentication`, (value) => /"mode"\s*:\s*"verify"/.test(value)),
  byObject(
    HTTP_ROUTE,
    ENVOY_GATEWAY,
    'a SecurityPolicy with extAuth that fails closed, basicAuth, apiKeyAuth, oidc or jwt that is not optional',
    (door, manifests) => manifests.attachedTo(door, `${ENVOY}SecurityPolicy`).some(asksEveryClient),
  ),
  byObject(
    HTTP_ROUTE,
    ENVOY_GATEWAY,
    'a ClientTrafficPolicy of the Gateway with tls.clientValidation that is not optional',
    (door, manifests) =>
      gatewaysOf(door)
        .flatMap((gateway) => manifests.attachedTo(gateway, `${ENVOY}ClientTrafficPolicy`))
        .some(
          (policy) =>
            listAt(policy, 'spec', 'tls', 'clientValidation', 'caCertificateRefs').length > 0 &&
            at(policy, 'spec', 'tls', 'clientValidation', 'optional') !== true,
        ),
  ),
];

/** Whether the door has the decision, in the language of any controller that reads doors of its kind. */
export function isDecided(detectors: readonly Detector[], door: Manifest, manifests: Manifests): boolean {
  const kind = groupKindOf(door);
  return detectors.some((detector) => detector.door === kind && detector.found(door, manifests));
}

/**
 * Whether an annotation of the library documents the decision with a reason: a deliberate exception
 * (`cdk8s-nim/exception-…`), or another kind of note that counts for the caller.
 */
export function isDocumented(door: Manifest, feature: RegExp, kinds = ['exception']): boolean {
  return kinds
    .map((kind) => `cdk8s-nim/${kind}-`)
    .some((prefix) =>
      Object.entries(annotationsOf(door)).some(
        ([name, reason]) => name.startsWith(prefix) && feature.test(name.slice(prefix.length)) && isSet(reason),
      ),
    );
}

function asksEveryClient(policy: Manifest): boolean {
  const spec = at(policy, 'spec');
  return (
    (at(spec, 'extAuth') !== undefined && at(spec, 'extAuth', 'failOpen') !== true) ||
    at(spec, 'basicAuth', 'users') !== undefined ||
    listAt(spec, 'apiKeyAuth', 'credentialRefs').length > 0 ||
    at(spec, 'oidc') !== undefined ||
    (listAt(spec, 'jwt', 'providers').length > 0 && at(spec, 'jwt', 'optional') !== true)
  );
}

/** The Gateways of a route, as far as a policy in the manifests can point at them. */
function gatewaysOf(route: Manifest): Manifest[] {
  return listAt(route, 'spec', 'parentRefs').map((parent) => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: textAt(parent, 'kind') ?? 'Gateway',
    metadata: { name: textAt(parent, 'name'), namespace: textAt(parent, 'namespace') ?? namespaceOf(route) },
  }));
}

function byAnnotation(
  door: string,
  controller: string,
  name: string,
  isRight: (value: string) => boolean = isSet,
): Detector {
  return {
    door,
    controller,
    how: `the annotation ${name}`,
    found: (object) => isRight(annotationsOf(object)[name] ?? ''),
  };
}

function byObject(door: string, controller: string, how: string, found: Detector['found']): Detector {
  return { door, controller, how, found };
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value.trim() !== '';
}

function isPositive(value: string | undefined): boolean {
  return Number(value) > 0;
}
