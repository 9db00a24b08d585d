import { describe, expect, it } from 'vitest';
import { ingressExactPaths } from '../../../lib/guardrails/rules/ingress-exact-paths';
import type { Manifest } from '../../../lib/manifests/manifest';
import { behind, check, httpRoute, nimWith, openShiftRoute, REMOVED, testRule } from '../../support/rules';

const PATH = 'spec.rules.0.http.paths.0';
const PATH_FIELD = 'Ingress: spec.rules[0].http.paths[0]';
const rules = (...matches: object[]): object => ({
  rules: [{ matches, backendRefs: [{ name: 'text-embedding', port: 8000 }] }],
});

testRule(ingressExactPaths, {
  accepts: {
    'an HTTPRoute': behind(httpRoute()),
  },
  refuses: {
    'a prefix': [nimWith(['Ingress', `${PATH}.pathType`, 'Prefix']), PATH_FIELD],
    'a path whose match is left to the controller': [
      nimWith(['Ingress', `${PATH}.pathType`, 'ImplementationSpecific']),
      PATH_FIELD,
    ],
    everything: [nimWith(['Ingress', `${PATH}.path`, '/'], ['Ingress', `${PATH}.pathType`, 'Prefix']), PATH_FIELD],
    'a rule without paths': [nimWith(['Ingress', 'spec.rules.0.http', REMOVED]), 'Ingress: spec.rules[0].http.paths'],
    'an HTTPRoute by prefix': [
      behind(httpRoute(rules({ path: { type: 'PathPrefix', value: '/v1' } }))),
      'HTTPRoute: spec.rules[0].matches[0].path',
    ],
    'an HTTPRoute that matches everything': [behind(httpRoute(rules())), 'HTTPRoute: spec.rules[0].matches[0].path'],
    'an HTTPRoute that matches by header only': [
      behind(httpRoute(rules({ headers: [] }))),
      'HTTPRoute: spec.rules[0].matches[0].path',
    ],
    'a Route, which serves what is below its path': [behind(openShiftRoute()), 'Route: spec.path'],
    'a Route for everything': [behind(openShiftRoute({ path: undefined })), 'Route: spec.path'],
  },
});

describe('the message', () => {
  const messages = (objects: readonly Manifest[]): string[] =>
    check(objects, {}, [ingressExactPaths]).findings.map(({ message }) => message);

  it.each<[string, string, readonly Manifest[]]>([
    [
      'a path',
      '/v1/embeddings also stands for the paths below it: its type is Prefix',
      nimWith(['Ingress', `${PATH}.path`, '/v1/embeddings'], ['Ingress', `${PATH}.pathType`, 'Prefix']),
    ],
    [
      'a path without a type',
      '/v1/embeddings also stands for the paths below it: its type is not set',
      nimWith(['Ingress', `${PATH}.path`, '/v1/embeddings'], ['Ingress', `${PATH}.pathType`, REMOVED]),
    ],
    ['a Route', '/v1/embeddings also stands for the paths below it: its type is Prefix', behind(openShiftRoute())],
    [
      'everything',
      'everything that the service has is served',
      nimWith(['Ingress', `${PATH}.path`, '/'], ['Ingress', `${PATH}.pathType`, 'Prefix']),
    ],
  ])('about %s is: %s', (_, message, objects) => {
    expect(messages(objects)).toEqual([message]);
  });
});
