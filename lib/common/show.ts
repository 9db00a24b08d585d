import { literalSecretIn } from './literal-secrets';

/** Longer texts of a value are cut in a message. */
const LONGEST = 300;

/**
 * A value in words that fit into a message, whatever it is: data as JSON, a construct by its path, other objects by the name of
 * their class. One that holds a credential stays out of terminals and CI logs.
 */
export function show(value: unknown): string {
  try {
    const text =
      word(value) ??
      JSON.stringify(value, (_, member: unknown) => (member === undefined ? member : (word(member) ?? member)));
    // The shapes are looked for in the texts themselves too, because JSON escapes the quotes in them.
    if ([text, ...textsIn(value)].some((part) => literalSecretIn(part) !== undefined)) {
      return '"(hidden)"';
    }
    return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  } catch {
    // A circular object, or one that throws when it is read.
    return 'an object';
  }
}

/** A value that JSON cannot express; `undefined` for data. */
function word(value: unknown): string | undefined {
  if (typeof value === 'function') {
    return value.name === '' ? 'a function' : `the ${/^[A-Z]/.test(value.name) ? 'class' : 'function'} ${value.name}`;
  }
  if (typeof value === 'object') {
    return value === null || isData(value) ? undefined : instance(value);
  }
  // Texts, switches and usual numbers are as JSON writes them.
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value) ? undefined : plain(value);
}

function plain(value: unknown): string {
  return typeof value === 'bigint' ? `${value}n` : String(value);
}

/** Whether an object is a list or a record, and not one of a class. */
export function isData(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === null || className(value) === 'Object';
}

function instance(value: object): string {
  const path = pathOf(value);
  return `${article(className(value))}${path === undefined ? '' : ` ${JSON.stringify(path)}`}`;
}

/** The name of the class of an object. */
export function className(value: object): string {
  const { constructor } = value;
  return typeof constructor === 'function' && constructor.name !== '' ? constructor.name : 'Object';
}

/** A noun with its article. */
export function article(noun: string): string {
  return `${/^[AEIOU]/i.test(noun) ? 'an' : 'a'} ${noun}`;
}

/** The path of a construct in its tree. */
function pathOf(value: object): string | undefined {
  const { node } = value as { readonly node?: { readonly path?: unknown } };
  return typeof node?.path === 'string' && node.path !== '' ? node.path : undefined;
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return typeof value === 'object' && value !== null && isData(value) ? Object.values(value).flatMap(textsIn) : [];
}
