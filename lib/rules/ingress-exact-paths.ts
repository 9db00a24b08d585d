import { INTERNAL_API_PATHS } from '../nim/api-paths';
import { type Rule, RuleLevel, type Violation } from './rule';
import { listAt, type Path, textAt } from './support/fields';
import { HTTP_ROUTE, INGRESS, ingressPaths, isFrontDoor, OPENSHIFT_ROUTE } from './support/front-doors';
import { isDocumented } from './support/ingress-decisions';
import { groupKindOf, type Manifest } from './support/manifest';

interface ServedPath {
  readonly path: Path;
  readonly type: string | undefined;
  readonly value: string | undefined;
}

export const ingressExactPaths: Rule = {
  id: 'ingress-exact-paths',
  level: RuleLevel.ERROR,
  what: 'An Ingress, HTTPRoute or Route serves listed paths letter by letter, and none that is for operators.',
  why: 'A NIM serves metrics and metadata on the port of its API; a prefix such as / or /v1 hands them to every client.',
  fix: 'list each path with pathType: Exact (type: Exact in an HTTPRoute); where a controller cannot, accept exact-paths with a reason',
  check: (object, manifests) =>
    isFrontDoor(object, manifests) ? servedPaths(object).flatMap((served) => pathViolations(object, served)) : [],
};

function servedPaths(door: Manifest): ServedPath[] {
  switch (groupKindOf(door)) {
    case INGRESS:
      return [
        ...listAt(door, 'spec', 'rules').flatMap((rule, index) =>
          listAt(rule, 'http', 'paths').length > 0
            ? []
            : [{ path: ['spec', 'rules', index, 'http', 'paths'], type: undefined, value: undefined }],
        ),
        ...ingressPaths(door).map(({ path, fields }) => ({
          path,
          type: textAt(fields, 'pathType'),
          value: textAt(fields, 'path'),
        })),
      ];
    case HTTP_ROUTE:
      return listAt(door, 'spec', 'rules').flatMap((rule, index) => {
        const matches = listAt(rule, 'matches');
        return (matches.length === 0 ? [undefined] : matches).map((match, place) => ({
          path: ['spec', 'rules', index, 'matches', place, 'path'],
          type: textAt(match, 'path', 'type'),
          value: textAt(match, 'path', 'value'),
        }));
      });
    case OPENSHIFT_ROUTE:
      // A Route serves everything below its path.
      return [
        {
          path: ['spec', 'path'],
          type: isDocumented(door, /^exact-paths$/, ['approximate']) ? 'Exact' : 'Prefix',
          value: textAt(door, 'spec', 'path'),
        },
      ];
    default:
      return [];
  }
}

function pathViolations(door: Manifest, { path, type, value = '' }: ServedPath): Violation[] {
  const served = value.toLowerCase().replace(/\/+$/, '');
  if (served === '') {
    return [{ path, message: 'everything that the service has is served' }];
  }
  if (INTERNAL_API_PATHS.includes(served)) {
    return [{ path, message: `${value} is for operators, not for clients` }];
  }
  return type === 'Exact' || isDocumented(door, /^exact-paths$/)
    ? []
    : [{ path, message: `${value} also stands for the paths below it: its type is ${type ?? 'not set'}` }];
}
