import { possibleReaders } from './controllers';
import { at } from './fields';
import { holdersOf } from './instructions';
import type { Manifest } from './manifest';
import type { Manifests } from './manifests';

/** The addresses from which a front door lets clients in; none where it asks for none. */
export function sourceRangesOf(door: Manifest, manifests: Manifests): string[] {
  return possibleReaders(door, manifests).flatMap((language) =>
    (language.sourceRanges ?? []).flatMap((list) =>
      holdersOf(list.kind, language, door, manifests).flatMap((holder) => addressesAt(holder, list.path)),
    ),
  );
}

function addressesAt(value: unknown, path: readonly string[]): string[] {
  const every = path.indexOf('*');
  const found = at(value, ...(every === -1 ? path : path.slice(0, every)));
  if (every !== -1) {
    return Array.isArray(found) ? found.flatMap((item) => addressesAt(item, path.slice(every + 1))) : [];
  }
  const listed: unknown[] = Array.isArray(found) ? found : typeof found === 'string' ? found.split(/[\s,]+/) : [];
  return listed.filter((address): address is string => typeof address === 'string' && address !== '');
}
