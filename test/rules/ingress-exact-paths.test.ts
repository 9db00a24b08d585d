import { describe, expect, it } from 'vitest';
import { check } from '../../lib/rules/engine';
import { ingressExactPaths } from '../../lib/rules/ingress-exact-paths';
import type { Manifest } from '../../lib/rules/support/manifest';
import { behind, httpRoute, nimWith, openShiftRoute, REMOVED, testRule } from '../support/rules';

const PATH = 'spec.rules.0.http.paths.0';
const PATH_FIELD = 'Ingress: spec.rules[0].http.paths[0]';
const rules = (...matches: object[]): object => ({
  rules: [{ matches, backendRefs: [{ name: 'text-embedding', port: 8000 }] }],
});

testRule(ingressExactPaths, {
  accepts: {
    'a documented exception': nimWith(
      ['Ingress', `${PATH}.pathType`, 'Prefix'],
      ['Ingress', 'metadata.annotations[cdk8s-nim/exception-exact-paths]', 'the old client adds parts'],
    ),
    'an HTTPRoute': behind(httpRoute()),
    'a Route with a documented exception': behind(
      openShiftRoute({}, { 'cdk8s-nim/exception-exact-paths': 'what is below is served too' }),
    ),
    'a Route that says what it cannot do': behind(
      openShiftRoute({}, { 'cdk8s-nim/approximate-exact-paths': 'what is below is served too' }),
    ),
  },
  refuses: {
    'a prefix': [nimWith(['Ingress', `${PATH}.pathType`, 'Prefix']), PATH_FIELD],
    'what the controller makes of it': [nimWith(['Ingress', `${PATH}.pathType`, 'ImplementationSpecific']), PATH_FIELD],
    everything: [nimWith(['Ingress', `${PATH}.path`, '/']), PATH_FIELD],
    'a rule without paths': [nimWith(['Ingress', 'spec.rules.0.http', REMOVED]), 'Ingress: spec.rules[0].http.paths'],
    metrics: [nimWith(['Ingress', `${PATH}.path`, '/v1/metrics']), PATH_FIELD],
    'metadata in other letters': [nimWith(['Ingress', `${PATH}.path`, '/v1/Metadata/']), PATH_FIELD],
    'metrics with more slashes': [nimWith(['Ingress', `${PATH}.path`, '/v1/metrics//']), PATH_FIELD],
    'everything, in spite of an exception for prefixes': [
      nimWith(
        ['Ingress', `${PATH}.path`, ''],
        ['Ingress', `${PATH}.pathType`, 'ImplementationSpecific'],
        ['Ingress', 'metadata.annotations[cdk8s-nim/exception-exact-paths]', 'the old client adds parts'],
      ),
      PATH_FIELD,
    ],
    'an exception for a part': [
      nimWith(
        ['Ingress', `${PATH}.pathType`, 'Prefix'],
        ['Ingress', 'metadata.annotations[cdk8s-nim/exception-exact-paths-of-admins]', 'a'],
      ),
      PATH_FIELD,
    ],
    'an exception for something else': [
      nimWith(
        ['Ingress', `${PATH}.pathType`, 'Prefix'],
        ['Ingress', 'metadata.annotations[cdk8s-nim/exception-no-exact-paths]', 'a'],
      ),
      PATH_FIELD,
    ],
    'metrics in spite of an exception for prefixes': [
      nimWith(
        ['Ingress', `${PATH}.path`, '/v1/metrics'],
        ['Ingress', 'metadata.annotations[cdk8s-nim/exception-exact-paths]', 'the old client adds parts'],
      ),
      PATH_FIELD,
    ],
    'an HTTPRoute by prefix': [
      behind(httpRoute(rules({ path: { type: 'PathPrefix', value: '/v1' } }))),
      'HTTPRoute: spec.rules[0].matches[0].path',
    ],
    'an HTTPRoute that matches everything': [behind(httpRoute(rules())), 'HTTPRoute: spec.rules[0].matches[0].path'],
    'an HTTPRoute that matches by header only': [
      behind(httpRoute(rules({ headers: [] }))),
      'HTTPRoute: spec.rules[0].matches[0].path',
    ],
    'a Route that says nothing': [behind(openShiftRoute()), 'Route: spec.path'],
    'a Route that says it of a part': [
      behind(openShiftRoute({}, { 'cdk8s-nim/approximate-exact-paths-of-admins': 'a' })),
      'Route: spec.path',
    ],
    'a Route that says it of something else': [
      behind(openShiftRoute({}, { 'cdk8s-nim/approximate-no-exact-paths': 'a' })),
      'Route: spec.path',
    ],
    'a Route for an empty path': [
      behind(openShiftRoute({ path: '' }, { 'cdk8s-nim/approximate-exact-paths': 'a' })),
      'Route: spec.path',
    ],
    'a Route for everything': [
      behind(openShiftRoute({ path: undefined }, { 'cdk8s-nim/approximate-exact-paths': 'a' })),
      'Route: spec.path',
    ],
  },
});

describe('the message', () => {
  const messages = (objects: readonly Manifest[]): string[] =>
    check(objects, { rules: [ingressExactPaths] }).findings.map(({ message }) => message);

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
    ['metrics', '/V1/Metrics/ is for operators, not for clients', nimWith(['Ingress', `${PATH}.path`, '/V1/Metrics/'])],
    ['everything', 'everything that the service has is served', nimWith(['Ingress', `${PATH}.path`, '/'])],
  ])('about %s is: %s', (_, message, objects) => {
    expect(messages(objects)).toEqual([message]);
  });
});
