import type { ControllerLanguage, DoorFields, ListenPorts } from '../../ingress/controller-language';
import type { ObjectTest } from '../../ingress/object-tests';
import { HTTP_ROUTE, INGRESS } from '../../ingress/door-kinds';
import { addressees, LANGUAGES, possibleReaders } from '../../manifests/controllers';
import { at, listAt, type Path, textAt } from '../../manifests/fields';
import { DOOR_KINDS, doorFieldsOf, isFrontDoor, plainEntryPoints } from '../../manifests/front-doors';
import { Listening, listeningOf } from '../../manifests/gateway-listeners';
import { isTold, referencesTo } from '../../manifests/instructions';
import { annotationsOf, groupKindOf, type Manifest } from '../../manifests/manifest';
import type { Manifests } from '../../manifests/manifests';
import { namesUnseen } from '../../manifests/named-objects';
import { type Rule, RuleLevel, type Violation } from '../rule';

/** Annotations that turn off the redirect of plain HTTP, which a controller does by itself. */
const REDIRECT_SWITCHES = LANGUAGES.flatMap(({ redirectSwitches }) => redirectSwitches ?? []);
/** What controllers take for false (Go's ParseBool; HAProxy also disabled and off), and what people take for it. */
const OFF = ['0', 'disabled', 'f', 'false', 'no', 'off'];

export const ingressTlsHost: Rule = {
  id: 'ingress-tls-host',
  level: RuleLevel.ERROR,
  kinds: DOOR_KINDS,
  what: 'An Ingress, HTTPRoute or Route serves named hosts only, each by TLS, and plain HTTP only as a redirect.',
  why: 'Texts to embed and credentials would cross the network readable, and hosts that nobody listed would be served.',
  fix: 'name every host in rules and in tls with its Secret; attach an HTTPRoute to the HTTPS listener by sectionName, and its redirect to the other one; give a Route tls',
  check: (object, manifests) => {
    switch (groupKindOf(object)) {
      case INGRESS:
        return [
          ...ingressHostViolations(object),
          ...(isFrontDoor(object, manifests)
            ? [
                ...certificateViolations(object, manifests),
                ...redirectViolations(object, manifests),
                ...entryPointViolations(object, manifests),
              ]
            : []),
        ];
      case HTTP_ROUTE:
        return httpRouteViolations(object, manifests);
      default: {
        const fields = doorFieldsOf(object);
        return fields === undefined ? [] : ownDoorViolations(object, fields);
      }
    }
  },
};

function ingressHostViolations(ingress: Manifest): Violation[] {
  const rules = listAt(ingress, 'spec', 'rules');
  return [
    ...(at(ingress, 'spec', 'defaultBackend') === undefined
      ? []
      : [{ path: ['spec', 'defaultBackend'], message: 'a default backend serves every host and path' }]),
    ...(rules.length > 0 ? [] : [{ path: ['spec', 'rules'], message: 'no host is named' }]),
    ...rules.flatMap((rule, index) => hostViolations(textAt(rule, 'host'), ['spec', 'rules', index, 'host'])),
  ];
}

function certificateViolations(ingress: Manifest, manifests: Manifests): Violation[] {
  return listAt(ingress, 'spec', 'rules')
    .map((rule) => textAt(rule, 'host'))
    .filter((host) => host !== undefined && !hasCertificate(ingress, host, manifests))
    .map((host) => ({ path: ['spec', 'tls'], message: `the host ${host} has no certificate` }));
}

function hasCertificate(ingress: Manifest, host: string, manifests: Manifests): boolean {
  const annotations = annotationsOf(ingress);
  const [listenPorts] = listenPortsOf(ingress, manifests);
  if (listenPorts !== undefined) {
    // Where it listens for HTTPS and no certificate is named, it looks for one of the host, and does not start without.
    return (
      annotations[listenPorts.annotation]?.includes(listenPorts.https) ??
      (annotations[listenPorts.certificateAnnotation] ?? '') !== ''
    );
  }
  return listAt(ingress, 'spec', 'tls').some(
    (entry) => listAt(entry, 'hosts').includes(host) && textAt(entry, 'secretName') !== undefined,
  );
}

