import { describe, expect, it } from 'vitest';
import { ingressInternalPaths } from '../../../lib/guardrails/rules/ingress-internal-paths';
import type { Manifest } from '../../../lib/manifests/manifest';
import { behind, check, httpRoute, nimWith, openShiftRoute, REMOVED, testRule } from '../../support/rules';

const PATH = 'spec.rules.0.http.paths.0';
const FIELD = 'Ingress: spec.rules[0].http.paths[0]';

/** The NIM with one path of its Ingress changed. */
function serving(path: string, pathType = 'Exact'): Manifest[] {
  return nimWith(['Ingress', `${PATH}.path`, path], ['Ingress', `${PATH}.pathType`, pathType]);
}

function route(match: object, backendRef: object = { name: 'text-embedding', port: 8000 }): Manifest[] {
  return behind(httpRoute({ rules: [{ matches: [{ path: match }], backendRefs: [backendRef] }] }));
}

testRule(ingressInternalPaths, {
  accepts: {
    'a prefix of other paths': serving('/v1/embeddings', 'Prefix'),
    'a prefix that ends within a name': serving('/v1/meta', 'Prefix'),
    'a pattern of other paths': serving('/v1/embeddings.*', 'ImplementationSpecific'),
    'a Route for one path': behind(openShiftRoute()),
    'an HTTPRoute': behind(httpRoute()),
    'the metrics of a program that is no NIM': [
      ...nimWith(
        ['Deployment', 'spec.template.spec.containers.0.image', 'registry.example.com/a:1.0.0'],
        ['Deployment', 'spec.template.spec.containers.0.env', []],
        ['Ingress', `${PATH}.path`, '/metrics'],
      ),
    ],
    'a web application': [
      ...nimWith(
        ['Deployment', 'spec.template.spec.containers.0.image', 'registry.example.com/a:1.0.0'],
        ['Deployment', 'spec.template.spec.containers.0.env', []],
        ['Ingress', `${PATH}.path`, '/'],
        ['Ingress', `${PATH}.pathType`, 'Prefix'],
      ),
    ],
  },
  refuses: {
    everything: [serving('/'), FIELD],
    'a rule without paths': [nimWith(['Ingress', 'spec.rules.0.http', REMOVED]), 'Ingress: spec.rules[0].http.paths'],
    metrics: [serving('/v1/metrics'), FIELD],
    'metadata in other letters': [serving('/v1/Metadata/'), FIELD],
    'metrics with more slashes': [serving('/v1/metrics//'), FIELD],
    'a prefix of metrics': [serving('/v1', 'Prefix'), FIELD],
    'a prefix with a slash at its end': [serving('/v1/', 'Prefix'), FIELD],
    'a start that the controller may take for a prefix': [serving('/v1/me', 'ImplementationSpecific'), FIELD],
    'a pattern': [serving('^/v1/.*$', 'ImplementationSpecific'), FIELD],
    'a Route for a prefix': [behind(openShiftRoute({ path: '/v1' })), 'Route: spec.path'],
    'a Route for everything': [behind(openShiftRoute({ path: undefined })), 'Route: spec.path'],
    'an HTTPRoute by prefix': [route({ type: 'PathPrefix', value: '/v1' }), 'HTTPRoute: spec.rules[0].matches[0].path'],
    'an HTTPRoute by pattern': [
      route({ type: 'RegularExpression', value: '/v1/(embeddings|metrics)' }),
      'HTTPRoute: spec.rules[0].matches[0].path',
    ],
    'an HTTPRoute to what is no Service': [
      route({ type: 'Exact', value: '/v1/metrics' }, { kind: 'InferencePool', name: 'embeddings' }),
      'HTTPRoute: spec.rules[0].matches[0].path',
    ],
    'metrics of a Service that is not among the manifests': [
      route({ type: 'Exact', value: '/v1/metrics' }, { name: 'other', port: 8000 }),
      'HTTPRoute: spec.rules[0].matches[0].path',
    ],
  },
});

describe('the message', () => {
  it.each([
    [serving('/V1/Metrics/'), '/V1/Metrics/ is for operators, not for clients'],
    [
      serving('/'),
      'everything is served, /v1/metrics, /v1/metadata, /v1/manifest, /v1/version, /v1/license, /metrics among it',
    ],
    [
      serving('/v1', 'Prefix'),
      '/v1 also stands for /v1/metrics, /v1/metadata, /v1/manifest, /v1/version, /v1/license: for operators, not for clients',
    ],
  ])('%# is: %s', (objects, message) => {
    expect(check(objects, {}, [ingressInternalPaths]).findings.map((finding) => finding.message)).toEqual([message]);
  });

  it('stays in spite of a note that the paths are not exact', () => {
    const notes = { 'cdk8s-nim/exception-exact-paths': 'a', 'cdk8s-nim/approximate-exact-paths': 'a' };
    const { findings } = check(behind(openShiftRoute({ path: '/v1' }, notes)), {}, [ingressInternalPaths]);
    expect(findings).toHaveLength(1);
  });
});
