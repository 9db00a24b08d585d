import { type Rule, RuleLevel, type Violation } from '../rule';
import { at, listAt } from '../../manifests/fields';
import {
  type Backend,
  backendsOf,
  isFrontDoor,
  listed,
  nginxPolicyNames,
  traefikObject,
} from '../../manifests/front-doors';
import type { Manifest } from '../../manifests/manifest';
import type { Manifests } from '../../manifests/manifests';

/** Annotations of Traefik that name objects, and the kind of those. */
const TRAEFIK_REFERENCES = {
  'traefik.ingress.kubernetes.io/router.middlewares': 'Middleware',
  'traefik.ingress.kubernetes.io/router.tls.options': 'TLSOption',
};

export const ingressReferences: Rule = {
  id: 'ingress-references',
  level: RuleLevel.ERROR,
  what: 'The Services, ports and policy objects that an Ingress, HTTPRoute or Route names are among the manifests.',
  why: 'A missing Service answers 503; a missing policy is, by controller, an error page or no protection at all.',
  fix: 'check the object together with what it names, or correct the name',
  check: (object, manifests) =>
    isFrontDoor(object, manifests)
      ? [
          ...backendsOf(object).flatMap((backend) => backendViolations(backend, manifests)),
          ...policyViolations(object, manifests),
        ]
      : [],
};

function backendViolations({ name, namespace, port, path, portPath }: Backend, manifests: Manifests): Violation[] {
  const service = manifests.find('/Service', namespace, name);
  if (service === undefined) {
    return [{ path, message: `there is no Service ${namespace}/${name} among the manifests` }];
  }
  const ports = listAt(service, 'spec', 'ports').flatMap((entry) => [at(entry, 'name'), at(entry, 'port')]);
  return port === undefined || ports.includes(port)
    ? []
    : [{ path: portPath, message: `the Service ${name} has no port ${JSON.stringify(port)}` }];
}

function policyViolations(door: Manifest, manifests: Manifests): Violation[] {
  return [
    ...nginxPolicyNames(door)
      .filter(({ namespace, name }) => manifests.find('k8s.nginx.org/Policy', namespace, name) === undefined)
      .map(({ namespace, name }) => missing('nginx.org/policies', `Policy ${namespace}/${name}`)),
    ...Object.entries(TRAEFIK_REFERENCES).flatMap(([annotation, kind]) =>
      listed(door, annotation)
        .filter((reference) => traefikObject(manifests, kind, reference) === undefined)
        .map((reference) => traefikViolation(annotation, kind, reference)),
    ),
  ];
}

function traefikViolation(annotation: string, kind: string, reference: string): Violation {
  const [, provider] = reference.split('@');
  if (provider === 'kubernetescrd') {
    return missing(annotation, `${kind} ${reference}`);
  }
  const path = ['metadata', 'annotations', annotation];
  return provider === undefined
    ? { path, message: `${reference} names no ${kind}: write NAMESPACE-NAME@kubernetescrd` }
    : { path, message: `what ${reference} does cannot be seen: Traefik has it from its provider ${provider}` };
}

function missing(annotation: string, what: string): Violation {
  return { path: ['metadata', 'annotations', annotation], message: `there is no ${what} among the manifests` };
}
