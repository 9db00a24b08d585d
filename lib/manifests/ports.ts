import { at, listAt, numberAt, textAt } from './fields';
import type { Manifest } from './manifest';

/** The port of a Service, by its number or name; its only one where none is named. */
export function portOf(service: Manifest, port: unknown): unknown {
  const ports = listAt(service, 'spec', 'ports');
  return port === undefined
    ? ports.length === 1
      ? ports[0]
      : undefined
    : ports.find((entry) => at(entry, 'name') === port || at(entry, 'port') === port);
}

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
