import { describe, expect, it } from 'vitest';
import {
  AUTHENTICATION,
  type Decision,
  decisionViolations,
  isDecided,
  mixedViolations,
  placeOf,
  RATE_LIMIT,
  wordsOf,
} from '../../lib/guardrails/ingress-decisions';
import type { Manifest } from '../../lib/manifests/manifest';
import { Manifests } from '../../lib/manifests/manifests';
import { behind, envoyPolicy, httpRoute, ingressWith, openShiftRoute, traefik } from '../support/rules';

const NGINX = 'nginx.ingress.kubernetes.io';
const LIMITED = ingressWith({ [`${NGINX}/limit-rps`]: '20' });
const MIDDLEWARES = 'traefik.ingress.kubernetes.io/router.middlewares';

function ofClass(ingressClassName: string, door: Manifest): Manifest {
  return { ...door, spec: { ...(door['spec'] as object), ingressClassName } };
}

const among = (door: Manifest, ...others: (readonly Manifest[])[]): Manifests => new Manifests(behind(door, ...others));

/** What is said of a decision that nobody is told; nothing where it is decided. */
function why(decision: Decision, door: Manifest, ...others: (readonly Manifest[])[]): string[] {
  return decisionViolations(decision, door, among(door, ...others)).map(({ message }) => message ?? '');
}

describe('a decision for a front door', () => {
  it('is made where a controller that may read the door is told of it', () => {
    expect(isDecided(RATE_LIMIT, LIMITED, among(LIMITED))).toBe(true);
    expect(isDecided(AUTHENTICATION, LIMITED, among(LIMITED))).toBe(false);
  });

  it('is not made by the words of a controller that does not read the class', () => {
    const door = ofClass('traefik', LIMITED);
    expect(isDecided(RATE_LIMIT, door, among(door))).toBe(false);
    expect(why(RATE_LIMIT, door)).toEqual([
      'the rate limit is for ingress-nginx, and the class traefik is read by Traefik',
    ]);
  });

  it('is made by the object that the door names', () => {
    const door = ingressWith({ [MIDDLEWARES]: 'embeddings-rate@kubernetescrd' });
    const rate = traefik('Middleware', 'rate', { rateLimit: { average: 20 } });
    expect(why(RATE_LIMIT, door, rate)).toEqual([]);
    expect(why(RATE_LIMIT, door)).toEqual([
      'no rate limit of a known controller was found; docs/own-controllers.md makes one of your own known',
    ]);
  });

  it('that is missing is told with the ways to make it', () => {
    expect(why(RATE_LIMIT, openShiftRoute())).toEqual([
      expect.stringMatching(/^no rate limit was found; looked for: .*rate-limit-connections/),
    ]);
    expect(why(AUTHENTICATION, openShiftRoute())).toEqual(['no authentication: the controller of a Route has none']);
  });

  it('has its place in the annotations, and for an HTTPRoute in other objects', () => {
    expect(placeOf(LIMITED)).toEqual(['metadata', 'annotations']);
    expect(placeOf(httpRoute())).toEqual(['spec']);
  });

  it('is shown with its values, as people write them', () => {
    expect(wordsOf(RATE_LIMIT, LIMITED, among(LIMITED))).toEqual(['limit-rps 20']);
    const policy = envoyPolicy('SecurityPolicy', { basicAuth: { users: { name: 'users' } } });
    expect(wordsOf(AUTHENTICATION, httpRoute(), among(httpRoute(), policy))).toEqual(['basicAuth.users users']);
  });
});

describe('two decisions', () => {
  it('for different controllers are one too few', () => {
    const door = ingressWith({ [`${NGINX}/limit-rps`]: '20', [MIDDLEWARES]: 'embeddings-users@kubernetescrd' });
    const users = traefik('Middleware', 'users', { basicAuth: { secret: 'users' } });
    expect(mixedViolations(door, among(door, users))).toEqual([
      {
        path: ['metadata', 'annotations'],
        message:
          'the authentication is for Traefik, the rate limit for ingress-nginx, and one controller reads the door',
      },
    ]);
  });

  it('for one controller are right', () => {
    const door = ingressWith({
      [`${NGINX}/limit-rps`]: '20',
      [`${NGINX}/auth-type`]: 'basic',
      [`${NGINX}/auth-secret`]: 'users',
    });
    expect(mixedViolations(door, among(door))).toEqual([]);
  });
});
