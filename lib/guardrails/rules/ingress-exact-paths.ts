import { exceptionAnnotation } from '../../common/annotations';
import { type Rule, RuleLevel, type Violation } from '../rule';
import { DOOR_KINDS, isFrontDoor } from '../../manifests/front-doors';
import { comparablePath, type ServedPath, servedPaths } from '../../manifests/served-paths';

export const ingressExactPaths: Rule = {
  id: 'ingress-exact-paths',
  level: RuleLevel.ERROR,
  kinds: DOOR_KINDS,
  what: 'An Ingress, HTTPRoute or Route serves listed paths letter by letter.',
  why: 'A prefix such as / or /v1 hands everything below it to every client, also what a later version adds.',
  fix: `list each path with pathType: Exact (type: Exact in an HTTPRoute); where a controller cannot, write the reason into the annotation ${exceptionAnnotation('exact-paths')}`,
  check: (object, manifests) =>
    isFrontDoor(object, manifests) ? servedPaths(object).flatMap((served) => pathViolations(served)) : [],
};

function pathViolations({ path, type, value }: ServedPath): Violation[] {
  if (type === 'Exact') {
    return [];
  }
  const message =
    comparablePath(value) === ''
      ? 'everything that the service has is served'
      : `${value} also stands for the paths below it: its type is ${type ?? 'not set'}`;
  return [{ path, message }];
}
