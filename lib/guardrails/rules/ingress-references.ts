import type { ControllerLanguage, ObjectReference } from '../../ingress/controller-language';
import { at, listAt } from '../../manifests/fields';
import { type Backend, backendsOf, DOOR_KINDS, isFrontDoor } from '../../manifests/front-doors';
import { type Manifest, namespaceOf } from '../../manifests/manifest';
import type { Manifests } from '../../manifests/manifests';
import { listed, objectNamed } from '../../manifests/named-objects';
import { type Rule, RuleLevel, type Violation } from '../rule';

export const ingressReferences: Rule = {
  id: 'ingress-references',
  level: RuleLevel.ERROR,
  kinds: DOOR_KINDS,
  what: 'The Services, ports and policy objects that an Ingress, HTTPRoute or Route names are among the manifests.',
  why: 'A missing Service answers 503; a missing policy is, by controller, an error page or no protection at all.',
  fix: 'check the object together with what it names, or correct the name',
  check: (object, manifests) =>
    isFrontDoor(object, manifests)
      ? [
          ...backendsOf(object, manifests).flatMap((backend) => backendViolations(backend, manifests)),
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
  return manifests.languages.flatMap((language) =>
    (language.references ?? []).flatMap((reference) =>
      listed(door, reference.annotation)
        .filter((name) => objectNamed(name, reference, door, manifests) === undefined)
        .map((name) => ({
          path: ['metadata', 'annotations', reference.annotation],
          message: whyUnknown(name, reference, language, door),
        })),
    ),
  );
}

function whyUnknown(name: string, reference: ObjectReference, language: ControllerLanguage, door: Manifest): string {
  const kind = reference.kind.replace(/^.*\//, '');
  if (reference.provider === undefined) {
    return `there is no ${kind} ${name.includes('/') ? name : `${namespaceOf(door)}/${name}`} among the manifests`;
  }
  const [, provider] = name.split('@');
  if (provider === reference.provider) {
    return `there is no ${kind} ${name} among the manifests`;
  }
  return provider === undefined
    ? `${name} names no ${kind}: write NAMESPACE-NAME@${reference.provider}`
    : `what ${name} does cannot be seen: ${language.name} has it from its provider ${provider}`;
}
