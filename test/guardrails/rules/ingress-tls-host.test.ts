import { ingressTlsHost } from '../../../lib/guardrails/rules/ingress-tls-host';
import {
  behind,
  httpRoute,
  ingressWith,
  nimWith,
  openShiftRoute,
  REMOVED,
  testRule,
  traefik,
  withField,
} from '../../support/rules';
import type { Manifest } from '../../../lib/manifests/manifest';

const ALB = {
  'alb.ingress.kubernetes.io/certificate-arn': 'arn:aws:acm:eu:1:certificate/a',
  'alb.ingress.kubernetes.io/listen-ports': '[{"HTTP":80},{"HTTPS":443}]',
  'alb.ingress.kubernetes.io/ssl-redirect': '443',
};

const ENTRY_POINTS = 'traefik.ingress.kubernetes.io/router.entrypoints';
const MIDDLEWARES = 'traefik.ingress.kubernetes.io/router.middlewares';
const PUBLIC = { name: 'public', namespace: 'gateways' };

/** The Gateway of the HTTPRoute. */
function gateway(...listeners: object[]): Manifest[] {
  return [{ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', metadata: PUBLIC, spec: { listeners } }];
}

/** A route that sends clients on to HTTPS. */
function redirectRoute(sectionName: string): Manifest {
  const filters = [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 308 } }];
  const spec = { parentRefs: [{ ...PUBLIC, sectionName }], rules: [{ filters }] };
  return withField(httpRoute(spec), ['metadata', 'name'], 'redirect');
}

/** The Ingress of a load balancer, which has its certificate from an annotation. */
function alb(annotations: Record<string, string>): Manifest[] {
  return behind(withField(ingressWith(annotations), ['spec', 'tls'], REMOVED));
}

