import { at, fieldsAt, listAt, textAt } from './fields';
import { type Manifest, nameOf, namespaceOf } from './manifest';
import type { Manifests } from './manifests';
import { remembered } from './remembered';

/** The kind whose Secrets are there only as long as a pod mounts it. */
export const SECRET_PROVIDER_CLASS = 'secrets-store.csi.x-k8s.io/SecretProviderClass';

/** The keys that a rendered object gives to a Secret; `undefined` where the manifests do not say them all. */
type Keys = ReadonlySet<string> | undefined;

/** A Secret that an object makes. */
interface MadeSecret {
  readonly name: string;
  readonly keys: Keys;
}

/** What an object of each kind makes. */
const MAKERS: Readonly<Record<string, (object: Manifest) => readonly MadeSecret[]>> = {
  '/Secret': (secret) => [{ name: nameOf(secret), keys: keysIn(secret, ['data'], ['stringData']) }],
  // Always under its own name, whatever the template says.
  'bitnami.com/SealedSecret': (sealed) => [
    { name: nameOf(sealed), keys: keysIn(sealed, ['spec', 'encryptedData'], ['spec', 'template', 'data']) },
  ],
  'external-secrets.io/ExternalSecret': (external) => [
    { name: textAt(external, 'spec', 'target', 'name') ?? nameOf(external), keys: keysOfExternalSecret(external) },
  ],
  'secrets.hashicorp.com/VaultStaticSecret': (vault) => [
    { name: textAt(vault, 'spec', 'destination', 'name') ?? nameOf(vault), keys: keysOfVaultStaticSecret(vault) },
  ],
  [SECRET_PROVIDER_CLASS]: (providerClass) =>
    listAt(providerClass, 'spec', 'secretObjects').map((secret) => ({
      name: textAt(secret, 'secretName') ?? '',
      keys: new Set(listAt(secret, 'data').map((entry) => textAt(entry, 'key') ?? '')),
    })),
};

/** The kinds whose objects make Secrets. */
export const SECRET_MAKER_KINDS: readonly string[] = Object.keys(MAKERS);

/** The keys of a Secret, when objects among the manifests make it and say all of its keys. */
export function keysOfSecret(namespace: string, name: string, manifests: Manifests): Keys {
  const makers = makersOf(manifests).get(`${namespace}/${name}`) ?? [];
  const keys = makers.map((maker) => maker.keys);
  return makers.length === 0 || keys.includes(undefined)
    ? undefined
    : new Set(keys.flatMap((some) => [...(some ?? [])]));
}

/** The objects among the manifests that make a Secret. */
export function makersOfSecret(namespace: string, name: string, manifests: Manifests): Manifest[] {
  return (makersOf(manifests).get(`${namespace}/${name}`) ?? []).map(({ object }) => object);
}

/** An object that makes a Secret, and the keys that it gives to it. */
interface Maker {
  readonly object: Manifest;
  readonly keys: Keys;
}

const makersOf = remembered((manifests: Manifests) => {
  const makers = new Map<string, Maker[]>();
  for (const [kind, made] of Object.entries(MAKERS)) {
    for (const object of manifests.all(kind)) {
      for (const { name, keys } of made(object)) {
        const secret = `${namespaceOf(object)}/${name}`;
        makers.set(secret, [...(makers.get(secret) ?? []), { object, keys }]);
      }
    }
  }
  return makers;
});

function keysIn(object: Manifest, ...paths: string[][]): Keys {
  return new Set(paths.flatMap((path) => Object.keys(fieldsAt(object, ...path))));
}

/** A template replaces what is read, unless the two are merged. */
function keysOfExternalSecret(external: Manifest): Keys {
  const template = at(external, 'spec', 'target', 'template');
  if (listAt(external, 'spec', 'dataFrom').length > 0 || at(template, 'templateFrom') !== undefined) {
    return undefined;
  }
  const templated = Object.keys(fieldsAt(template, 'data'));
  const read = listAt(external, 'spec', 'data').map((entry) => textAt(entry, 'secretKey') ?? '');
  const isMerged = textAt(template, 'mergePolicy') === 'Merge';
  return new Set(templated.length > 0 && !isMerged ? templated : [...templated, ...read]);
}

/** Only templates, when the fields of the entry are left out; what else there is lies in Vault or in another object. */
function keysOfVaultStaticSecret(vault: Manifest): Keys {
  const transformation = at(vault, 'spec', 'destination', 'transformation');
  const isWhole =
    at(vault, 'spec', 'destination', 'create') === true &&
    at(transformation, 'excludeRaw') === true &&
    listAt(transformation, 'excludes').includes('.*') &&
    listAt(transformation, 'transformationRefs').length === 0;
  return isWhole ? new Set(Object.keys(fieldsAt(transformation, 'templates'))) : undefined;
}
