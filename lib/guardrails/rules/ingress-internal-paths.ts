import { INTERNAL_API_PATHS } from '../../nim/api-paths';
import { type Rule, RuleLevel, type Violation } from '../rule';
import { backendsOf, DOOR_KINDS, isFrontDoor, podsBehind } from '../../manifests/front-doors';
import type { Manifest } from '../../manifests/manifest';
import type { Manifests } from '../../manifests/manifests';
import { servingNims } from '../../manifests/nim';
import { comparablePath, type ServedPath, servedPaths } from '../../manifests/served-paths';

export const ingressInternalPaths: Rule = {
  id: 'ingress-internal-paths',
  level: RuleLevel.ERROR,
  kinds: DOOR_KINDS,
  what: 'An Ingress, HTTPRoute or Route serves no path of a NIM that is for operators.',
  why: 'A NIM serves metrics, metadata and its manifest on the port of its API, to everybody who reaches that port.',
  fix: 'list the paths for clients, such as /v1/embeddings, each by itself',
  check: (object, manifests) =>
    isFrontDoor(object, manifests) && mayLeadToNim(object, manifests)
      ? servedPaths(object).flatMap((served) => pathViolations(served))
      : [],
};

/** Whether a NIM, or something whose pods are not among the manifests, is behind a door. */
function mayLeadToNim(door: Manifest, manifests: Manifests): boolean {
  const behind = backendsOf(door, manifests).map((backend) => podsBehind(backend, manifests));
  return (
    behind.length === 0 || behind.some((pods) => pods.length === 0 || pods.some((pod) => servingNims(pod).length > 0))
  );
}

function pathViolations({ path, type, value }: ServedPath): Violation[] {
  const served = comparablePath(value);
  if (served === '') {
    return [{ path, message: `everything is served, ${INTERNAL_API_PATHS.join(', ')} among it` }];
  }
  if (INTERNAL_API_PATHS.includes(served)) {
    return [{ path, message: `${value} is for operators, not for clients` }];
  }
  const below = type === 'Exact' ? [] : INTERNAL_API_PATHS.filter((internal) => isBelow(internal, served, type));
  return below.length === 0
    ? []
    : [{ path, message: `${value} also stands for ${below.join(', ')}: for operators, not for clients` }];
}

/** Whether a path may be below one that is not exact; what a controller makes of other types is unknown. */
function isBelow(internal: string, served: string, type: string | undefined): boolean {
  return type === 'Prefix' || type === 'PathPrefix'
    ? internal.startsWith(`${served}/`)
    : internal.startsWith(literalStart(served));
}

/** What comes before the first character that is special in a pattern. */
function literalStart(pattern: string): string {
  return pattern.replace(/^\^/, '').replace(/(\.[*+?]|[*+?()[\]{}|\\^$]).*$/, '');
}