testRule(ingressTlsHost, {
  accepts: {
    'an HTTPRoute on the HTTPS listener': behind(httpRoute()),
    'an HTTPRoute on a port': behind(httpRoute({ parentRefs: [{ name: 'public', port: 443 }] })),
    'a Route': behind(openShiftRoute()),
    'a load balancer of AWS': alb(ALB),
    'a load balancer of AWS whose certificate makes it listen for HTTPS': alb({
      'alb.ingress.kubernetes.io/certificate-arn': 'arn:aws:acm:eu:1:certificate/a',
    }),
    'a load balancer of AWS for HTTPS only, which needs no redirect': alb({
      'alb.ingress.kubernetes.io/certificate-arn': 'arn:aws:acm:eu:1:certificate/a',
      'alb.ingress.kubernetes.io/listen-ports': '[{"HTTPS":443}]',
    }),
    'a redirect that is not switched off': nimWith([
      'Ingress',
      'metadata.annotations[nginx.org/ssl-redirect]',
      'unless-off',
    ]),
    'a redirect of ingress-nginx that is not forced, and done all the same': behind(
      ingressWith({ 'nginx.ingress.kubernetes.io/force-ssl-redirect': 'false' }),
    ),
    'a load balancer of AWS that looks for its certificate': alb({
      'alb.ingress.kubernetes.io/listen-ports': '[{"HTTPS":443}]',
    }),
    'a load balancer by its class': behind(
      withField(
        withField(ingressWith({ 'alb.ingress.kubernetes.io/certificate-arn': 'arn' }), ['spec', 'tls'], REMOVED),
        ['spec', 'ingressClassName'],
        'alb',
      ),
    ),
    'an HTTPRoute on every listener of a Gateway that has HTTPS only': behind(
      httpRoute({ parentRefs: [PUBLIC] }),
      gateway({ name: 'https', port: 443, protocol: 'HTTPS' }),
    ),
    'an HTTPRoute on an HTTPS listener of an unusual name': behind(
      httpRoute({ parentRefs: [{ ...PUBLIC, sectionName: 'http' }] }),
      gateway({ name: 'http', port: 443, protocol: 'HTTPS' }, { name: 'plain', port: 80, protocol: 'HTTP' }),
    ),
    'an HTTPRoute beside its redirect': behind(httpRoute(), [redirectRoute('plain')]),
    'a redirect on the listener for plain HTTP': behind(httpRoute(), [redirectRoute('http')]),
    'entry points of Traefik for HTTPS': behind(ingressWith({ [ENTRY_POINTS]: 'websecure' })),
    'an entry point of Traefik for plain HTTP with a redirect': behind(
      ingressWith({ [ENTRY_POINTS]: 'web,websecure', [MIDDLEWARES]: 'embeddings-https@kubernetescrd' }),
      traefik('Middleware', 'https', { redirectScheme: { scheme: 'https' } }),
    ),
    'an entry point of Traefik with middlewares that cannot be seen': behind(
      ingressWith({ [ENTRY_POINTS]: 'web,websecure', [MIDDLEWARES]: 'https@file' }),
    ),
    'an entry point of Traefik on an Ingress of somebody else': behind(
      withField(ingressWith({ [ENTRY_POINTS]: 'web' }), ['spec', 'ingressClassName'], 'nginx'),
    ),
    'a Route of one host': behind(openShiftRoute({ wildcardPolicy: 'None' })),
    'a load balancer of AWS for HTTPS only': alb({
      ...ALB,
      'alb.ingress.kubernetes.io/listen-ports': '[{"HTTPS":443}]',
    }),
  },
  refuses: {
    'no TLS': [nimWith(['Ingress', 'spec.tls', REMOVED]), 'Ingress: spec.tls'],
    'TLS for another host': [nimWith(['Ingress', 'spec.tls.0.hosts', ['other.example.com']]), 'Ingress: spec.tls'],
    'TLS without a certificate': [nimWith(['Ingress', 'spec.tls.0.secretName', REMOVED]), 'Ingress: spec.tls'],
    'no host': [nimWith(['Ingress', 'spec.rules.0.host', REMOVED]), 'Ingress: spec.rules[0].host'],
    'every host of a domain': [
      nimWith(['Ingress', 'spec.rules.0.host', '*.example.com'], ['Ingress', 'spec.tls.0.hosts', ['*.example.com']]),
      'Ingress: spec.rules[0].host',
    ],
    'a default backend': [
      nimWith(['Ingress', 'spec.defaultBackend', { service: { name: 'a' } }]),
      'Ingress: spec.defaultBackend',
    ],
    'no rules': [nimWith(['Ingress', 'spec.rules', REMOVED]), 'Ingress: spec.rules'],
    'plain HTTP': [
      nimWith(['Ingress', 'metadata.annotations[nginx.org/ssl-redirect]', 'False']),
      'Ingress: metadata.annotations["nginx.org/ssl-redirect"]',
    ],
    ...Object.fromEntries(
      ['haproxy.org', 'ingress.kubernetes.io', 'nginx.ingress.kubernetes.io', 'nginx.org'].map((prefix) => [
        `plain HTTP by ${prefix}`,
        [
          behind(ingressWith({ [`${prefix}/ssl-redirect`]: 'false' })),
          `Ingress: metadata.annotations["${prefix}/ssl-redirect"]`,
        ],
      ]),
    ),
    ...Object.fromEntries(
      ['0', 'disabled', 'f', 'FALSE', 'no', 'off'].map((off) => [
        `plain HTTP by the word ${off}`,
        [
          behind(ingressWith({ 'haproxy.org/ssl-redirect': off })),
          'Ingress: metadata.annotations["haproxy.org/ssl-redirect"]',
        ],
      ]),
    ),
    'a load balancer without a certificate': [
      alb({ 'alb.ingress.kubernetes.io/scheme': 'internal' }),
      'Ingress: spec.tls',
    ],
    'a load balancer without HTTPS': [
      alb({ ...ALB, 'alb.ingress.kubernetes.io/listen-ports': '[{"HTTP":80}]' }),
      'Ingress: spec.tls',
    ],
    'a load balancer that serves plain HTTP': [
      alb({
        'alb.ingress.kubernetes.io/certificate-arn': 'arn',
        'alb.ingress.kubernetes.io/listen-ports': '[{"HTTP":80},{"HTTPS":443}]',
      }),
      'Ingress: metadata.annotations["alb.ingress.kubernetes.io/ssl-redirect"]',
    ],
    'an HTTPRoute for every host': [behind(httpRoute({ hostnames: [] })), 'HTTPRoute: spec.hostnames'],
    'an HTTPRoute for a number': [behind(httpRoute({ hostnames: [8000] })), 'HTTPRoute: spec.hostnames[0]'],
    'an HTTPRoute for a domain': [behind(httpRoute({ hostnames: ['*.example.com'] })), 'HTTPRoute: spec.hostnames[0]'],
    'an HTTPRoute on every listener': [
      behind(httpRoute({ parentRefs: [{ name: 'public' }] })),
      'HTTPRoute: spec.parentRefs[0].sectionName',
    ],
    'an HTTPRoute on a listener with the name of plain HTTP': [
      behind(httpRoute({ parentRefs: [{ ...PUBLIC, sectionName: 'http' }] })),
      'HTTPRoute: spec.parentRefs[0].sectionName',
    ],
    'a second parent for plain HTTP': [
      behind(
        httpRoute({
          parentRefs: [
            { ...PUBLIC, sectionName: 'https' },
            { ...PUBLIC, sectionName: 'http' },
          ],
        }),
      ),
      'HTTPRoute: spec.parentRefs[1].sectionName',
    ],
    'an HTTPRoute on the port of plain HTTP': [
      behind(httpRoute({ parentRefs: [{ ...PUBLIC, port: 80 }] })),
      'HTTPRoute: spec.parentRefs[0].port',
    ],
    'an HTTPRoute on a listener for plain HTTP, by its Gateway': [
      behind(httpRoute(), gateway({ name: 'https', port: 443, protocol: 'HTTP' })),
      'HTTPRoute: spec.parentRefs[0].sectionName',
    ],
    'an HTTPRoute on a port for plain HTTP, by its Gateway': [
      behind(
        httpRoute({ parentRefs: [{ ...PUBLIC, port: 8080 }] }),
        gateway({ name: 'plain', port: 8080, protocol: 'HTTP' }, { name: 'https', port: 443, protocol: 'HTTPS' }),
      ),
      'HTTPRoute: spec.parentRefs[0].port',
    ],
    'an HTTPRoute on every listener of a Gateway with both': [
      behind(
        httpRoute({ parentRefs: [PUBLIC] }),
        gateway({ name: 'plain', port: 80, protocol: 'HTTP' }, { name: 'https', port: 443, protocol: 'HTTPS' }),
      ),
      'HTTPRoute: spec.parentRefs[0].sectionName',
    ],
    'an HTTPRoute on the listener of its redirect': [
      behind(httpRoute({ parentRefs: [{ ...PUBLIC, sectionName: 'plain' }] }), [redirectRoute('plain')]),
      'HTTPRoute: spec.parentRefs[0].sectionName',
    ],
    'a load balancer that the class tells, without a certificate': [
      behind(withField(ingressWith({}), ['spec', 'ingressClassName'], 'alb')),
      'Ingress: spec.tls',
    ],
    'an entry point of Traefik for plain HTTP': [
      behind(ingressWith({ [ENTRY_POINTS]: 'web,websecure' })),
      `Ingress: metadata.annotations["${ENTRY_POINTS}"]`,
    ],
    'a Route for a domain': [behind(openShiftRoute({ wildcardPolicy: 'Subdomain' })), 'Route: spec.wildcardPolicy'],
    'a Route without a host': [behind(openShiftRoute({ host: '' })), 'Route: spec.host'],
    'a Route without TLS': [behind(openShiftRoute({ tls: undefined })), 'Route: spec.tls.termination'],
    'a Route that serves plain HTTP': [
      behind(openShiftRoute({ tls: { termination: 'edge', insecureEdgeTerminationPolicy: 'Allow' } })),
      'Route: spec.tls.insecureEdgeTerminationPolicy',
    ],
  },
});
