import type { Manifest } from './manifests';

/**
 * Where two renders differ: `+Kind name` and `-Kind name` for objects that only one of them has, and `Kind path` for the
 * deepest part that differs in an object of both (`Kind name path` where a render has several of the kind). Members of lists
 * are named by their `name`, if they have one.
 */
export function differences(before: readonly Manifest[], after: readonly Manifest[]): string[] {
  const [old, now] = [before, after].map(
    (objects) => new Map(objects.map((object) => [`${object.kind} ${object.metadata.name}`, object])),
  ) as [Map<string, Manifest>, Map<string, Manifest>];
  return [
    ...[...old.keys()].filter((key) => !now.has(key)).map((key) => `-${key}`),
    ...[...now.keys()].filter((key) => !old.has(key)).map((key) => `+${key}`),
    ...[...old].flatMap(([key, object]) => {
      const other = now.get(key);
      const isOnly = before.filter(({ kind }) => kind === object.kind).length === 1;
      return other === undefined ? [] : paths(object, other).map((path) => `${isOnly ? object.kind : key} ${path}`);
    }),
  ].sort();
}

function paths(before: unknown, after: unknown, path = ''): string[] {
  const [old, now] = [members(before), members(after)];
  if (old === undefined || now === undefined) {
    return Object.is(before, after) ? [] : [path];
  }
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) => {
    const at = key.startsWith('[') ? `${path}${key}` : `${path === '' ? '' : `${path}.`}${key}`;
    return old.has(key) && now.has(key) ? paths(old.get(key), now.get(key), at) : [at];
  });
}

function members(value: unknown): Map<string, unknown> | undefined {
  if (Array.isArray(value)) {
    return new Map(value.map((item: unknown, index) => [`[${nameOf(item) ?? index}]`, item]));
  }
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined;
}

function nameOf(item: unknown): string | undefined {
  return typeof item === 'object' && item !== null && 'name' in item && typeof item.name === 'string'
    ? item.name
    : undefined;
}
