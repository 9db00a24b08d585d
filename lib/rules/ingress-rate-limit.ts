import { type Rule, RuleLevel } from './rule';
import { isFrontDoor } from './support/front-doors';
import { isDecided, isDocumented, RATE_LIMITS } from './support/ingress-decisions';

export const ingressRateLimit: Rule = {
  id: 'ingress-rate-limit',
  level: RuleLevel.ERROR,
  what: 'An Ingress, HTTPRoute or Route limits the requests of each client, or says why it does not.',
  why: 'One client can fill the queue of a GPU, and every other client waits.',
  fix: 'set the rate limit of the ingress controller, or write the reason into the annotation cdk8s-nim/exception-rate-per-second',
  check: (object, manifests) =>
    !isFrontDoor(object, manifests) ||
    isDecided(RATE_LIMITS, object, manifests) ||
    isDocumented(object, /^rate-(limit|per-second|per-minute)$/)
      ? []
      : [{ path: ['metadata', 'annotations'], message: 'no rate limit of a known controller was found' }],
};
