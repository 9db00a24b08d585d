import type { Violation } from './rule';
import {
  AWS,
  COMMUNITY,
  ENVOY_GATEWAY,
  F5,
  HAPROXYTECH,
  HTTP_ROUTE,
  INGRESS,
  ingressClassOf,
  OPENSHIFT_ROUTE,
  OPENSHIFT_ROUTER,
  readersOf,
  reads,
  TRAEFIK,
} from '../manifests/controllers';
import { everyListenerHas, everyRuleHas } from '../manifests/envoy-policies';
import { at, listAt, textAt } from '../manifests/fields';
import { nginxPolicies, traefikMiddlewares, traefikTlsOption } from '../manifests/front-doors';
import { annotationsOf, groupKindOf, type Manifest } from '../manifests/manifest';
import type { Manifests } from '../manifests/manifests';

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
  byObject(
    HTTP_ROUTE,
    ENVOY_GATEWAY,
    'a BackendTrafficPolicy with rateLimit, not in shadow mode, on the route or its Gateway',
    (door, manifests) => everyRuleHas(door, manifests, 'BackendTrafficPolicy', limitsEveryClient),
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
    `the annotations ${HAPROXY}auth-type "basic-auth" and auth-secret`,
    (door) =>
      annotationsOf(door)[`${HAPROXY}auth-type`] === 'basic-auth' &&
      isSet(annotationsOf(door)[`${HAPROXY}auth-secret`]),
  ),
  ...['oidc', 'cognito'].map((provider) =>
    byObject(
      INGRESS,
      AWS,
      `the annotations ${ALB}auth-type "${provider}" and auth-idp-${provider}`,
      (door) =>
        annotationsOf(door)[`${ALB}auth-type`] === provider && isSet(annotationsOf(door)[`${ALB}auth-idp-${provider}`]),
    ),
  ),
  byAnnotation(INGRESS, AWS, `${ALB}jwt-validation`),
  byAnnotation(INGRESS, AWS, `${ALB}mutual-authentication`, (value) => /"mode"\s*:\s*"verify"/.test(value)),
  byObject(
    HTTP_ROUTE,
    ENVOY_GATEWAY,
    'a SecurityPolicy with extAuth that fails closed, basicAuth, apiKeyAuth, oidc or jwt that is not optional, on the route or its Gateway',
    (door, manifests) => everyRuleHas(door, manifests, 'SecurityPolicy', asksEveryClient),
  ),
  byObject(
    HTTP_ROUTE,
    ENVOY_GATEWAY,
    'a ClientTrafficPolicy of the Gateway with tls.clientValidation that is not optional',
    (door, manifests) =>
      everyListenerHas(
        door,
        manifests,
        'ClientTrafficPolicy',
        (policy) =>
          listAt(policy, 'spec', 'tls', 'clientValidation', 'caCertificateRefs').length > 0 &&
          at(policy, 'spec', 'tls', 'clientValidation', 'optional') !== true,
      ),
  ),
];

/** What is wrong with a decision of a front door: nobody who reads the door is told of it. */
export function decisionViolations(
  decision: string,
  detectors: readonly Detector[],
  door: Manifest,
  manifests: Manifests,
): Violation[] {
  const told = toldTo(detectors, door, manifests);
  return told.some((controller) => reads(controller, door))
    ? []
    : [{ path: placeOf(door), message: whyUndecided(decision, detectors, door, told) }];
}

/** What is wrong when the decisions are told to different controllers: only one of them reads the door. */
export function mixedViolations(door: Manifest, manifests: Manifests): Violation[] {
  const readersToldOf = (detectors: readonly Detector[]): string[] =>
    toldTo(detectors, door, manifests).filter((controller) => reads(controller, door));
  const authentications = readersToldOf(AUTHENTICATIONS);
  const rateLimits = readersToldOf(RATE_LIMITS);
  const isMixed = rateLimits.length > 0 && !authentications.some((controller) => rateLimits.includes(controller));
  return authentications.length > 0 && isMixed
    ? [
        {
          path: placeOf(door),
          message: `the authentication is for ${authentications.join(', ')}, the rate limit for ${rateLimits.join(', ')}, and one controller reads the door`,
        },
      ]
    : [];
}

/** The controllers in whose language a front door has a decision, whether they read the door or not. */
function toldTo(detectors: readonly Detector[], door: Manifest, manifests: Manifests): string[] {
  const found = possible(detectors, door).filter((detector) => detector.found(door, manifests));
  return [...new Set(found.map(({ controller }) => controller))];
}

function whyUndecided(
  decision: string,
  detectors: readonly Detector[],
  door: Manifest,
  told: readonly string[],
): string {
  const readers = readersOf(door);
  if (readers !== undefined && told.length > 0) {
    return `the ${decision} is for ${told.join(', ')}, and the class ${ingressClassOf(door)} is read by ${readers.join(' or ')}`;
  }
  const ways = possible(detectors, door).filter(({ controller }) => reads(controller, door));
  if (ways.length === 0) {
    return `no ${decision}: the controller of a ${door.kind} has none`;
  }
  // Without a class that tells, an Ingress may be for anybody.
  return groupKindOf(door) === INGRESS && readers === undefined
    ? `no ${decision} of a known controller was found`
    : `no ${decision} was found; looked for: ${ways.map(({ how }) => how).join('; ')}`;
}

/** The detectors for the kind of a front door. */
function possible(detectors: readonly Detector[], door: Manifest): Detector[] {
  return detectors.filter((detector) => detector.door === groupKindOf(door));
}

/** An HTTPRoute has its decisions from other objects. */
function placeOf(door: Manifest): Violation['path'] {
  return groupKindOf(door) === HTTP_ROUTE ? ['spec'] : ['metadata', 'annotations'];
}

/** Whether each group of clients has a limit that refuses requests; in shadow mode they are only counted. */
function limitsEveryClient(policy: Manifest): boolean {
  return ['global', 'local'].some((scope) => {
    const rules = listAt(policy, 'spec', 'rateLimit', scope, 'rules');
    const clients = (rule: unknown): string => JSON.stringify(at(rule, 'clientSelectors') ?? []);
    const limited = new Set(rules.filter((rule) => at(rule, 'shadowMode') !== true).map(clients));
    return rules.length > 0 && rules.every((rule) => limited.has(clients(rule)));
  });
}

function asksEveryClient(policy: Manifest): boolean {
  const spec = at(policy, 'spec');
  return (
    (['http', 'grpc'].some((protocol) => at(spec, 'extAuth', protocol) !== undefined) &&
      at(spec, 'extAuth', 'failOpen') !== true) ||
    at(spec, 'basicAuth', 'users') !== undefined ||
    listAt(spec, 'apiKeyAuth', 'credentialRefs').length > 0 ||
    at(spec, 'oidc') !== undefined ||
    (listAt(spec, 'jwt', 'providers').length > 0 && at(spec, 'jwt', 'optional') !== true)
  );
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
