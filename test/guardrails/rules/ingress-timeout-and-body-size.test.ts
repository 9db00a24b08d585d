import { describe, expect, it } from 'vitest';
import { ingressTimeoutAndBodySize } from '../../../lib/guardrails/rules/ingress-timeout-and-body-size';
import type { Manifest } from '../../../lib/manifests/manifest';
import {
  behind,
  check,
  edit,
  envoyPolicy,
  httpRoute,
  ingressWith,
  nimWith,
  openShiftRoute,
  REMOVED,
  testRule,
  traefik,
} from '../../support/rules';

const IMAGE_2_4 = ['Deployment', 'spec.template.spec.containers.0.image', 'nvcr.io/nim/nvidia/a:2.4.0'] as const;
const READ_TIMEOUT = 'metadata.annotations[nginx.org/proxy-read-timeout]';
const READ_TIMEOUT_FIELD = 'Ingress: metadata.annotations["nginx.org/proxy-read-timeout"]';
const BUFFER = envoyPolicy('BackendTrafficPolicy', { requestBuffer: { limit: '8Mi' } });
const MIDDLEWARES = { 'traefik.ingress.kubernetes.io/router.middlewares': 'embeddings-a@kubernetescrd' };

/** A NIM with the Ingress of another Service, without a timeout. */
function beside(...services: object[]): Manifest[] {
  return [
    ...nimWith(
      ['Ingress', 'spec.rules', [{ http: { paths: [{ backend: { service: { name: 'other' } } }] } }]],
      ['Ingress', READ_TIMEOUT, REMOVED],
    ),
    ...services.map((spec) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'other', namespace: 'embeddings' },
      spec,
    })),
  ];
}

function withClass(ingressClassName: string): Manifest {
  const ingress = ingressWith({});
  return { ...ingress, spec: { ...(ingress['spec'] as object), ingressClassName } };
}

