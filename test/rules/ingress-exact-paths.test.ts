import { ingressExactPaths } from '../../lib/rules/ingress-exact-paths';
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
    'a Route for everything': [
      behind(openShiftRoute({ path: undefined }, { 'cdk8s-nim/approximate-exact-paths': 'a' })),
      'Route: spec.path',
    ],
  },
});
