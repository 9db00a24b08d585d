import { ingressReferences } from '../../lib/rules/ingress-references';
import { behind, httpRoute, ingressWith, nimWith, openShiftRoute, testRule, traefik } from '../support/rules';

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
    'a Route': behind(openShiftRoute()),
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
    'a Service in another namespace': [
      behind(httpRoute(backendRefs({ name: 'text-embedding', namespace: 'other', port: 8000 }))),
      'HTTPRoute: spec.rules[0].backendRefs[0]',
    ],
    'a Route to nothing': [behind(openShiftRoute({ to: { name: 'other' } })), 'Route: spec.to'],
  },
});
