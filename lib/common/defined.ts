type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The object without its undefined members, so that nothing empty reaches a manifest. */
export function defined<T extends object>(object: T): Defined<T> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Defined<T>;
}

/** The record, or `undefined` when it is empty. */
export function unlessEmptyRecord<T>(record: Record<string, T> | undefined): Record<string, T> | undefined {
  return record === undefined || Object.keys(record).length === 0 ? undefined : record;
}

/** The list, or `undefined` when it is empty. */
export function unlessEmpty<T>(list: T[]): T[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** The entries of a record, sorted by name: a record from a language without insertion order has to render the same. */
export function inOrder<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
