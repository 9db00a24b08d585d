import {
  CapabilityLevel,
  IngressAuthentication,
  IngressController,
  IngressFeature,
  IngressTls,
  RateLimit,
  type SecureIngressOptions,
  type TextEmbeddingNimProps,
} from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { ingressBackendScheme } from '../../../lib/guardrails/rules/ingress-backend-scheme';
import { CONTROLLERS } from '../../../lib/ingress/controllers';
import { isManifest, type Manifest } from '../../../lib/manifests/manifest';
import { envoyOptions } from '../../support/envoy-gateway';
import { WITHOUT_BODY_LIMIT } from '../../support/ha-proxy';
import { INTERNAL_TLS } from '../../support/internal-tls';
import { ingressOptions, renderTextEmbeddingNim, taggedImage } from '../../support/nims';
import { routeOptions } from '../../support/openshift-route';
import {
  behind,
  check,
  edit,
  httpRoute,
  ingressWith,
  nimObjects,
  nimWith,
  openShiftRoute,
  pathOf,
  REMOVED,
  testRule,
  violations,
  withField,
} from '../../support/rules';

const AUTHENTICATION = IngressAuthentication.none('the test');
const BACKEND = 'spec.rules[0].http.paths[0].backend.service';

/** A front door of a controller, the field that says TLS to the pods, and where a finding stands. */
interface Door {
  readonly options?: Partial<SecureIngressOptions>;
  readonly kind: string;
  readonly field: string;
  readonly value: unknown;
  readonly found: string;
}

/** Every controller that can speak TLS to pods. */
const DOORS: Record<string, Door> = {
  'F5 NGINX Ingress Controller': {
    kind: 'Ingress',
    field: 'metadata.annotations[nginx.org/ssl-services]',
    value: 'other, text-embedding',
    found: `Ingress: ${BACKEND}`,
  },
  'ingress-nginx': {
    options: { controller: IngressController.ingressNginx() },
    kind: 'Ingress',
    field: 'metadata.annotations[nginx.ingress.kubernetes.io/backend-protocol]',
    value: 'https',
    found: `Ingress: ${BACKEND}`,
  },
  'HAProxy Kubernetes Ingress Controller': {
    options: { controller: IngressController.haProxy(), acceptUnenforced: [WITHOUT_BODY_LIMIT] },
    kind: 'Ingress',
    field: 'metadata.annotations[haproxy.org/server-ca]',
    value: 'embeddings/api-authority',
    found: `Ingress: ${BACKEND}`,
  },
  Traefik: {
    options: { controller: IngressController.traefik(), authentication: AUTHENTICATION },
    kind: 'Service',
    field: 'metadata.annotations[traefik.ingress.kubernetes.io/service.serversscheme]',
    value: 'https',
    found: `Ingress: ${BACKEND}`,
  },
  'AWS Load Balancer Controller': {
    options: {
      controller: IngressController.awsAlb({
        webAclArn: 'arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/embeddings/3ab78708',
        loadBalancerSubnets: ['10.0.0.0/20'],
      }),
      tls: IngressTls.fromAcmCertificate('arn:aws:acm:eu-central-1:123456789012:certificate/12345678'),
      rateLimit: RateLimit.perClient({ requestsPerMinute: 600, burst: 600 }),
      authentication: AUTHENTICATION,
      acceptUnenforced: [WITHOUT_BODY_LIMIT],
    },
    kind: 'Ingress',
    field: 'metadata.annotations[alb.ingress.kubernetes.io/backend-protocol]',
    value: 'HTTPS',
    found: `Ingress: ${BACKEND}`,
  },
  'Envoy Gateway': {
    options: envoyOptions(),
    kind: 'BackendTLSPolicy',
    field: 'spec.validation',
    value: { hostname: 'text-embedding.embeddings.svc', wellKnownCACertificates: 'System' },
    found: 'HTTPRoute: spec.rules[0].backendRefs[0]',
  },
  'OpenShift router': {
    options: routeOptions(),
    kind: 'Route',
    field: 'spec.tls.termination',
    value: 'reencrypt',
    found: 'Route: spec.to',
  },
};

/** A NIM behind a controller, with TLS to the pods or without. */
function nimBehind({ options = {} }: Door, props: Partial<TextEmbeddingNimProps>): Manifest[] {
  return renderTextEmbeddingNim((chart) => ({
    ingress: { ...ingressOptions(chart), ...options },
    ...props,
  })).filter(isManifest);
}

/** The objects with the field that says TLS set; where nothing of its kind is rendered without TLS, that of a NIM with it. */
function calledOverTls(door: Door): Manifest[] {
  const plain = nimBehind(door, {});
  return plain.some(({ kind }) => kind === door.kind)
    ? plain.map((object) => (object.kind === door.kind ? withField(object, pathOf(door.field), door.value) : object))
    : [...plain, ...nimBehind(door, { internalTls: INTERNAL_TLS }).filter(({ kind }) => kind === door.kind)];
}

