import { type Rule, RuleLevel } from './rule';
import { nameOf, showObject } from './support/manifest';

export const uniqueNames: Rule = {
  id: 'unique-names',
  level: RuleLevel.ERROR,
  what: 'Every object has a name, and no two objects share kind, namespace and name.',
  why: 'To the API server they are one object: the last one that is applied wins, without a word.',
  fix: 'give each object its own name or namespace',
  check: (object, manifests) => {
    const path = ['metadata', 'name'];
    if (nameOf(object) === '') {
      return [{ path, message: 'the object has no name' }];
    }
    return manifests.sameAs(object)[0] === object
      ? []
      : [{ path, message: `another object is ${showObject(object)} too` }];
  },
};
