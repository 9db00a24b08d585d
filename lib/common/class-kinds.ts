import { alternatives, type Kind, problemOf, type Words } from './kinds';
import type { Problem } from './invalid';
import { article, className } from './show';

/** A class, whoever may construct it. */
interface Class<T> {
  readonly name: string;
  readonly prototype: T;
}

/**
 * An object of a class of ours. What to write is read from the class: its members and its factories.
 *
 * @param type the class.
 * @param shown for an abstract class the one whose members are shown.
 */
export function instanceOf<T>(type: Class<T>, shown: Class<T> = type): Kind<T> {
  const words = (): Words => ({ wanted: article(type.name), example: waysTo(shown) });
  const problemWith = (what: string, value: unknown): Problem =>
    isOfAnotherCopy(type, value)
      ? {
          what,
          value,
          because: `it is ${article(type.name)} of another copy of cdk8s-nim, which this one cannot read`,
          instead: 'keep one copy: `npm ls cdk8s-nim` lists them',
        }
      : problemOf(what, value, words());
  return { words, problems: (what, value) => (value instanceof (type as never) ? [] : [problemWith(what, value)]) };
}

/** Whether an object is of a class of the same name. */
function isOfAnotherCopy({ name }: { readonly name: string }, value: unknown): boolean {
  for (let object: unknown = value; typeof object === 'object' && object !== null;) {
    if (className(object) === name) {
      return true;
    }
    object = Object.getPrototypeOf(object);
  }
  return false;
}

/** The members and factories of a class as code: `SecurityProfile.RESTRICTED, STRICT or OPENSHIFT`. */
function waysTo(type: Class<unknown>): string {
  const statics = Object.entries(Object.getOwnPropertyDescriptors(type)).filter(([name]) => !name.startsWith('_'));
  const members = statics.filter(([, { value }]) => value instanceof (type as never)).map(([name]) => name);
  const factories = statics
    .filter(([name, { value }]) => typeof value === 'function' && name !== 'prototype')
    .map(([name]) => `${name}(…)`);
  const [first, ...others] = [...members, ...factories];
  return first === undefined ? `new ${type.name}(…)` : alternatives([`${type.name}.${first}`, ...others]);
}
