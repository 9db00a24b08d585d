import { type Rule, RuleLevel } from './rule';
import { isFrontDoor } from './support/front-doors';
import { AUTHENTICATIONS, isDecided, isDocumented } from './support/ingress-decisions';

export const ingressAuthentication: Rule = {
  id: 'ingress-authentication',
  level: RuleLevel.ERROR,
  what: 'An Ingress, HTTPRoute or Route asks who a client is, or says why it does not.',
  why: 'A NIM has no authentication of its own: whoever reaches it may use it.',
  fix: 'set the authentication of the ingress controller, or write the reason into the annotation cdk8s-nim/exception-authentication',
  check: (object, manifests) =>
    !isFrontDoor(object, manifests) ||
    isDecided(AUTHENTICATIONS, object, manifests) ||
    isDocumented(object, /^authentication$/) ||
    // Made by the whole controller, which somebody else sets up: client certificates.
    isDocumented(object, /^auth-/, ['exception', 'prerequisite'])
      ? []
      : [{ path: ['metadata', 'annotations'], message: 'no authentication of a known controller was found' }],
};
