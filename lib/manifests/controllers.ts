import type { ControllerLanguage } from '../ingress/controller-language';
import { CONTROLLERS } from '../ingress/controllers';
import { INGRESS } from '../ingress/door-kinds';
import { textAt } from './fields';
import { annotationsOf, groupKindOf, type Manifest } from './manifest';

/** The languages of all controllers, in the order of the documentation. */
export const LANGUAGES: readonly ControllerLanguage[] = CONTROLLERS.map(({ language }) => language);

/** Which controller reads each class that an installation creates by default. Any other class may belong to any controller. */
const READERS: ReadonlyMap<string, readonly ControllerLanguage[]> = new Map(
  LANGUAGES.flatMap(({ classes }) => classes ?? []).map((name) => [
    name,
    LANGUAGES.filter(({ classes }) => classes?.includes(name) === true),
  ]),
);

/** The class of an Ingress; the annotation is older than the field, and goes first. */
export function ingressClassOf(ingress: Manifest): string | undefined {
  return annotationsOf(ingress)['kubernetes.io/ingress.class'] ?? textAt(ingress, 'spec', 'ingressClassName');
}

/** The controllers that may read a front door; `undefined` when its class does not tell. */
export function readersOf(door: Manifest): readonly ControllerLanguage[] | undefined {
  return groupKindOf(door) === INGRESS ? READERS.get(ingressClassOf(door) ?? '') : undefined;
}

/** Whether a controller may read a front door. */
export function reads(language: ControllerLanguage, door: Manifest): boolean {
  return readersOf(door)?.includes(language) ?? true;
}

/** Whether a front door is for a controller: by its class or, where that does not tell, by annotations. */
export function isFor(language: ControllerLanguage, door: Manifest): boolean {
  return groupKindOf(door) === language.door && (readersOf(door)?.includes(language) ?? speaks(door, language));
}

/** Whether an object has annotations of a controller. */
export function speaks(object: Manifest, { prefix }: ControllerLanguage): boolean {
  return prefix !== undefined && Object.keys(annotationsOf(object)).some((name) => name.startsWith(prefix));
}
