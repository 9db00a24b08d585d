import { rememberedText } from '../common/remembered-text';
import type { ObjectReference } from '../ingress/controller-language';
import { listAt, textAt } from './fields';
import { annotationsOf, type Manifest, nameOf, namespaceOf } from './manifest';
import type { Manifests } from './manifests';
import { remembered } from './remembered';

/** The objects that a front door names by an annotation, and those that chains among them name. */
export function namedObjects(door: Manifest, reference: ObjectReference, manifests: Manifests): readonly Manifest[] {
  return namedBy(manifests)(reference)(door);
}

const namedBy = remembered((manifests: Manifests) =>
  remembered((reference: ObjectReference) =>
    remembered((door: Manifest): readonly Manifest[] => {
      const { annotation, kind, chain } = reference;
      const found = new Set(listed(door, annotation).map((name) => objectNamed(name, reference, door, manifests)));
      // What is added meanwhile is visited as well.
      for (const object of chain === undefined ? [] : found) {
        for (const link of listAt(object, ...(chain ?? []))) {
          const namespace = textAt(link, 'namespace') ?? textAt(object, 'metadata', 'namespace') ?? '';
          found.add(manifests.find(kind, namespace, textAt(link, 'name') ?? ''));
        }
      }
      return [...found].filter((object) => object !== undefined);
    }),
  ),
);

/** The object that a name in an annotation stands for, when it is among the manifests. */
export function objectNamed(
  name: string,
  { kind, provider }: ObjectReference,
  door: Manifest,
  manifests: Manifests,
): Manifest | undefined {
  if (provider === undefined) {
    const [own = '', namespace = namespaceOf(door)] = name.split('/').reverse();
    return manifests.find(kind, namespace, own);
  }
  const [joined = '', named] = name.split('@');
  return named === provider ? byJoinedName(manifests)(kind).get(joined) : undefined;
}

/** The objects of a kind by their namespace and name with a hyphen between them. */
const byJoinedName = remembered((manifests: Manifests) =>
  rememberedText(
    (kind): ReadonlyMap<string, Manifest> =>
      new Map(manifests.all(kind).map((object) => [`${namespaceOf(object)}-${nameOf(object)}`, object])),
  ),
);

/** Whether an annotation names what comes from elsewhere than objects, such as a file of the controller. */
export function namesUnseen(door: Manifest, { annotation, provider }: ObjectReference): boolean {
  return provider !== undefined && listed(door, annotation).some((name) => !name.endsWith(`@${provider}`));
}

/** An annotation that lists names, separated by commas. */
export function listed(object: Manifest, annotation: string): string[] {
  return (annotationsOf(object)[annotation] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
