import type { ControllerLanguage } from '../ingress/controller-language';
import type { Instruction } from '../ingress/object-tests';
import { HTTP_ROUTE, INGRESS } from '../ingress/door-kinds';
import { controllersOfKind, ingressClassOf, possibleReaders, readersOf } from '../manifests/controllers';
import { at, scalarText, textAt } from '../manifests/fields';
import { holdersOf, isTold, passesFieldTest } from '../manifests/instructions';
import { groupKindOf, type Manifest } from '../manifests/manifest';
import type { Manifests } from '../manifests/manifests';
import type { Violation } from './rule';

/** A decision that the front door of a NIM needs, and the ways to tell a controller of it. */
export interface Decision {
  /** For people. */
  readonly name: string;
  waysIn(language: ControllerLanguage): readonly Instruction[];
}

export const RATE_LIMIT: Decision = { name: 'rate limit', waysIn: ({ rateLimits }) => rateLimits };
export const AUTHENTICATION: Decision = { name: 'authentication', waysIn: ({ authentications }) => authentications };

/** Whether a controller that reads a front door is told of a decision. */
export function isDecided(decision: Decision, door: Manifest, manifests: Manifests): boolean {
  return possibleReaders(door, manifests).some((language) => isToldOf(decision, language, door, manifests));
}

/** The fields that tell a decision to the controllers that read a front door, with their values. */
export function wordsOf(decision: Decision, door: Manifest, manifests: Manifests): string[] {
  const words = toldReaders(decision, door, manifests).flatMap((language) =>
    decision
      .waysIn(language)
      .flatMap((way) => holdersOf(way.kind, language, door, manifests).flatMap((holder) => fieldsOf(way, holder))),
  );
  return [...new Set(words)];
}

/** The fields of an object that pass the tests of an instruction, as people write them. */
function fieldsOf({ anyOf }: Instruction, holder: Manifest): string[] {
  const passed = anyOf.find((tests) => tests.every((test) => passesFieldTest(holder, test))) ?? [];
  return passed
    .filter(({ path }) => at(holder, ...path) !== undefined)
    .map(({ path }) => {
      const value = at(holder, ...path);
      const isAnnotation = path[1] === 'annotations';
      const field = isAnnotation ? (path.at(-1) ?? '').replace(/^.*\//, '') : path.slice(1).join('.');
      return [field, scalarText(value) ?? textAt(value, 'name')].filter((part) => part !== undefined).join(' ');
    });
}

/** A violation when no controller that reads a front door is told of a decision. */
export function decisionViolations(decision: Decision, door: Manifest, manifests: Manifests): Violation[] {
  return isDecided(decision, door, manifests)
    ? []
    : [{ path: placeOf(door), message: whyUndecided(decision, door, manifests) }];
}

/** A violation when different controllers are told of the decisions: only one of them reads the door. */
export function mixedViolations(door: Manifest, manifests: Manifests): Violation[] {
  const [authentications = [], rateLimits = []] = [AUTHENTICATION, RATE_LIMIT].map((decision) =>
    toldReaders(decision, door, manifests),
  );
  const isMixed = rateLimits.length > 0 && !authentications.some((language) => rateLimits.includes(language));
  return authentications.length > 0 && isMixed
    ? [
        {
          path: placeOf(door),
          message: `the authentication is for ${namesOf(authentications)}, the rate limit for ${namesOf(rateLimits)}, and one controller reads the door`,
        },
      ]
    : [];
}

/** The controllers that may read a front door and are told of a decision. */
function toldReaders(decision: Decision, door: Manifest, manifests: Manifests): ControllerLanguage[] {
  return possibleReaders(door, manifests).filter((language) => isToldOf(decision, language, door, manifests));
}

function isToldOf(decision: Decision, language: ControllerLanguage, door: Manifest, manifests: Manifests): boolean {
  return decision.waysIn(language).some((way) => isTold(way, language, door, manifests));
}

function whyUndecided(decision: Decision, door: Manifest, manifests: Manifests): string {
  const readers = readersOf(door, manifests);
  const told = controllersOfKind(door, manifests).filter((language) => isToldOf(decision, language, door, manifests));
  if (readers !== undefined && told.length > 0) {
    return `the ${decision.name} is for ${namesOf(told)}, and the class ${ingressClassOf(door)} is read by ${namesOf(readers, ' or ')}`;
  }
  const ways = possibleReaders(door, manifests).flatMap((language) => decision.waysIn(language));
  if (ways.length === 0) {
    return `no ${decision.name}: the controller of a ${door.kind} has none`;
  }
  // Without a class that tells, an Ingress may be for anybody.
  return groupKindOf(door) === INGRESS && readers === undefined
    ? `no ${decision.name} of a known controller was found; docs/own-controllers.md makes one of your own known`
    : `no ${decision.name} was found; looked for: ${ways.map(({ how }) => how).join('; ')}`;
}

/** An HTTPRoute has its decisions from other objects. */
export function placeOf(door: Manifest): Violation['path'] {
  return groupKindOf(door) === HTTP_ROUTE ? ['spec'] : ['metadata', 'annotations'];
}

function namesOf(languages: readonly ControllerLanguage[], separator = ', '): string {
  return languages.map(({ name }) => name).join(separator);
}
