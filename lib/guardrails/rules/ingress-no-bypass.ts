import type { Bypass } from '../../ingress/controller-language';
import { possibleReaders } from '../../manifests/controllers';
import { textAt } from '../../manifests/fields';
import { DOOR_KINDS, ingressPaths, isFrontDoor } from '../../manifests/front-doors';
import { matches } from '../../manifests/instructions';
import { annotationsOf, type Manifest } from '../../manifests/manifest';
import { type Rule, RuleLevel } from '../rule';

export const ingressNoBypass: Rule = {
  id: 'ingress-no-bypass',
  level: RuleLevel.ERROR,
  kinds: DOOR_KINDS,
  what: 'No annotation of an Ingress takes back the login, the limit, the hosts or the exact paths that it asks for.',
  why: 'What asks for them is still there to read, so nobody notices that requests pass it by.',
  fix: 'remove the annotation, or list the few addresses that it is for',
  check: (object, manifests) =>
    isFrontDoor(object, manifests)
      ? possibleReaders(object, manifests)
          .flatMap(({ bypasses }) => bypasses ?? [])
          .filter((bypass) => takesBack(bypass, object))
          .map(({ annotation, message }) => ({
            path: ['metadata', 'annotations', annotation],
            message: `${JSON.stringify(annotationsOf(object)[annotation])}: ${message}`,
          }))
      : [],
};

function takesBack({ annotation, pattern, isForExactPaths }: Bypass, door: Manifest): boolean {
  const value = annotationsOf(door)[annotation];
  return value !== undefined && matches(pattern, value) && (isForExactPaths !== true || hasExactPath(door));
}

function hasExactPath(ingress: Manifest): boolean {
  return ingressPaths(ingress).some(({ fields }) => textAt(fields, 'pathType') === 'Exact');
}
