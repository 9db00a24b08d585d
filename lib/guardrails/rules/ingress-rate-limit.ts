import { exceptionAnnotation } from '../../common/annotations';
import { type Rule, RuleLevel } from '../rule';
import { DOOR_KINDS, isFrontDoor } from '../../manifests/front-doors';
import { decisionViolations, RATE_LIMIT } from '../ingress-decisions';

export const ingressRateLimit: Rule = {
  id: 'ingress-rate-limit',
  level: RuleLevel.ERROR,
  kinds: DOOR_KINDS,
  what: 'An Ingress, HTTPRoute or Route limits the requests of each client, in the language of the controller that reads it.',
  why: 'One client can fill the queue of a GPU, and every other client waits.',
  fix: `set the rate limit of the ingress controller, or write the reason into the annotation ${exceptionAnnotation('rate-per-second')}`,
  check: (object, manifests) =>
    isFrontDoor(object, manifests) ? decisionViolations(RATE_LIMIT, object, manifests) : [],
};
