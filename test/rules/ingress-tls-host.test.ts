import { ingressTlsHost } from '../../lib/rules/ingress-tls-host';
import {
  behind,
  httpRoute,
  ingressWith,
  nimWith,
  openShiftRoute,
  REMOVED,
  testRule,
  withField,
} from '../support/rules';
import type { Manifest } from '../../lib/rules/support/manifest';

const ALB = {
  'alb.ingress.kubernetes.io/certificate-arn': 'arn:aws:acm:eu:1:certificate/a',
  'alb.ingress.kubernetes.io/listen-ports': '[{"HTTP":80},{"HTTPS":443}]',
  'alb.ingress.kubernetes.io/ssl-redirect': '443',
};

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
    'a Route without a host': [behind(openShiftRoute({ host: '' })), 'Route: spec.host'],
    'a Route without TLS': [behind(openShiftRoute({ tls: undefined })), 'Route: spec.tls.termination'],
    'a Route that serves plain HTTP': [
      behind(openShiftRoute({ tls: { termination: 'edge', insecureEdgeTerminationPolicy: 'Allow' } })),
      'Route: spec.tls.insecureEdgeTerminationPolicy',
    ],
  },
});
