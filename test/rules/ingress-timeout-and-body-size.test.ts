import { ingressTimeoutAndBodySize } from '../../lib/rules/ingress-timeout-and-body-size';
import {
  behind,
  envoyPolicy,
  httpRoute,
  ingressWith,
  nimWith,
  openShiftRoute,
  REMOVED,
  testRule,
  traefik,
} from '../support/rules';

const IMAGE_2_4 = ['Deployment', 'spec.template.spec.containers.0.image', 'nvcr.io/nim/nvidia/a:2.4.0'] as const;
const READ_TIMEOUT = 'metadata.annotations[nginx.org/proxy-read-timeout]';
const READ_TIMEOUT_FIELD = 'Ingress: metadata.annotations["nginx.org/proxy-read-timeout"]';
const BUFFER = envoyPolicy('BackendTrafficPolicy', { requestBuffer: { limit: '8Mi' } });
const MIDDLEWARES = { 'traefik.ingress.kubernetes.io/router.middlewares': 'embeddings-a@kubernetescrd' };

testRule(ingressTimeoutAndBodySize, {
  accepts: {
    'minutes and seconds': nimWith(IMAGE_2_4, ['Ingress', READ_TIMEOUT, '2m1s']),
    'ingress-nginx': behind(
      ingressWith({
        'nginx.ingress.kubernetes.io/proxy-read-timeout': '130',
        'nginx.ingress.kubernetes.io/proxy-body-size': '8m',
      }),
    ),
    HAProxy: behind(ingressWith({ 'haproxy.org/timeout-server': '130s' })),
    'a load balancer of AWS': behind(
      ingressWith({ 'alb.ingress.kubernetes.io/load-balancer-attributes': 'idle_timeout.timeout_seconds=130,a=b' }),
    ),
    Traefik: behind(ingressWith(MIDDLEWARES), traefik('Middleware', 'a', { buffering: { maxRequestBodyBytes: 1 } })),
    'an HTTPRoute': behind(httpRoute(), BUFFER),
    'a Route': behind(openShiftRoute({}, { 'haproxy.router.openshift.io/timeout': '130s' })),
    'a program that is no NIM': nimWith(
      ['Deployment', 'spec.template.spec.containers.0.image', 'registry.example.com/a:1.0.0'],
      ['Deployment', 'spec.template.spec.containers.0.env', []],
      ['Ingress', READ_TIMEOUT, REMOVED],
    ),
  },
  refuses: {
    'the timeout of the controller': [nimWith(['Ingress', READ_TIMEOUT, REMOVED]), READ_TIMEOUT_FIELD],
    'a timeout that is none': [nimWith(['Ingress', READ_TIMEOUT, 'long']), READ_TIMEOUT_FIELD],
    'as long as the NIM may take': [nimWith(IMAGE_2_4, ['Ingress', READ_TIMEOUT, '120s']), READ_TIMEOUT_FIELD],
    'the body size of the controller': [
      nimWith(['Ingress', 'metadata.annotations[nginx.org/client-max-body-size]', REMOVED]),
      'Ingress: metadata.annotations["nginx.org/client-max-body-size"]',
    ],
    'a body of any size': [
      nimWith(['Ingress', 'metadata.annotations[nginx.org/client-max-body-size]', '0m']),
      'Ingress: metadata.annotations["nginx.org/client-max-body-size"]',
    ],
    'Traefik without a body size': [
      behind(ingressWith(MIDDLEWARES), traefik('Middleware', 'a', {})),
      'Ingress: metadata.annotations',
    ],
    'the timeout of Envoy': [
      behind(httpRoute({ rules: [{ backendRefs: [{ name: 'text-embedding', port: 8000 }] }] }), BUFFER),
      'HTTPRoute: spec.rules[0].timeouts.request',
    ],
    'an HTTPRoute without a body size': [behind(httpRoute()), 'HTTPRoute: spec'],
    'the timeout of the router': [
      behind(openShiftRoute({}, { 'haproxy.router.openshift.io/ip_allowlist': '10.0.0.0/8' })),
      'Route: metadata.annotations["haproxy.router.openshift.io/timeout"]',
    ],
  },
});
