import type { ControllerLanguage } from '../ingress/controller-language';
import { CONTROLLERS } from '../ingress/controllers';
import { INGRESS } from '../ingress/door-kinds';
import { textAt } from './fields';
import { groupBy } from './grouping';
import { annotationsOf, groupKindOf, type Manifest } from './manifest';
import type { Manifests } from './manifests';
import { remembered } from './remembered';

/** The languages of the controllers that the library knows, in the order of the documentation. */
export const LANGUAGES: readonly ControllerLanguage[] = CONTROLLERS.map(({ language }) => language);

/** Which controller reads each class that an installation creates by default. Any other class may belong to any controller. */
const readersByClass = remembered(
  (languages: readonly ControllerLanguage[]): ReadonlyMap<string, readonly ControllerLanguage[]> =>
    new Map(
      languages
        .flatMap(({ classes }) => classes ?? [])
        .map((name) => [name, languages.filter(({ classes }) => classes?.includes(name) === true)]),
    ),
);

/** The class of an Ingress; the annotation is older than the field, and goes first. */
export const ingressClassOf = remembered(
  (ingress: Manifest): string | undefined =>
    annotationsOf(ingress)['kubernetes.io/ingress.class'] ?? textAt(ingress, 'spec', 'ingressClassName'),
);

/** The controllers of the class of a front door; `undefined` when it does not tell. */
export function readersOf(door: Manifest, { languages }: Manifests): readonly ControllerLanguage[] | undefined {
  return groupKindOf(door) === INGRESS ? readersByClass(languages).get(ingressClassOf(door) ?? '') : undefined;
}

const byDoorKind = remembered((languages: readonly ControllerLanguage[]) => groupBy(languages, ({ door }) => door));

/** The controllers for the kind of a front door. */
export function controllersOfKind(door: Manifest, { languages }: Manifests): readonly ControllerLanguage[] {
  return byDoorKind(languages).get(groupKindOf(door)) ?? [];
}

/** The controllers that may read a front door: those of its class or, where that does not tell, all for its kind. */
export function possibleReaders(door: Manifest, manifests: Manifests): readonly ControllerLanguage[] {
  return readersOf(door, manifests) ?? controllersOfKind(door, manifests);
}

/** The controllers that a front door is for: by its class or, where that does not tell, by annotations. */
export function addressees(door: Manifest, manifests: Manifests): readonly ControllerLanguage[] {
  return readersOf(door, manifests) ?? controllersOfKind(door, manifests).filter((language) => speaks(door, language));
}

/** Whether an object has annotations of a controller. */
export function speaks(object: Manifest, { prefix }: ControllerLanguage): boolean {
  return prefix !== undefined && Object.keys(annotationsOf(object)).some((name) => name.startsWith(prefix));
}
