import { type Rule, RuleLevel } from '../rule';
import { at, isFields, type Path, textAt } from '../../manifests/fields';
import { isKnownKind } from '../known-kinds';
import { type Manifest, namespaceOf } from '../../manifests/manifest';
import type { Manifests } from '../../manifests/manifests';
import { isNim } from '../../manifests/nim';
import { podsOfService } from '../../manifests/selecting';

export const unknownFrontDoor: Rule = {
  id: 'unknown-front-door',
  level: RuleLevel.ERROR,
  what: 'Only an Ingress, an HTTPRoute or a Route leads to the Service of a NIM.',
  why: 'These rules cannot tell whether another kind asks for TLS, a login, a limit and exact paths.',
  fix: 'use one of those kinds, or check the object yourself and acknowledge it with what protects the door',
  check: (object, manifests) => (isKnownKind(object, manifests) ? [] : doorsIn(object, manifests, object, [])),
};

/** The keys under which the kinds of ingress controllers name a Service, beside its port. */
const SERVICE_KEYS = ['name', 'service', 'serviceName'];

function doorsIn(object: Manifest, manifests: Manifests, value: unknown, path: Path): ReturnType<Rule['check']> {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => doorsIn(object, manifests, item, [...path, index]));
  }
  if (!isFields(value)) {
    return [];
  }
  const named = Object.keys(value)
    .filter(
      (key) =>
        (SERVICE_KEYS.includes(key) && (at(value, 'port') ?? at(value, 'servicePort')) !== undefined) ||
        // Istio, where the port may be left out.
        (key === 'host' && path.at(-1) === 'destination'),
    )
    .flatMap((key) => {
      const service = serviceNamed(
        textAt(value, key) ?? '',
        textAt(value, 'namespace') ?? namespaceOf(object),
        manifests,
      );
      return service === undefined
        ? []
        : [
            {
              path: [...path, key],
              message: `it leads to the Service ${textAt(value, key)}, and the rules do not know ${object.kind}`,
            },
          ];
    });
  return [
    ...named,
    ...Object.entries(value).flatMap(([key, inner]) => doorsIn(object, manifests, inner, [...path, key])),
  ];
}

/** The Service of a NIM that a name stands for: its name in the namespace, or the one in the DNS. */
function serviceNamed(text: string, namespace: string, manifests: Manifests): Manifest | undefined {
  const [name = '', elsewhere = namespace] = text.split('.');
  const service = manifests.find('/Service', elsewhere, name);
  const pods = service === undefined ? [] : podsOfService(service, manifests);
  return pods.some(({ containers }) => containers.some(isNim)) ? service : undefined;
}
