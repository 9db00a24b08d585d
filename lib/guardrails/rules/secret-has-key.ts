import { at, listAt, type Path, textAt } from '../../manifests/fields';
import type { Manifests } from '../../manifests/manifests';
import { type Container, envOf, type Pod, POD_KINDS } from '../../manifests/pods';
import { keysOfSecret } from '../../manifests/secrets';
import { type Rule, RuleLevel, type Violation } from '../rule';

export const secretHasKey: Rule = {
  id: 'secret-has-key',
  level: RuleLevel.ERROR,
  kinds: POD_KINDS,
  what: 'A Secret that an object among the manifests makes has every key that pods ask for.',
  why: 'A container that asks for a key that is not there is never started.',
  fix: 'ask for a key that the Secret has, or make the Secret with that key',
  check: (object, manifests) => {
    const pod = manifests.podOf(object);
    return pod === undefined
      ? []
      : [
          ...pod.containers.flatMap((container) => ofVariables(container, pod, manifests)),
          ...ofVolumes(pod, manifests),
          ...ofPullSecrets(pod, manifests),
        ];
  },
};

/** The key that the kubelet reads in a pull secret. */
const DOCKER_CONFIGS = ['.dockerconfigjson', '.dockercfg'];

function ofPullSecrets(pod: Pod, manifests: Manifests): Violation[] {
  return listAt(pod.spec, 'imagePullSecrets').flatMap((secret, index) => {
    const name = textAt(secret, 'name') ?? '';
    const keys = keysOfSecret(pod.namespace, name, manifests);
    return keys === undefined || DOCKER_CONFIGS.some((key) => keys.has(key))
      ? []
      : [{ path: [...pod.specPath, 'imagePullSecrets', index], message: without(name, keys, '.dockerconfigjson') }];
  });
}

function ofVariables(container: Container, pod: Pod, manifests: Manifests): Violation[] {
  return envOf(container).flatMap(({ fields, path }) => {
    const reference = at(fields, 'valueFrom', 'secretKeyRef');
    return missing(reference, textAt(reference, 'name'), [...path, 'valueFrom', 'secretKeyRef', 'key'], pod, manifests);
  });
}

function ofVolumes(pod: Pod, manifests: Manifests): Violation[] {
  return listAt(pod.spec, 'volumes').flatMap((volume, index) => {
    const secret = at(volume, 'secret');
    return at(secret, 'optional') === true
      ? []
      : listAt(secret, 'items').flatMap((item, place) =>
          missing(
            item,
            textAt(secret, 'secretName'),
            [...pod.specPath, 'volumes', index, 'secret', 'items', place, 'key'],
            pod,
            manifests,
          ),
        );
  });
}

function missing(
  reference: unknown,
  name: string | undefined,
  path: Path,
  { namespace }: Pod,
  manifests: Manifests,
): Violation[] {
  const key = textAt(reference, 'key');
  const keys = name === undefined ? undefined : keysOfSecret(namespace, name, manifests);
  if (key === undefined || keys === undefined || keys.has(key) || at(reference, 'optional') === true) {
    return [];
  }
  return [{ path, message: without(name ?? '', keys, key) }];
}

function without(name: string, keys: ReadonlySet<string>, key: string): string {
  const has = keys.size === 0 ? 'no key' : [...keys].sort().join(', ');
  return `the Secret ${name} is made with ${has}, and without ${key}`;
}