describe.each(Object.entries(DOORS))('ingress-backend-scheme, of %s', (_, door) => {
  const encrypted = nimBehind(door, { internalTls: INTERNAL_TLS });

  it.each([
    ['1.x', undefined],
    ['2.0', '2.0.0'],
  ])('accepts TLS to the pods of the generation %s, and plain HTTP to pods without it', (_generation, tag) => {
    const image = tag === undefined ? {} : { image: taggedImage(tag) };
    expect(violations(ingressBackendScheme, nimBehind(door, { internalTls: INTERNAL_TLS, ...image }))).toEqual([]);
    expect(violations(ingressBackendScheme, nimBehind(door, image))).toEqual([]);
  });

  it('refuses plain HTTP to pods that serve TLS', () => {
    const weakened = encrypted.map((object) =>
      object.kind === door.kind ? withField(object, pathOf(door.field), REMOVED) : object,
    );
    const found = violations(ingressBackendScheme, weakened);
    expect(found[0]).toBe(door.found);
    expect(new Set(found)).toEqual(new Set([door.found]));
  });

  it('refuses TLS to pods that serve plain HTTP', () => {
    const found = violations(ingressBackendScheme, calledOverTls(door));
    expect(new Set(found)).toEqual(new Set([door.found]));
  });
});

it('every controller says it, by its language, and those that can speak TLS to pods are tested', () => {
  expect(CONTROLLERS.filter(({ language }) => language.backendSchemes === undefined)).toEqual([]);
  const able = CONTROLLERS.filter(
    ({ capabilities }) => capabilities[IngressFeature.BACKEND_TLS].level !== CapabilityLevel.UNSUPPORTED,
  );
  expect(Object.keys(DOORS).sort()).toEqual(able.map(({ language }) => language.name).sort());
});

const F5 = 'metadata.annotations[nginx.org/ssl-services]';
const DEPLOYMENT = 'Deployment';
const CONTAINER = 'spec.template.spec.containers.0';
const SSL = Object.entries({ MODE: 'tls', CERT_PATH: '/etc/tls/tls.crt', KEY_PATH: '/etc/tls/tls.key' }).map(
  ([name, value]) => ({ name: `NIM_SSL_${name}`, value }),
);

/** The NIM behind an Ingress of a class that tells the controller, with one annotation. */
function ofClass(ingressClassName: string, annotations: Record<string, string>): Manifest {
  return withField(ingressWith(annotations), ['spec', 'ingressClassName'], ingressClassName);
}

/** Objects whose Service has annotations, or a port with other fields. */
function service(objects: readonly Manifest[], field: string, value: unknown): Manifest[] {
  return edit(objects, 'Service', field, value);
}

/** A server that is no NIM in place of it. */
function otherServer(...probe: [path: string, value: unknown][]): Manifest[] {
  const changes: [string, unknown][] = [
    [`${CONTAINER}.image`, 'registry.example.com/server:1.0.0'],
    [`${CONTAINER}.env`, []],
    ['spec.template.metadata.labels', { 'app.kubernetes.io/name': 'server', app: 'server' }],
    ...['startupProbe', 'readinessProbe', 'livenessProbe'].map((name): [string, unknown] => [
      `${CONTAINER}.${name}`,
      REMOVED,
    ]),
    ...probe,
  ];
  const server = changes.reduce<Manifest[]>(
    (objects, [path, value]) => edit(objects, DEPLOYMENT, path, value),
    nimObjects(),
  );
  return service(server, 'spec.selector', { app: 'server' });
}

const HTTPS_PROBE: [string, unknown] = [
  `${CONTAINER}.readinessProbe`,
  { httpGet: { path: '/', port: 'http-api', scheme: 'HTTPS' } },
];
const HTTP_PROBE: [string, unknown] = [`${CONTAINER}.readinessProbe`, { httpGet: { path: '/', port: 8000 } }];
const appProtocol = (value: string): Manifest[] => service(otherServer(), 'spec.ports.0.appProtocol', value);

