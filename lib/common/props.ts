import { invalid } from './invalid';

/** Every member of a props interface, and whether it has to be given. The compiler refuses a table that is not complete. */
export type PropTable<Props> = {
  readonly [Name in keyof Required<Props>]: object extends Pick<Props, Name & keyof Props> ? 'optional' : 'required';
};

/**
 * Refuses a prop that does not exist and the lack of one that has to be there.
 *
 * TypeScript finds both, but a program runs without a type check too, and a misspelt `sourceRanges` must not leave the way in
 * open.
 */
export function requireProps<Props extends object>(
  what: string,
  props: Props | undefined,
  table: PropTable<Props>,
): Props {
  const names = Object.keys(table);
  if (props === undefined) {
    throw invalid({ what: `${what} props`, value: props, because: 'they are required', instead: example(table) });
  }
  const unknown = Object.keys(props).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const near = names.find((name) => isNear(name, unknown));
    throw invalid({
      what: `${what} prop`,
      value: unknown,
      because: `there is none of that name; there are ${names.join(', ')}`,
      instead: near === undefined ? 'leave it out' : `did you mean ${near}?`,
    });
  }
  for (const name of names as (keyof Props & string)[]) {
    if (table[name] === 'required' && props[name] === undefined) {
      throw invalid({
        what: `${what} ${name}`,
        value: props[name],
        because: 'it is required',
        instead: example(table),
      });
    }
  }
  return props;
}

/** The members of props that a table names. */
export function pickProps<Props extends object>(props: Props, table: PropTable<Props>): Props {
  return Object.fromEntries(Object.entries(props).filter(([name]) => name in table)) as Props;
}

function example(table: Readonly<Record<string, string>>): string {
  const required = Object.keys(table).filter((name) => table[name] === 'required');
  return `write { ${required.map((name) => `${name}: …`).join(', ')} }`;
}

/** Whether two names differ in one or two letters, or in the order of two. */
function isNear(name: string, other: string): boolean {
  return distance(name.toLowerCase(), other.toLowerCase()) <= 2;
}

/** The number of letters to change, add or remove between two words. */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(change, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
