import { at, numberAt, textAt } from './fields';

/** Whether two entries of a policy for ports have one in common; one by name, or none at all, may be any. */
export function portsOverlap(one: unknown, other: unknown): boolean {
  const [a, b] = [rangeOf(one), rangeOf(other)];
  const sameProtocol = one === undefined || other === undefined || a.protocol === b.protocol;
  return sameProtocol && a.first <= b.last && b.first <= a.last;
}

function rangeOf(entry: unknown): { readonly protocol: string; readonly first: number; readonly last: number } {
  const port = at(entry, 'port');
  const [first, last] = typeof port === 'number' ? [port, numberAt(entry, 'endPort') ?? port] : [0, Infinity];
  return { protocol: textAt(entry, 'protocol') ?? 'TCP', first, last };
}
