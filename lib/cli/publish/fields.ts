import { isFields } from '../../manifests/fields';

/** A field that is not the same before and after. */
export interface FieldChange {
  /** As people write it; an item of a list with its name: `spec.template.spec.containers[nim].image`. */
  readonly path: string;
  /** `undefined` where the field is new. */
  readonly before: unknown;
  /** `undefined` where the field is gone. */
  readonly after: unknown;
}

/** The fields that differ between two values. The order of members means nothing, that of lists does. */
export function changedFields(before: unknown, after: unknown, path = ''): FieldChange[] {
  if (isFields(before) && isFields(after)) {
    return members(before, after).flatMap((name) => changedFields(before[name], after[name], below(path, name)));
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    return changedItems(before, after, path);
  }
  return before === after ? [] : [{ path, before, after }];
}

/** Whether two values say the same. */
export function isSame(one: unknown, other: unknown): boolean {
  return changedFields(one, other).length === 0;
}

/** The members of both, in the order of the first one. */
function members(before: object, after: object): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])];
}

function below(path: string, name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(name)) {
    return `${path}[${JSON.stringify(name)}]`;
  }
  return path === '' ? name : `${path}.${name}`;
}

function changedItems(before: readonly unknown[], after: readonly unknown[], path: string): FieldChange[] {
  const [names, newNames] = [namesOf(before), namesOf(after)];
  return names === undefined || newNames === undefined
    ? changedPlaces(before, after, path)
    : changedByName(byName(before, names), byName(after, newNames), path);
}

/** Items by their places, without those that are the same at the beginning and at the end. */
function changedPlaces(before: readonly unknown[], after: readonly unknown[], path: string): FieldChange[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && isSame(before[start], after[start])) start += 1;
  let end = 0;
  while (end < shorter - start && isSame(before.at(-1 - end), after.at(-1 - end))) end += 1;
  const length = Math.max(before.length, after.length) - end - start;
  return Array.from({ length }, (_, offset) => start + offset).flatMap((index) =>
    changedFields(
      index < before.length - end ? before[index] : undefined,
      index < after.length - end ? after[index] : undefined,
      `${path}[${index}]`,
    ),
  );
}

function changedByName(
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
  path: string,
): FieldChange[] {
  const stayed = [...before.keys()].filter((name) => after.has(name));
  const order = [...after.keys()].filter((name) => before.has(name));
  const moved = stayed.every((name, index) => name === order[index])
    ? []
    : [{ path: `${path}, the order`, before: stayed, after: order }];
  return [
    ...[...new Set([...before.keys(), ...after.keys()])].flatMap((name) =>
      changedFields(before.get(name), after.get(name), `${path}[${name}]`),
    ),
    ...moved,
  ];
}

function byName(items: readonly unknown[], names: readonly string[]): Map<string, unknown> {
  return new Map(names.map((name, index) => [name, items[index]]));
}

/** The names of items, when each has one of its own. */
function namesOf(items: readonly unknown[]): string[] | undefined {
  const names = items.map((item) => (isFields(item) ? item['name'] : undefined)).filter(isText);
  return names.length === items.length && new Set(names).size === names.length ? names : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
