import { describe, expect, it } from 'vitest';
import { ingressReferences } from '../../../lib/guardrails/rules/ingress-references';
import type { Manifest } from '../../../lib/manifests/manifest';
import {
  behind,
  check,
  httpRoute,
  ingressWith,
  nimWith,
  openShiftRoute,
  testRule,
  traefik,
  withField,
} from '../../support/rules';

const BACKEND = 'spec.rules.0.http.paths.0.backend.service';
const MIDDLEWARES = 'traefik.ingress.kubernetes.io/router.middlewares';
const backendRefs = (...refs: object[]): object => ({ rules: [{ backendRefs: refs }] });

testRule(ingressReferences, {
  accepts: {
    'a port by number': nimWith(['Ingress', `${BACKEND}.port`, { number: 8000 }]),
    'an HTTPRoute': behind(httpRoute()),
    'a backend of another kind': behind(
      httpRoute(backendRefs({ kind: 'Backend', name: 'other' }, { name: 'text-embedding', port: 8000 })),
    ),
    'a resource instead of a Service': nimWith([
      'Ingress',
      'spec.rules.0.http.paths.0.backend',
      { resource: { apiGroup: 'example.com', kind: 'StorageBucket', name: 'assets' } },
    ]),
    'a Route': behind(openShiftRoute()),
    'a Route to a port of the Service': behind(openShiftRoute({ port: { targetPort: 'http-api' } })),
    'a Route to a port of the pods': behind(openShiftRoute({ port: { targetPort: 8000 } })),
    'a Middleware of another namespace': behind(
      ingressWith({ [MIDDLEWARES]: 'shared-a@kubernetescrd' }),
      traefik('Middleware', 'a', {}).map((object) => withField(object, ['metadata', 'namespace'], 'shared')),
    ),
    'an action of a load balancer': behind(
      withField(
        ingressWith({ 'alb.ingress.kubernetes.io/actions.gone': '{"type":"fixed-response"}' }),
        ['spec', 'rules', 0, 'http', 'paths', 0, 'backend', 'service'],
        { name: 'gone', port: { name: 'use-annotation' } },
      ),
    ),
    'a Middleware that is there': behind(
      ingressWith({ [MIDDLEWARES]: 'embeddings-a@kubernetescrd' }),
      traefik('Middleware', 'a', {}),
    ),
  },
  refuses: {
    'a Service that is not there': [
      nimWith(['Ingress', `${BACKEND}.name`, 'other']),
      'Ingress: spec.rules[0].http.paths[0].backend.service',
    ],
    'a port that the Service does not have': [
      nimWith(['Ingress', `${BACKEND}.port.name`, 'grpc']),
      'Ingress: spec.rules[0].http.paths[0].backend.service.port',
    ],
    'a port number that the Service does not have': [
      nimWith(['Ingress', `${BACKEND}.port`, { number: 8001 }]),
      'Ingress: spec.rules[0].http.paths[0].backend.service.port',
    ],
    'a port of an HTTPRoute that the Service does not have': [
      behind(httpRoute(backendRefs({ name: 'text-embedding', port: 8001 }))),
      'HTTPRoute: spec.rules[0].backendRefs[0].port',
    ],
    'a port of a Route that the Service does not have': [
      behind(openShiftRoute({ port: { targetPort: 'grpc' } })),
      'Route: spec.port.targetPort',
    ],
    'a policy that is not there': [
      nimWith(['Ingress', 'metadata.annotations[nginx.org/policies]', 'other']),
      'Ingress: metadata.annotations["nginx.org/policies"]',
    ],
    'a Middleware that is not there': [
      behind(ingressWith({ [MIDDLEWARES]: 'embeddings-a@kubernetescrd' })),
      `Ingress: metadata.annotations["${MIDDLEWARES}"]`,
    ],
    'a Middleware in other words': [
      behind(ingressWith({ [MIDDLEWARES]: 'a' }), traefik('Middleware', 'a', {})),
      `Ingress: metadata.annotations["${MIDDLEWARES}"]`,
    ],
    'a Middleware that Traefik has from elsewhere': [
      behind(ingressWith({ [MIDDLEWARES]: 'auth@file' })),
      `Ingress: metadata.annotations["${MIDDLEWARES}"]`,
    ],
    'an HTTPRoute to a Service that is not there, beside what is none': [
      behind(httpRoute(backendRefs({ kind: 'InferencePool', name: 'a' }, { name: 'other', port: 8000 }))),
      'HTTPRoute: spec.rules[0].backendRefs[1]',
    ],
    'a Service in another namespace': [
      behind(httpRoute(backendRefs({ name: 'text-embedding', namespace: 'other', port: 8000 }))),
      'HTTPRoute: spec.rules[0].backendRefs[0]',
    ],
    'a Route to nothing': [behind(openShiftRoute({ to: { name: 'other' } })), 'Route: spec.to'],
    'a Route to nothing beside the Service': [
      behind(openShiftRoute({ alternateBackends: [{ kind: 'Service', name: 'other' }] })),
      'Route: spec.alternateBackends[0]',
    ],
  },
});

describe('the message', () => {
  const messages = (objects: readonly Manifest[]): string[] =>
    check(objects, {}, [ingressReferences]).findings.map(({ message }) => message);

  it.each<[string, readonly Manifest[]]>([
    ['there is no Service embeddings/other among the manifests', behind(openShiftRoute({ to: { name: 'other' } }))],
    [
      'the Service text-embedding has no port 8001',
      behind(httpRoute(backendRefs({ name: 'text-embedding', port: 8001 }))),
    ],
    ['there is no Policy embeddings/other among the manifests', behind(ingressWith({ 'nginx.org/policies': 'other' }))],
    [
      'there is no Middleware embeddings-a@kubernetescrd among the manifests',
      behind(ingressWith({ [MIDDLEWARES]: 'embeddings-a@kubernetescrd' })),
    ],
    [
      'what auth@file does cannot be seen: Traefik has it from its provider file',
      behind(ingressWith({ [MIDDLEWARES]: 'auth@file' })),
    ],
    ['auth names no Middleware: write NAMESPACE-NAME@kubernetescrd', behind(ingressWith({ [MIDDLEWARES]: 'auth' }))],
    [
      'there is no TLSOption embeddings-a@kubernetescrd among the manifests',
      behind(ingressWith({ 'traefik.ingress.kubernetes.io/router.tls.options': 'embeddings-a@kubernetescrd' })),
    ],
  ])('says what is missing: %s', (message, objects) => {
    expect(messages(objects)).toEqual([message]);
  });
});
