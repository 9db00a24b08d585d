import type { ControllerLanguage, DoorFields, EntryPoints } from '../ingress/controller-language';
import { HTTP_ROUTE, INGRESS } from '../ingress/door-kinds';
import { addressees, LANGUAGES, possibleReaders } from './controllers';
import { at, listAt, type Path, textAt } from './fields';
import { isTold } from './instructions';
import { annotationsOf, groupKindOf, type Manifest, namespaceOf } from './manifest';
import type { Manifests } from './manifests';
import { listed } from './named-objects';
import type { Pod } from './pods';
import { rememberedAmong } from './remembered';
import { podsOfService } from './selecting';

/** The kinds that let requests into the cluster. */
export const DOOR_KINDS: readonly string[] = [...new Set([INGRESS, HTTP_ROUTE, ...LANGUAGES.map(({ door }) => door)])];

/** A Service that a front door sends requests to. */
export interface Backend {
  readonly name: string;
  readonly namespace: string;
  /** The port of the Service, by number or name; `undefined` when the front door names none. */
  readonly port: unknown;
  readonly path: Path;
  readonly portPath: Path;
}

/** Whether an object lets requests into the cluster. One that only sends clients on to HTTPS does not. */
export const isFrontDoor = rememberedAmong((object: Manifest, manifests: Manifests): boolean => {
  switch (groupKindOf(object)) {
    case INGRESS:
      return !possibleReaders(object, manifests).some((language) => onlyRedirects(language, object, manifests));
    case HTTP_ROUTE:
      return listAt(object, 'spec', 'rules').some((rule) => listAt(rule, 'backendRefs').length > 0);
    default:
      return doorFieldsOf(object) !== undefined;
  }
});

/** What the fields of a front door mean whose kind one controller owns. */
export function doorFieldsOf(object: Manifest): DoorFields | undefined {
  return DOOR_FIELDS.get(groupKindOf(object));
}

const DOOR_FIELDS = new Map(
  LANGUAGES.flatMap(({ door, doorFields }) => (doorFields === undefined ? [] : [[door, doorFields]])),
);

/** Whether a controller serves an Ingress at entry points for plain HTTP only, and sends clients on to HTTPS there. */
function onlyRedirects(language: ControllerLanguage, ingress: Manifest, manifests: Manifests): boolean {
  const { entryPoints } = language;
  return (
    entryPoints !== undefined &&
    isPlainOnly(ingress, entryPoints) &&
    isTold(entryPoints.redirect, language, ingress, manifests)
  );
}

/** The entry points for plain HTTP that an Ingress names. */
export function plainEntryPoints(ingress: Manifest, { annotation, plain }: EntryPoints): string[] {
  return listed(ingress, annotation).filter((name) => plain.includes(name));
}

/** Whether an Ingress is served by plain HTTP and nothing else. */
function isPlainOnly(ingress: Manifest, entryPoints: EntryPoints): boolean {
  const named = listed(ingress, entryPoints.annotation);
  return (
    named.length > 0 &&
    plainEntryPoints(ingress, entryPoints).length === named.length &&
    at(ingress, 'spec', 'tls') === undefined &&
    !Object.keys(annotationsOf(ingress)).some((name) => name.startsWith(entryPoints.tlsPrefix))
  );
}

/** The Services behind a front door. */
export const backendsOf = rememberedAmong((door: Manifest, manifests: Manifests): readonly Backend[] => {
  const namespace = namespaceOf(door);
  switch (groupKindOf(door)) {
    case INGRESS:
      return ingressPaths(door).flatMap(({ path, fields }) => {
        const service = at(fields, 'backend', 'service');
        const port = at(service, 'port', 'name') ?? at(service, 'port', 'number');
        // Behind a path there may be a resource instead of a Service, or an action in the annotations of a load balancer.
        return service === undefined || isAction(port, door, manifests)
          ? []
          : [backend(service, namespace, port, [...path, 'backend', 'service'])];
      });
    case HTTP_ROUTE:
      return listAt(door, 'spec', 'rules').flatMap((rule, index) =>
        listAt(rule, 'backendRefs').flatMap((reference, place) => {
          const path = ['spec', 'rules', index, 'backendRefs', place];
          const there = textAt(reference, 'namespace') ?? namespace;
          return (textAt(reference, 'kind') ?? 'Service') === 'Service'
            ? [backend(reference, there, at(reference, 'port'), path)]
            : [];
        }),
      );
    default: {
      const fields = doorFieldsOf(door);
      return fields === undefined ? [] : ownBackends(door, fields);
    }
  }
});

/** The pods behind a backend, as far as they are among the manifests. */
export function podsBehind({ namespace, name }: Backend, manifests: Manifests): readonly Pod[] {
  const service = manifests.find('/Service', namespace, name);
  return service === undefined ? [] : podsOfService(service, manifests);
}

/** Its port is that of all Services, and counts only as a name. */
function ownBackends(door: Manifest, { service, furtherServices, port }: DoorFields): Backend[] {
  return [
    { path: service, value: at(door, ...service) },
    ...listAt(door, ...furtherServices).map((value, index) => ({ path: [...furtherServices, index], value })),
  ].map(({ path, value }) => ({
    ...backend(value, namespaceOf(door), textAt(door, ...port), path),
    portPath: port,
  }));
}

function backend(service: unknown, namespace: string, port: unknown, path: Path): Backend {
  return { name: textAt(service, 'name') ?? '', namespace, port, path, portPath: [...path, 'port'] };
}

/** Whether the name of a port stands for an action in an annotation. */
function isAction(port: unknown, door: Manifest, manifests: Manifests): boolean {
  return addressees(door, manifests).some(({ actionPort }) => actionPort !== undefined && actionPort === port);
}

/** Every path of an Ingress, and where it is. */
export function ingressPaths(ingress: Manifest): { readonly path: Path; readonly fields: unknown }[] {
  return listAt(ingress, 'spec', 'rules').flatMap((rule, index) =>
    listAt(rule, 'http', 'paths').map((fields, place) => ({
      path: ['spec', 'rules', index, 'http', 'paths', place],
      fields,
    })),
  );
}

/** Stands for every host. */
export const EVERY_HOST = '*';

/** The hosts that a front door serves. */
export function hostsOf(door: Manifest): string[] {
  switch (groupKindOf(door)) {
    case INGRESS:
      return unique(listAt(door, 'spec', 'rules').map((rule) => textAt(rule, 'host') ?? EVERY_HOST));
    case HTTP_ROUTE: {
      const hosts = listAt(door, 'spec', 'hostnames').filter((host) => typeof host === 'string');
      return hosts.length === 0 ? [EVERY_HOST] : unique(hosts);
    }
    default: {
      const fields = doorFieldsOf(door);
      return fields === undefined ? [] : [textAt(door, ...fields.host) ?? EVERY_HOST];
    }
  }
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
