import { rememberedText } from '../common/remembered-text';

/** An object of a manifest whose fields nobody has checked yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** The path to a field: names of members and indexes of lists. */
export type Path = readonly (string | number)[];

const NOTHING: Fields = {};
const NONE: readonly unknown[] = [];

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path, or `undefined` as soon as the path ends. */
export function at(value: unknown, ...path: Path): unknown {
  return valueAt(value, path);
}

function valueAt(value: unknown, path: Path, from = 0): unknown {
  const step = path[from];
  if (step === undefined) {
    return value ?? undefined;
  }
  return typeof value === 'object' && value !== null && Object.hasOwn(value, step)
    ? valueAt((value as Record<string | number, unknown>)[step], path, from + 1)
    : undefined;
}

/** The object at a path; an empty one when there is none. */
export function fieldsAt(value: unknown, ...path: Path): Fields {
  const found = valueAt(value, path);
  return isFields(found) ? found : NOTHING;
}

/** The list at a path; an empty one when there is none. */
export function listAt(value: unknown, ...path: Path): readonly unknown[] {
  const found = valueAt(value, path);
  return Array.isArray(found) ? found : NONE;
}

/** The text at a path, when it is one. */
export function textAt(value: unknown, ...path: Path): string | undefined {
  const found = valueAt(value, path);
  return typeof found === 'string' ? found : undefined;
}

/** The number at a path, when it is one. */
export function numberAt(value: unknown, ...path: Path): number | undefined {
  const found = valueAt(value, path);
  return typeof found === 'number' ? found : undefined;
}

/** A text, or a number as one; `undefined` for anything else, which may have no text at all. */
export function scalarText(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** The members of an object that are texts: labels, annotations. */
export function textsAt(value: unknown, ...path: Path): Readonly<Record<string, string>> {
  const entries = Object.entries(fieldsAt(value, ...path)).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(entries);
}

/** A copy of a value, so that nobody changes what it is a part of. */
export function copied(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(copied);
  }
  return isFields(value)
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copied(inner)]))
    : value;
}

/** A path as people write it: `spec.ports[0].port`, `metadata.annotations["example.com/a"]`. */
export function showPath(path: Path): string {
  return path
    .map((step, index) => {
      // An index, or a name that needs quotes.
      if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(String(step))) {
        return `[${JSON.stringify(step)}]`;
      }
      return index === 0 ? step : `.${step}`;
    })
    .join('');
}

/** One step of a path as `showPath` writes it. */
const STEP = /(?:^|(?!^)\.)([A-Za-z_][A-Za-z0-9_-]*)|\[(\d+|"(?:[^"\\]|\\.)*")\]/y;

/** The path that a text stands for, as `showPath` writes it; `undefined` when it is none. */
export const parsePath = rememberedText((text): Path | undefined => {
  const path: (string | number)[] = [];
  for (STEP.lastIndex = 0; STEP.lastIndex < text.length;) {
    const [step, name, bracketed] = STEP.exec(text) ?? [];
    if (step === undefined) {
      return undefined;
    }
    path.push(name ?? (JSON.parse(bracketed ?? '') as string | number));
  }
  return path;
});
