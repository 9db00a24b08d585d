import { at, fieldsAt, listAt, textAt } from './fields';
import type { Manifest } from './manifest';
import { nameOf, namespaceOf } from './manifest';
import type { Manifests } from './manifests';
import { remembered } from './remembered';

/** The keys that a rendered object gives to a Secret; `undefined` where the manifests do not say them all. */
type Keys = ReadonlySet<string> | undefined;

/** The keys of a Secret, when objects among the manifests make it and say all of its keys. */
export function keysOfSecret(namespace: string, name: string, manifests: Manifests): Keys {
  const makers = makersOf(manifests).get(`${namespace}/${name}`) ?? [];
  const keys = makers.map((keysOf) => keysOf());
  return makers.length === 0 || keys.includes(undefined)
    ? undefined
    : new Set(keys.flatMap((some) => [...(some ?? [])]));
}

const makersOf = remembered((manifests: Manifests) => {
  const makers = new Map<string, (() => Keys)[]>();
  const add = (object: Manifest, name: string, keysOf: () => Keys): void => {
    const secret = `${namespaceOf(object)}/${name}`;
    makers.set(secret, [...(makers.get(secret) ?? []), keysOf]);
  };
  for (const secret of manifests.all('/Secret')) {
    add(secret, nameOf(secret), () => keysIn(secret, ['data'], ['stringData']));
  }
  for (const sealed of manifests.all('bitnami.com/SealedSecret')) {
    const name = textAt(sealed, 'spec', 'template', 'metadata', 'name') ?? nameOf(sealed);
    add(sealed, name, () => keysIn(sealed, ['spec', 'encryptedData'], ['spec', 'template', 'data']));
  }
  for (const external of manifests.all('external-secrets.io/ExternalSecret')) {
    add(external, textAt(external, 'spec', 'target', 'name') ?? nameOf(external), () => keysOfExternalSecret(external));
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
