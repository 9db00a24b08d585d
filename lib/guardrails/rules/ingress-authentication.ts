import { exceptionAnnotation } from '../../common/annotations';
import { type Rule, RuleLevel } from '../rule';
import { DOOR_KINDS, isFrontDoor } from '../../manifests/front-doors';
import { AUTHENTICATION, decisionViolations, mixedViolations } from '../ingress-decisions';

export const ingressAuthentication: Rule = {
  id: 'ingress-authentication',
  level: RuleLevel.ERROR,
  kinds: DOOR_KINDS,
  what: 'An Ingress, HTTPRoute or Route asks who a client is, in the language of the controller that reads it.',
  why: 'A NIM has no authentication of its own, and a controller ignores the annotations of another one, without a word.',
  fix: `set the authentication of the ingress controller, or write the reason into the annotation ${exceptionAnnotation('authentication')}`,
  check: (object, manifests) =>
    isFrontDoor(object, manifests)
      ? [...decisionViolations(AUTHENTICATION, object, manifests), ...mixedViolations(object, manifests)]
      : [],
};
