import { AUTHENTICATION, type Decision, isDecided, RATE_LIMIT } from '../../../guardrails/ingress-decisions';
import { isRangeIn } from '../../../manifests/allowances';
import { listAt, textAt } from '../../../manifests/fields';
import { backendsOf, EVERY_HOST, hostsOf, isFrontDoor } from '../../../manifests/front-doors';
import type { Manifest } from '../../../manifests/manifest';
import { identityOf, type Manifests } from '../../../manifests/manifests';
import { type ServedPath, servedPaths } from '../../../manifests/served-paths';
import { sourceRangesOf } from '../../../manifests/source-ranges';
import type { Transition } from './transition';
import type { ChangeWarning } from './warning';

const SOON = 'within seconds of the sync';

/** Front doors and Services that let more in than before. */
export function widerDoors({ before, after }: Transition): ChangeWarning[] {
  const old = new Map(before.objects.map((object) => [identityOf(object), object]));
  return after.objects.flatMap((object) => {
    const known = old.get(identityOf(object));
    if (object.kind === 'Service') {
      return known === undefined ? [] : widerService(object, known);
    }
    if (!isFrontDoor(object, after)) {
      return [];
    }
    return known === undefined || !isFrontDoor(known, before)
      ? newDoor(object, before)
      : [
          ...widerAddresses(object, known),
          ...widerRanges(object, after, known, before),
          ...lostDecision(
            AUTHENTICATION,
            object,
            after,
            known,
            before,
            `everybody who reaches the door gets in ${SOON}, without a login`,
          ),
          ...lostDecision(RATE_LIMIT, object, after, known, before, `one client can take all of the NIM ${SOON}`),
        ];
  });
}

/** A door to what was there before; one that comes together with its Service is no change of it. */
function newDoor(door: Manifest, before: Manifests): ChangeWarning[] {
  const isOld = backendsOf(door, before).some(
    ({ namespace, name }) => before.find('/Service', namespace, name) !== undefined,
  );
  return isOld
    ? [
        warning(
          door,
          `a new front door for ${list(hostsOf(door))}, to a Service that was there before`,
          `its controller sends requests to the pods ${SOON}, as far as the network policy lets it`,
        ),
      ]
    : [];
}

function widerAddresses(door: Manifest, known: Manifest): ChangeWarning[] {
  const [oldHosts, oldPaths] = [hostsOf(known), servedPaths(known)];
  const hosts = hostsOf(door).filter((host) => !oldHosts.includes(host) && !oldHosts.includes(EVERY_HOST));
  const paths = servedPaths(door).filter((path) => !oldPaths.some((other) => isBelow(path, other)));
  return [
    ...(hosts.length === 0
      ? []
      : [warning(door, `it serves more hosts: ${list(hosts)}`, `requests for them reach the NIM ${SOON}`)]),
    ...(paths.length === 0
      ? []
      : [
          warning(
            door,
            `it serves more paths: ${list(paths.map(showServed))}`,
            `requests for them reach the NIM ${SOON}`,
          ),
        ]),
  ];
}

/** Whether all requests for a path were requests for another one. */
function isBelow(path: ServedPath, other: ServedPath): boolean {
  if (path.type === other.type && path.value === other.value) {
    return true;
  }
  const prefix = other.value.replace(/\/+$/, '');
  return (
    ['Prefix', 'PathPrefix', undefined].includes(other.type) &&
    ['Exact', 'Prefix', 'PathPrefix'].includes(path.type ?? '') &&
    (path.value === prefix || path.value.startsWith(`${prefix}/`))
  );
}

function showServed({ type, value }: ServedPath): string {
  return value === '' ? 'everything' : `${value} (${type ?? 'as the controller reads it'})`;
}

function widerRanges(door: Manifest, after: Manifests, known: Manifest, before: Manifests): ChangeWarning[] {
  const [was, is] = [sourceRangesOf(known, before), sourceRangesOf(door, after)];
  if (was.length === 0) {
    return [];
  }
  const more = is.filter((range) => !was.some((other) => isRangeIn(range, other)));
  const effect = `clients from there get in ${SOON}`;
  if (is.length === 0) {
    return [warning(door, `clients are no longer limited to ${list(was)}`, `clients from any address get in ${SOON}`)];
  }
  return more.length === 0 ? [] : [warning(door, `it lets clients in from more addresses: ${list(more)}`, effect)];
}

function lostDecision(
  decision: Decision,
  door: Manifest,
  after: Manifests,
  known: Manifest,
  before: Manifests,
  effect: string,
): ChangeWarning[] {
  return isDecided(decision, known, before) && !isDecided(decision, door, after)
    ? [warning(door, `its ${decision.name} is gone`, effect)]
    : [];
}

function widerService(service: Manifest, known: Manifest): ChangeWarning[] {
  const [was, is] = [known, service].map((object) => textAt(object, 'spec', 'type') ?? 'ClusterIP');
  const opens = was !== is && (is === 'NodePort' || is === 'LoadBalancer');
  const addresses = listAt(service, 'spec', 'externalIPs').filter(
    (address) => !listAt(known, 'spec', 'externalIPs').includes(address),
  );
  const effect =
    'it is reached past the ingress with its TLS, limits and authentication; only network policies limit who connects';
  return [
    ...(opens ? [warning(service, `its type is ${is}, and was ${was}`, effect, 'spec.type')] : []),
    ...(addresses.length === 0
      ? []
      : [warning(service, `it has more external addresses: ${addresses.join(', ')}`, effect, 'spec.externalIPs')]),
  ];
}

function warning(object: Manifest, message: string, effect: string, path = ''): ChangeWarning {
  return { object, path, message, effect };
}

function list(items: readonly string[]): string {
  return items.join(', ');
}
