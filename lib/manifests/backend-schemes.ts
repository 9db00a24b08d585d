import type { BackendScheme, ControllerLanguage } from '../ingress/controller-language';
import { INGRESS, SERVICE } from '../ingress/door-kinds';
import { policiesOn } from './attached-policies';
import { addressees, controllersOfKind, speaks } from './controllers';
import { at, scalarText, showPath, textAt } from './fields';
import type { Backend } from './front-doors';
import { matches } from './instructions';
import { groupKindOf, type Manifest } from './manifest';
import type { Manifests } from './manifests';
import { portOf } from './ports';

/** How a controller calls a Service. */
export interface Call {
  readonly controller: string;
  readonly tls: boolean;
  /** The field that says so, for people; where none does, those that could. */
  readonly fields: readonly string[];
}

/** How each controller that a front door is for calls a Service; none where the controller, or its way, is not known. */
export function callsOf(door: Manifest, backend: Backend, manifests: Manifests): Call[] {
  const calls = callersOf(door, manifests).map((language) => callOf(language, door, backend, manifests));
  const known = calls.filter((call) => call !== undefined);
  return known.length === calls.length ? known : [];
}

/** Where two controllers read one class of an Ingress, the annotations tell which of them is meant. */
function callersOf(door: Manifest, manifests: Manifests): readonly ControllerLanguage[] {
  if (groupKindOf(door) !== INGRESS) {
    return controllersOfKind(door, manifests);
  }
  const readers = addressees(door, manifests);
  const spoken = readers.filter((language) => speaks(door, language));
  return spoken.length === 0 ? readers : spoken;
}

function callOf(
  { name, backendSchemes }: ControllerLanguage,
  door: Manifest,
  backend: Backend,
  manifests: Manifests,
): Call | undefined {
  if (backendSchemes === undefined) {
    return undefined;
  }
  for (const scheme of backendSchemes) {
    const tls = saidBy(scheme, door, backend, manifests);
    if (tls !== undefined) {
      return { controller: name, tls, fields: [fieldOf(scheme)] };
    }
  }
  return { controller: name, tls: false, fields: backendSchemes.map(fieldOf) };
}

/** Whether a field says TLS or plain HTTP; `undefined` where it says neither. */
function saidBy(
  { kind, isOfPort, path, tls, plain, isListOfServices }: BackendScheme,
  door: Manifest,
  backend: Backend,
  manifests: Manifests,
): boolean | undefined {
  const holders = holdersOf(kind, door, backend, manifests);
  const values = holders
    .map((holder) => at(isOfPort === true ? portOf(holder, backend.port) : holder, ...path))
    .filter((value) => value !== undefined)
    .map((value) => scalarText(value) ?? JSON.stringify(value));
  if (isListOfServices === true) {
    const names = values.flatMap((value) => value.split(',')).map((listed) => listed.trim());
    return names.includes(backend.name) ? true : undefined;
  }
  if (values.some((value) => matches(tls, value))) {
    return true;
  }
  return plain !== undefined && values.some((value) => matches(plain, value)) ? false : undefined;
}

function holdersOf(
  kind: string | undefined,
  door: Manifest,
  { namespace, name, port }: Backend,
  manifests: Manifests,
): readonly Manifest[] {
  if (kind === undefined) {
    return [door];
  }
  const service = manifests.find(SERVICE, namespace, name);
  if (service === undefined) {
    return [];
  }
  const section = textAt(portOf(service, port), 'name');
  return kind === SERVICE
    ? [service]
    : [
        ...policiesOn(service, kind, manifests),
        ...(section === undefined ? [] : policiesOn(service, kind, manifests, section)),
      ];
}

/** A field as people name it. */
function fieldOf({ kind, isOfPort, path, isListOfServices }: BackendScheme): string {
  const field = showPath(path);
  const listed = isListOfServices === true ? `${field} with its name` : field;
  if (kind === undefined) {
    return listed;
  }
  const owner = kind.replace(/^.*\//, '');
  return kind === SERVICE
    ? `${listed} of the Service${isOfPort === true ? "'s port" : ''}`
    : `a ${owner} for the Service`;
}
