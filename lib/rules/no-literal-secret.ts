import { isSecretName } from '../common/literal-secrets';
import { type Rule, RuleLevel, type Violation } from './rule';
import { fieldsAt, textAt } from './support/fields';
import { groupKindOf, type Manifest } from './support/manifest';
import type { Manifests } from './support/manifests';
import { envOf } from './support/pods';

/** The shortest text that any known credential can have. */
const SHORTEST_SECRET = 6;
/** A value that is only the name of another variable: `$(NGC_API_KEY)`. */
const VARIABLE_REFERENCE = /^\$\(\w+\)$/;

const NONE: Violation[] = [];

export const noLiteralSecret: Rule = {
  id: 'no-literal-secret',
  level: RuleLevel.ERROR,
  what: 'No credential is written out: no Secret with data, no API key, registry login, private key or password anywhere.',
  why: 'Manifests are stored in Git, and Git keeps every version for everybody who can read it.',
  fix: 'keep the value in a secret manager and refer to it: an ExternalSecret, or valueFrom.secretKeyRef. Revoke a key that was committed',
  check: (object, manifests) => [
    ...secretData(object),
    ...secretNames(object, manifests),
    ...literalsIn(object, manifests),
  ],
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
  const variables = (manifests.podOf(object)?.containers ?? []).flatMap(envOf).map(({ name, fields, path }) => ({
    name,
    value: textAt(fields, 'value') ?? '',
    path: [...path, 'value'],
  }));
  const entries = groupKindOf(object) === '/ConfigMap' ? Object.keys(fieldsAt(object, 'data')) : [];
  return [
    ...variables,
    ...entries.map((name) => ({ name, value: textAt(object, 'data', name) ?? '', path: ['data', name] })),
  ]
    .filter(({ name, value }) => isSecretName(name) && value !== '' && !VARIABLE_REFERENCE.test(value))
    .map(({ name, path }) => ({
      path,
      message: `${name} is, by its name, a credential, and its value is written out`,
    }));
}

/** Every literal in a value. The paths are put together on the way back, because most values hold none. */
function literalsIn(value: unknown, manifests: Manifests): Violation[] {
  if (typeof value === 'string') {
    const secret = value.length < SHORTEST_SECRET ? undefined : manifests.literalSecretIn(value);
    return secret === undefined ? NONE : [{ path: [], message: `it holds ${secret}` }];
  }
  if (typeof value !== 'object' || value === null) {
    return NONE;
  }
  const found: Violation[] = [];
  for (const key of Object.keys(value)) {
    for (const { path, message } of literalsIn((value as Record<string, unknown>)[key], manifests)) {
      found.push({ path: [Array.isArray(value) ? Number(key) : key, ...path], message });
    }
  }
  return found;
}
