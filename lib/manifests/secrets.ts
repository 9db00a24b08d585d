import { at, fieldsAt, listAt, textAt } from './fields';
import { type Manifest, nameOf, namespaceOf } from './manifest';
import type { Manifests } from './manifests';
import { remembered } from './remembered';

/** The keys that a rendered object gives to a Secret; `undefined` where the manifests do not say them all. */
type Keys = ReadonlySet<string> | undefined;

/** A kind whose objects make Secrets. */
interface SecretMaker {
  readonly kind: string;
  /** Where an object names the Secret; one that names none makes the Secret of its own name. */
  readonly name: readonly string[];
  readonly keysOf: (object: Manifest) => Keys;
}

const MAKERS: readonly SecretMaker[] = [
  { kind: '/Secret', name: ['metadata', 'name'], keysOf: (secret) => keysIn(secret, ['data'], ['stringData']) },
  {
    kind: 'bitnami.com/SealedSecret',
    name: ['spec', 'template', 'metadata', 'name'],
    keysOf: (sealed) => keysIn(sealed, ['spec', 'encryptedData'], ['spec', 'template', 'data']),
  },
  { kind: 'external-secrets.io/ExternalSecret', name: ['spec', 'target', 'name'], keysOf: keysOfExternalSecret },
];

/** The kinds whose objects make Secrets. */
export const SECRET_MAKER_KINDS: readonly string[] = MAKERS.map(({ kind }) => kind);

/** The keys of a Secret, when objects among the manifests make it and say all of its keys. */
export function keysOfSecret(namespace: string, name: string, manifests: Manifests): Keys {
  const makers = makersOf(manifests).get(`${namespace}/${name}`) ?? [];
  const keys = makers.map(({ object, keysOf }) => keysOf(object));
  return makers.length === 0 || keys.includes(undefined)
    ? undefined
    : new Set(keys.flatMap((some) => [...(some ?? [])]));
}

/** The objects among the manifests that make a Secret. */
export function makersOfSecret(namespace: string, name: string, manifests: Manifests): Manifest[] {
  return (makersOf(manifests).get(`${namespace}/${name}`) ?? []).map(({ object }) => object);
}

/** An object that makes a Secret, and how its keys are read. */
interface Maker {
  readonly object: Manifest;
  readonly keysOf: SecretMaker['keysOf'];
}

const makersOf = remembered((manifests: Manifests) => {
  const makers = new Map<string, Maker[]>();
  for (const { kind, name, keysOf } of MAKERS) {
    for (const object of manifests.all(kind)) {
      const secret = `${namespaceOf(object)}/${textAt(object, ...name) ?? nameOf(object)}`;
      makers.set(secret, [...(makers.get(secret) ?? []), { object, keysOf }]);
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
