import { type Rule, RuleLevel, type Violation } from '../rule';
import { at, type Path, textAt } from '../../manifests/fields';
import { type Manifest, nameOf, showObject } from '../../manifests/manifest';

export const uniqueNames: Rule = {
  id: 'unique-names',
  level: RuleLevel.ERROR,
  what: 'Every object has a name, and no two objects share kind, namespace and name.',
  why: 'To the API server they are one object: the last one that is applied wins, without a word.',
  fix: 'give each object its own name or namespace',
  check: (object, manifests) => {
    const path = ['metadata', 'name'];
    if (nameOf(object) === '') {
      return nameless(object, path);
    }
    return manifests.sameAs(object)[0] === object
      ? []
      : [{ path, message: `another object is ${showObject(object)} too` }];
  },
};

/** The API server makes up a name where `generateName` asks for one. */
function nameless(object: Manifest, path: Path): Violation[] {
  const name = at(object, ...path);
  if (name === undefined && textAt(object, 'metadata', 'generateName') !== undefined) {
    return [];
  }
  const message =
    name === undefined || name === null || name === ''
      ? 'the object has no name'
      : `the name is ${JSON.stringify(name)} and no text: write it in quotes`;
  return [{ path, message }];
}
