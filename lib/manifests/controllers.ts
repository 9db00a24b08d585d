import type { ControllerLanguage } from '../ingress/controller-language';
import { CONTROLLERS } from '../ingress/controllers';
import { INGRESS } from '../ingress/door-kinds';
import { textAt } from './fields';
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
export function ingressClassOf(ingress: Manifest): string | undefined {
  return annotationsOf(ingress)['kubernetes.io/ingress.class'] ?? textAt(ingress, 'spec', 'ingressClassName');
}

/** The controllers that may read a front door; `undefined` when its class does not tell. */
export function readersOf(door: Manifest, { languages }: Manifests): readonly ControllerLanguage[] | undefined {
  return groupKindOf(door) === INGRESS ? readersByClass(languages).get(ingressClassOf(door) ?? '') : undefined;
}

/** Whether a controller may read a front door. */
export function reads(language: ControllerLanguage, door: Manifest, manifests: Manifests): boolean {
  return readersOf(door, manifests)?.includes(language) ?? true;
}

/** Whether a front door is for a controller: by its class or, where that does not tell, by annotations. */
export function isFor(language: ControllerLanguage, door: Manifest, manifests: Manifests): boolean {
  return (
    groupKindOf(door) === language.door && (readersOf(door, manifests)?.includes(language) ?? speaks(door, language))
  );
}

/** Whether an object has annotations of a controller. */
export function speaks(object: Manifest, { prefix }: ControllerLanguage): boolean {
  return prefix !== undefined && Object.keys(annotationsOf(object)).some((name) => name.startsWith(prefix));
}
