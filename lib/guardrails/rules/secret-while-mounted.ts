import { at, listAt, type Path, textAt } from '../../manifests/fields';
import { groupKindOf, type Manifest, nameOf } from '../../manifests/manifest';
import type { Manifests } from '../../manifests/manifests';
import { envOf, type Pod, POD_KINDS } from '../../manifests/pods';
import { makersOfSecret, SECRET_PROVIDER_CLASS } from '../../manifests/secrets';
import { type Rule, RuleLevel, type Violation } from '../rule';

export const secretWhileMounted: Rule = {
  id: 'secret-while-mounted',
  level: RuleLevel.ERROR,
  kinds: POD_KINDS,
  what: 'Pods that read a Secret which the Secrets Store CSI driver makes mount its SecretProviderClass, and pull no image with it.',
  why: 'The driver makes the Secret once a pod has mounted the class, and deletes it with the last such pod; a pull secret is needed before anything is mounted.',
  fix: 'mount the SecretProviderClass in a container of the pod; take the pull secret from something else. Acknowledge it where pods that always run mount the class',
  check: (object, manifests) => {
    const pod = manifests.podOf(object);
    return pod === undefined
      ? []
      : uses(pod).flatMap(({ secret, path, isForImages }) =>
          classesOf(pod, secret, manifests)
            .filter((name) => isForImages || !isMounted(pod, name))
            .map((name): Violation => {
              const need = isForImages ? 'it is needed before that' : 'no container of the pod does';
              return { path, message: `the Secret ${secret} is there while a pod mounts ${name}, and ${need}` };
            }),
        );
  },
};

/** Where a pod names a Secret that has to be there. */
interface SecretUse {
  readonly secret: string;
  readonly path: Path;
  readonly isForImages: boolean;
}

function uses({ spec, specPath, containers }: Pod): SecretUse[] {
  const use = (named: unknown, field: string, path: Path, isForImages = false): SecretUse[] => {
    const secret = textAt(named, field);
    return secret === undefined || at(named, 'optional') === true ? [] : [{ secret, path, isForImages }];
  };
  return [
    ...listAt(spec, 'imagePullSecrets').flatMap((secret, index) =>
      use(secret, 'name', [...specPath, 'imagePullSecrets', index], true),
    ),
    ...containers.flatMap((container) => [
      ...envOf(container).flatMap(({ fields, path }) =>
        use(at(fields, 'valueFrom', 'secretKeyRef'), 'name', [...path, 'valueFrom', 'secretKeyRef']),
      ),
      ...listAt(container.fields, 'envFrom').flatMap((source, index) =>
        use(at(source, 'secretRef'), 'name', [...container.path, 'envFrom', index, 'secretRef']),
      ),
    ]),
    ...listAt(spec, 'volumes').flatMap((volume, index) =>
      use(at(volume, 'secret'), 'secretName', [...specPath, 'volumes', index, 'secret']),
    ),
  ];
}

/** The classes that a Secret is made of, when nothing else makes it. */
function classesOf({ namespace }: Pod, secret: string, manifests: Manifests): string[] {
  const makers = makersOfSecret(namespace, secret, manifests);
  const isClass = (maker: Manifest): boolean => groupKindOf(maker) === SECRET_PROVIDER_CLASS;
  return makers.every(isClass) ? makers.map(nameOf) : [];
}

/** The kubelet mounts only what a container of the pod mounts. */
function isMounted({ spec, containers }: Pod, providerClass: string): boolean {
  const volumes = listAt(spec, 'volumes').filter(
    (volume) => textAt(volume, 'csi', 'volumeAttributes', 'secretProviderClass') === providerClass,
  );
  const mounted = containers.flatMap(({ fields }) =>
    listAt(fields, 'volumeMounts').map((mount) => textAt(mount, 'name')),
  );
  return volumes.some((volume) => mounted.includes(textAt(volume, 'name')));
}