testRule(ingressTimeoutAndBodySize, {
  accepts: {
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
    'an HTTPRoute whose Gateway says how large a request may be': behind(
      httpRoute(),
      envoyPolicy(
        'BackendTrafficPolicy',
        { requestBuffer: { limit: '8Mi' } },
        { kind: 'Gateway', name: 'public' },
        'gateways',
      ),
    ),
    'a NIM whose own timeout the manifests do not say': nimWith(IMAGE_2_4, [
      'Deployment',
      'spec.template.spec.containers.0.env.0',
      {
        name: 'NIM_SERVER_REQUEST_TIMEOUT_S',
        valueFrom: { configMapKeyRef: { name: 'settings', key: 'timeout' } },
      },
    ]),
    'a Route': behind(openShiftRoute({}, { 'haproxy.router.openshift.io/timeout': '130s' })),
    'a body size that ends with 0': nimWith(['Ingress', 'metadata.annotations[nginx.org/client-max-body-size]', '10']),
    'a program beside a NIM': beside({ selector: { 'app.kubernetes.io/name': 'other' } }),
    'a Service without pods of its own': beside({ type: 'ExternalName', externalName: 'api.example.com' }),
    'a Service that is not among the manifests': beside(),
    'annotations of controllers that read no HTTPRoute': behind(
      httpRoute({}, { 'nginx.org/proxy-send-timeout': '130s' }),
      BUFFER,
    ),
    'a program that is no NIM': nimWith(
      ['Deployment', 'spec.template.spec.containers.0.image', 'registry.example.com/a:1.0.0'],
      ['Deployment', 'spec.template.spec.containers.0.env', []],
      ['Ingress', READ_TIMEOUT, REMOVED],
    ),
  },
  refuses: {
    ...Object.fromEntries(
      ['nginx', 'haproxy', 'alb'].map((ingressClassName) => [
        `an Ingress of the class ${ingressClassName} that tells its controller nothing`,
        [behind(withClass(ingressClassName)), 'Ingress: metadata.annotations'] as const,
      ]),
    ),
    'the timeout of the controller': [nimWith(['Ingress', READ_TIMEOUT, REMOVED]), READ_TIMEOUT_FIELD],
    'a timeout that is none': [nimWith(['Ingress', READ_TIMEOUT, 'long']), READ_TIMEOUT_FIELD],
    'a timeout as long as the NIM may take': [
      nimWith(IMAGE_2_4, ['Ingress', READ_TIMEOUT, '120s']),
      READ_TIMEOUT_FIELD,
    ],
    'the body size of the controller': [
      nimWith(['Ingress', 'metadata.annotations[nginx.org/client-max-body-size]', REMOVED]),
      'Ingress: metadata.annotations["nginx.org/client-max-body-size"]',
    ],
    'a body of any size': [
      nimWith(['Ingress', 'metadata.annotations[nginx.org/client-max-body-size]', '0m']),
      'Ingress: metadata.annotations["nginx.org/client-max-body-size"]',
    ],
    'a body of any size, in two digits': [
      nimWith(['Ingress', 'metadata.annotations[nginx.org/client-max-body-size]', '00']),
      'Ingress: metadata.annotations["nginx.org/client-max-body-size"]',
    ],
    'ingress-nginx without both': [
      behind(ingressWith({ 'nginx.ingress.kubernetes.io/limit-rps': '20' })),
      'Ingress: metadata.annotations["nginx.ingress.kubernetes.io/proxy-read-timeout"]',
      'Ingress: metadata.annotations["nginx.ingress.kubernetes.io/proxy-body-size"]',
    ],
    'the timeout of HAProxy': [
      behind(ingressWith({ 'haproxy.org/rate-limit-requests': '60' })),
      'Ingress: metadata.annotations["haproxy.org/timeout-server"]',
    ],
    'the timeout of a load balancer of AWS': [
      behind(ingressWith({ 'alb.ingress.kubernetes.io/scheme': 'internal' })),
      'Ingress: metadata.annotations["alb.ingress.kubernetes.io/load-balancer-attributes"]',
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
    'an HTTPRoute with a policy for something else': [
      behind(httpRoute(), envoyPolicy('BackendTrafficPolicy', { rateLimit: {} })),
      'HTTPRoute: spec',
    ],
    'the timeout of the router': [
      behind(openShiftRoute({}, { 'haproxy.router.openshift.io/ip_allowlist': '10.0.0.0/8' })),
      'Route: metadata.annotations["haproxy.router.openshift.io/timeout"]',
    ],
  },
});

// The NIM of these takes up to 120 s.
describe('a timeout', () => {
  const NGINX = 'nginx.org/proxy-read-timeout';
  const PROXY_READ_TIMEOUT = 'nginx.ingress.kubernetes.io/proxy-read-timeout';
  const HAPROXY = 'haproxy.org/timeout-server';
  const ALB = 'alb.ingress.kubernetes.io/load-balancer-attributes';
  const ROUTER = 'haproxy.router.openshift.io/timeout';
  const SIZES = {
    'nginx.org/client-max-body-size': '8m',
    'nginx.ingress.kubernetes.io/proxy-body-size': '8m',
  };

  const messages = (annotation: string, text: string): string[] => {
    const size = Object.fromEntries(
      Object.entries(SIZES).filter(([name]) => name.split('/')[0] === annotation.split('/')[0]),
    );
    const annotations = { ...size, [annotation]: text };
    const door = annotation === ROUTER ? openShiftRoute({}, annotations) : ingressWith(annotations);
    return check(edit(behind(door), ...IMAGE_2_4), {}, [ingressTimeoutAndBodySize]).findings.map(
      ({ message }) => message,
    );
  };

  it.each([
    [NGINX, '121'],
    [NGINX, '121s'],
    [NGINX, '2m1s'],
    [NGINX, '2m 1s'],
    [NGINX, '1h'],
    [NGINX, '1d'],
    [PROXY_READ_TIMEOUT, '121'],
    [HAPROXY, '121s'],
    [HAPROXY, '121000'],
    [ROUTER, '121s'],
    [ROUTER, '121000'],
    [ROUTER, '121000ms'],
    [ALB, 'routing.http2.enabled=true,idle_timeout.timeout_seconds=121,a=1'],
  ])('is long enough: %s = %s', (annotation, text) => {
    expect(messages(annotation, text)).toEqual([]);
  });

  it.each([
    [NGINX, '120', '120'],
    [NGINX, '2m', '120'],
    [NGINX, '1m 59s', '119'],
    [PROXY_READ_TIMEOUT, '120', '120'],
    [HAPROXY, '130', '0.13'],
    [ROUTER, '130', '0.13'],
    [ROUTER, '2m', '120'],
    [ALB, 'idle_timeout.timeout_seconds=60,access_logs.s3.prefix=2026', '60'],
  ])('is too short: %s = %s is %s s', (annotation, text, seconds) => {
    expect(messages(annotation, text)).toEqual([`the timeout is ${seconds} s, and the NIM itself may take 120 s`]);
  });

  it.each([
    [NGINX, ''],
    [NGINX, 'long'],
    [NGINX, '130 seconds'],
    [NGINX, '130y'],
    [NGINX, '130s later'],
    [NGINX, 'about 130s'],
    [NGINX, '-130s'],
    [PROXY_READ_TIMEOUT, '130s'],
    [PROXY_READ_TIMEOUT, '-130'],
    [ROUTER, '1.5h'],
    [ALB, 'access_logs.s3.enabled=true,access_logs.s3.prefix=2026'],
  ])('is none: %s = %j', (annotation, text) => {
    expect(messages(annotation, text)).toEqual(['no timeout is set']);
  });

  it.each([
    ['2m1s', []],
    // No timeout.
    ['0s', []],
    ['soon', ['no timeout is set']],
    ['2m', ['the timeout is 120 s, and the NIM itself may take 120 s']],
  ])('of an HTTPRoute: %s', (request, expected) => {
    const rules = [{ backendRefs: [{ name: 'text-embedding', port: 8000 }], timeouts: { request } }];
    const objects = edit(behind(httpRoute({ rules }), BUFFER), ...IMAGE_2_4);
    expect(check(objects, {}, [ingressTimeoutAndBodySize]).findings.map(({ message }) => message)).toEqual(expected);
  });
});
