import { isSecretName } from '../common/literal-secrets';
import { type Rule, RuleLevel, type Violation } from './rule';
import { fieldsAt, type Path, textAt, textsAt } from './support/fields';
import { groupKindOf, type Manifest } from './support/manifest';
import type { Manifests } from './support/manifests';
import { envOf } from './support/pods';

/** A value that is only the name of another variable: `$(NGC_API_KEY)`. Names from keys of a Secret may hold `.` and `-`. */
const VARIABLE_REFERENCE = /^\$\([\w.-]+\)$/;

export const noLiteralSecret: Rule = {
  id: 'no-literal-secret',
  level: RuleLevel.ERROR,
  what: 'No credential is written out: no Secret with data, no API key, registry login, private key or password anywhere.',
  why: 'Manifests are stored in Git, and Git keeps every version for everybody who can read it.',
  fix: 'keep the value in a secret manager and refer to it: an ExternalSecret, or valueFrom.secretKeyRef. Revoke a key that was committed',
  check: (object, manifests) => {
    const found = [...secretData(object), ...secretNames(object, manifests)];
    collectLiterals(object, [], found, manifests);
    return found;
  },
};

function secretData(object: Manifest): Violation[] {
  return groupKindOf(object) !== '/Secret'
    ? []
    : ['data', 'stringData']
        .filter((field) => Object.keys(fieldsAt(object, field)).length > 0)
        .map((field) => ({ path: [field], message: `a Secret with ${field} is stored with its values` }));
}

/** Names that say that the value is a credential, whatever it looks like. */
function secretNames(object: Manifest, manifests: Manifests): Violation[] {
  const pod = manifests.podOf(object);
  if (pod !== undefined) {
    return pod.containers
      .flatMap(envOf)
      .filter(({ name, fields }) => isLiteralCredential(name, textAt(fields, 'value')))
      .map(({ name, path }) => namedCredential(name, [...path, 'value']));
  }
  return groupKindOf(object) === '/ConfigMap'
    ? Object.entries(textsAt(object, 'data'))
        .filter(([name, value]) => isLiteralCredential(name, value))
        .map(([name]) => namedCredential(name, ['data', name]))
    : [];
}

function isLiteralCredential(name: string, value = ''): boolean {
  return isSecretName(name) && value !== '' && !VARIABLE_REFERENCE.test(value);
}

function namedCredential(name: string, path: Path): Violation {
  return { path, message: `${name} is, by its name, a credential, and its value is written out` };
}

/** Adds every literal in a value; `path` leads to the value. One walk over everything, so it makes no lists on its way. */
function collectLiterals(value: unknown, path: (string | number)[], found: Violation[], manifests: Manifests): void {
  if (typeof value === 'string') {
    const secret = manifests.literalSecretIn(value);
    if (secret !== undefined) {
      found.push({ path: [...path], message: `it holds ${secret}` });
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const key of Object.keys(value)) {
      path.push(Array.isArray(value) ? Number(key) : key);
      collectLiterals((value as Record<string, unknown>)[key], path, found, manifests);
      path.pop();
    }
  }
}