function redirectViolations(ingress: Manifest, manifests: Manifests): Violation[] {
  const annotations = annotationsOf(ingress);
  const switchedOff = Object.entries(annotations)
    .filter(([name, value]) => REDIRECT_SWITCHES.includes(name) && OFF.includes(value.toLowerCase()))
    .map(([name]) => name);
  const missing = listenPortsOf(ingress, manifests)
    .filter(
      ({ annotation, plain, redirectAnnotation }) =>
        annotations[annotation]?.includes(plain) === true && annotations[redirectAnnotation] === undefined,
    )
    .map(({ redirectAnnotation }) => redirectAnnotation);
  return [...switchedOff, ...missing].map((name) => ({
    path: ['metadata', 'annotations', name],
    message: 'plain HTTP is served instead of redirected',
  }));
}

/** The annotations of the load balancer that an Ingress is for, when it is for one. */
function listenPortsOf(ingress: Manifest, manifests: Manifests): ListenPorts[] {
  return addressees(ingress, manifests).flatMap(({ listenPorts }) => listenPorts ?? []);
}

/** The entry points at which an Ingress is served by plain HTTP as well; where it names none, the controller's defaults count. */
function entryPointViolations(ingress: Manifest, manifests: Manifests): Violation[] {
  return possibleReaders(ingress, manifests).flatMap((language) => {
    const { entryPoints } = language;
    return entryPoints === undefined || mayRedirect(entryPoints.redirect, language, ingress, manifests)
      ? []
      : plainEntryPoints(ingress, entryPoints).map((name) => ({
          path: ['metadata', 'annotations', entryPoints.annotation],
          message: `plain HTTP is served instead of redirected, at the entry point ${name}`,
        }));
  });
}

/** Whether an object redirects, or may be redirected by one that is not among the manifests. */
function mayRedirect(
  redirect: ObjectTest,
  language: ControllerLanguage,
  ingress: Manifest,
  manifests: Manifests,
): boolean {
  return (
    isTold(redirect, language, ingress, manifests) ||
    referencesTo(redirect.kind, language).some((reference) => namesUnseen(ingress, reference))
  );
}

function httpRouteViolations(route: Manifest, manifests: Manifests): Violation[] {
  const hosts = listAt(route, 'spec', 'hostnames');
  return [
    ...(hosts.length > 0 ? [] : [{ path: ['spec', 'hostnames'], message: 'no host is named' }]),
    ...hosts.flatMap((host, index) => hostViolations(textAt(host), ['spec', 'hostnames', index])),
    ...listAt(route, 'spec', 'parentRefs').flatMap((parent, index) => {
      const path = ['spec', 'parentRefs', index, at(parent, 'sectionName') === undefined ? 'port' : 'sectionName'];
      switch (listeningOf(route, parent, manifests)) {
        case Listening.HTTPS:
          return [];
        case Listening.PLAIN_HTTP:
          return isFrontDoor(route, manifests)
            ? [{ path, message: `${JSON.stringify(at(route, ...path))} is a listener for plain HTTP` }]
            : [];
        case Listening.EVERYWHERE:
          return [
            {
              path: ['spec', 'parentRefs', index, 'sectionName'],
              message: 'the route is on every listener of the Gateway, also on plain HTTP',
            },
          ];
      }
    }),
  ];
}

function ownDoorViolations(door: Manifest, { host, faults }: DoorFields): Violation[] {
  return [
    ...hostViolations(textAt(door, ...host), host),
    ...faults
      .filter(({ path, value }) => textAt(door, ...path) === value)
      .map(({ path, message }) => ({ path, message })),
  ];
}

function hostViolations(host: string | undefined, path: Path): Violation[] {
  if (host === undefined || host === '') {
    return [{ path, message: 'no host is named, so every one is served' }];
  }
  return host.includes('*') ? [{ path, message: `${host} serves hosts that nobody listed` }] : [];
}