testRule(ingressBackendScheme, {
  accepts: {
    'a load balancer whose Service says plain HTTP, where the Ingress says TLS': service(
      behind(ofClass('alb', { 'alb.ingress.kubernetes.io/backend-protocol': 'HTTPS' })),
      'metadata.annotations',
      { 'alb.ingress.kubernetes.io/backend-protocol': 'HTTP' },
    ),
    'TLS to a Service of another name': nimWith(['Ingress', F5, 'other']),
    'HAProxy without TLS, said so': behind(ofClass('haproxy', { 'haproxy.org/server-ssl': 'false' })),
    'an annotation that the controller of the class does not read': behind(
      ofClass('haproxy', { 'nginx.ingress.kubernetes.io/backend-protocol': 'HTTPS' }),
    ),
    'a value that the controller takes for plain HTTP': behind(
      ofClass('traefik', { 'nginx.ingress.kubernetes.io/backend-protocol': 'GRPC' }),
    ),
    'an Ingress whose controller nobody knows': edit(behind(ofClass('public', {})), DEPLOYMENT, `${CONTAINER}.env`, [
      { name: 'NIM_SSL_MODE', value: 'tls' },
    ]),
    'a server that nothing is known of': otherServer(),
    'a server that says a protocol of its own': appProtocol('kubernetes.io/h2c'),
    'a server of plain HTTP, by its probe': otherServer(HTTP_PROBE),
    'a server of plain HTTP, by the protocol of the port': appProtocol('http'),
    'a server of TLS, by its probe, called over TLS': edit(otherServer(HTTPS_PROBE), 'Ingress', F5, 'text-embedding'),
    'a Service that is not among the manifests': nimObjects().filter(({ kind }) => kind !== 'Service'),
    'a route to a port that says TLS, which some implementations take': service(
      edit(behind(httpRoute()), DEPLOYMENT, `${CONTAINER}.env`, SSL),
      'spec.ports.0.appProtocol',
      'https',
    ),
  },
  refuses: {
    'a server of TLS, by its probe, in plain HTTP': [otherServer(HTTPS_PROBE), `Ingress: ${BACKEND}`],
    'a server of TLS, by the protocol of the port, in plain HTTP': [appProtocol('HTTPS'), `Ingress: ${BACKEND}`],
    'a server of plain HTTP, by its probe, over TLS': [
      edit(otherServer(HTTP_PROBE), 'Ingress', F5, 'text-embedding'),
      `Ingress: ${BACKEND}`,
    ],
    'HAProxy that turns on TLS without an authority': [
      behind(ofClass('haproxy', { 'haproxy.org/server-ssl': 'true' })),
      `Ingress: ${BACKEND}`,
    ],
    'a load balancer whose Service says TLS': [
      service(behind(ofClass('alb', {})), 'metadata.annotations', {
        'alb.ingress.kubernetes.io/backend-protocol': 'HTTPS',
      }),
      `Ingress: ${BACKEND}`,
    ],
    'a Route that hands TLS through to pods without it': [
      behind(openShiftRoute({ tls: { termination: 'passthrough' } })),
      'Route: spec.to',
    ],
  },
});

it('Traefik takes a port for TLS by its name, and goes by its annotation first', () => {
  const byName = (annotations: Record<string, string>): Manifest[] =>
    service(
      edit(
        service(behind(ofClass('traefik', {})), 'metadata.annotations', annotations),
        'Ingress',
        'spec.rules.0.http.paths',
        [
          {
            path: '/v1/embeddings',
            pathType: 'Exact',
            backend: { service: { name: 'text-embedding', port: { name: 'https-api' } } },
          },
        ],
      ),
      'spec.ports.0.name',
      'https-api',
    );
  expect(violations(ingressBackendScheme, byName({}))).toEqual([`Ingress: ${BACKEND}`]);
  const scheme = { 'traefik.ingress.kubernetes.io/service.serversscheme': 'http' };
  expect(violations(ingressBackendScheme, byName(scheme))).toEqual([]);
});

it('says who answers how, who calls, and which field says it', () => {
  const messages = (objects: Manifest[]): string[] =>
    check(objects, {}, [ingressBackendScheme]).findings.map(({ message }) => message);
  expect(messages(nimWith(['Ingress', F5, 'text-embedding']))).toEqual([
    'the Service text-embedding serves plain HTTP (the NIM in the container nim has no certificate in its variables), ' +
      'and F5 NGINX Ingress Controller calls it over TLS, because of metadata.annotations["nginx.org/ssl-services"] with its name',
  ]);
  expect(messages(appProtocol('https'))).toEqual([
    'the Service text-embedding serves TLS (the appProtocol of its port is https), ' +
      'and F5 NGINX Ingress Controller calls it in plain HTTP: nothing says TLS in metadata.annotations["nginx.org/ssl-services"] with its name',
  ]);
  expect(messages(edit(behind(httpRoute()), DEPLOYMENT, `${CONTAINER}.env`, SSL))).toEqual([
    'the Service text-embedding serves TLS (the NIM in the container nim has a certificate in its variables), ' +
      'and Envoy Gateway or another implementation of Gateway API calls it in plain HTTP: nothing says TLS in a BackendTLSPolicy for the Service, ' +
      "or appProtocol of the Service's port, or name of the Service's port, or port of the Service's port",
  ]);
});
