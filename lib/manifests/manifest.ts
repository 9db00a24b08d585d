import { at, type Fields, isFields, listAt, textAt, textsAt } from './fields';
import { remembered } from './remembered';

/** A rendered object: what the API server would get. */
export interface Manifest extends Fields {
  readonly apiVersion: string;
  readonly kind: string;
}

/** Whether a value has what every Kubernetes object has. */
export function isManifest(value: unknown): value is Manifest {
  return isFields(value) && typeof value['apiVersion'] === 'string' && typeof value['kind'] === 'string';
}

/** The group of an object without its version; empty for the core group. */
export function groupOf({ apiVersion }: Pick<Manifest, 'apiVersion'>): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}

/** Group and kind in one text: `apps/Deployment`, `/Service`. */
export const groupKindOf = remembered((object: Manifest): string => `${groupOf(object)}/${object.kind}`);

export function nameOf(object: Manifest): string {
  return textAt(object, 'metadata', 'name') ?? '';
}

/** The namespace of an object; empty when it names none. */
export function namespaceOf(object: Manifest): string {
  return textAt(object, 'metadata', 'namespace') ?? '';
}

export const annotationsOf = remembered((object: Manifest): Readonly<Record<string, string>> =>
  textsAt(object, 'metadata', 'annotations'),
);

/** An object as people name it: `Deployment embeddings/text-embedding`. */
export function showObject(object: Manifest): string {
  const namespace = namespaceOf(object);
  return `${object.kind} ${namespace === '' ? '' : `${namespace}/`}${nameOf(object)}`;
}

/** The objects among values. A list, as `kubectl get -o yaml` and some charts print it, is replaced by its objects. */
export function manifestsIn(values: readonly unknown[]): Manifest[] {
  return values
    .flatMap((value) => (isListKind(value) ? manifestsIn(listAt(value, 'items')) : [value]))
    .filter(isManifest);
}

/** Whether a value is a list of objects. */
export function isListKind(value: unknown): boolean {
  return isManifest(value) && value.kind.endsWith('List') && Array.isArray(at(value, 'items'));
}
