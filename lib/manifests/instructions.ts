import { rememberedText } from '../common/remembered-text';
import type { ControllerLanguage, ObjectReference } from '../ingress/controller-language';
import type { FieldTest, GroupTest, ObjectTest } from '../ingress/object-tests';
import { everyListenerHas, everyRuleHas, policiesOn } from './attached-policies';
import { at } from './fields';
import type { Manifest } from './manifest';
import type { Manifests } from './manifests';
import { namedObjects } from './named-objects';

/** Whether a front door, or what belongs to it, passes a test in the language of a controller. */
export function isTold(
  { kind, anyOf }: ObjectTest,
  language: ControllerLanguage,
  door: Manifest,
  manifests: Manifests,
): boolean {
  if (kind === undefined) {
    return passesOne(door, anyOf);
  }
  const passes = (object: Manifest): boolean => passesOne(object, anyOf);
  const policy = language.policies?.find((attached) => attached.kind === kind);
  if (policy !== undefined) {
    return (policy.isForListeners === true ? everyListenerHas : everyRuleHas)(door, manifests, policy, passes);
  }
  return objectsOfKind(kind, language, door, manifests).some(passes);
}

function passesOne(object: Manifest, anyOf: ObjectTest['anyOf']): boolean {
  return anyOf.some((tests) => tests.every((test) => passesFieldTest(object, test)));
}

/** The objects that a controller reads for a front door: the door itself, what it names, or the policies on it. */
export function holdersOf(
  kind: string | undefined,
  language: ControllerLanguage,
  door: Manifest,
  manifests: Manifests,
): readonly Manifest[] {
  if (kind === undefined) {
    return [door];
  }
  return language.policies?.some((policy) => policy.kind === kind) === true
    ? policiesOn(door, kind, manifests)
    : objectsOfKind(kind, language, door, manifests);
}

/** The objects of a kind that a front door names. */
export function objectsOfKind(
  kind: string,
  language: ControllerLanguage,
  door: Manifest,
  manifests: Manifests,
): readonly Manifest[] {
  return referencesTo(kind, language).flatMap((reference) => namedObjects(door, reference, manifests));
}

/** The annotations that name objects of a kind. */
export function referencesTo(kind: string | undefined, { references }: ControllerLanguage): ObjectReference[] {
  return (references ?? []).filter((reference) => reference.kind === kind);
}

/** Whether a field is what a test asks for. */
export function passesFieldTest(value: unknown, test: FieldTest): boolean {
  const field = at(value, ...test.path);
  if (field === undefined) {
    return test.isOptional === true;
  }
  if (test.eachGroup !== undefined) {
    return Array.isArray(field) && hasOneOfEachGroup(field, test.eachGroup);
  }
  if (test.isPositive === true) {
    return Number(textOf(field)) > 0;
  }
  return test.pattern === undefined ? isSet(field) : matches(test.pattern, textOf(field));
}

function hasOneOfEachGroup(entries: readonly unknown[], { by, tests }: GroupTest): boolean {
  const groupOf = (entry: unknown): string => JSON.stringify(at(entry, by) ?? []);
  const passing = new Set(entries.filter((entry) => tests.every((test) => passesFieldTest(entry, test))).map(groupOf));
  return entries.length > 0 && entries.every((entry) => passing.has(groupOf(entry)));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Whether a value is neither blank nor empty. */
function isSet(value: unknown): boolean {
  return typeof value === 'string' ? value.trim() !== '' : !Array.isArray(value) || value.length > 0;
}

/** Whether a text looks like a pattern; without one, whether it is not blank. */
export function matches(pattern: string | undefined, text: string): boolean {
  return pattern === undefined ? isSet(text) : compiled(pattern).test(text);
}

const compiled = rememberedText((pattern) => new RegExp(pattern));
