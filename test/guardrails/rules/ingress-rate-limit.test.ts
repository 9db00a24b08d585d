import { ingressRateLimit } from '../../../lib/guardrails/rules/ingress-rate-limit';
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
  withField,
} from '../../support/rules';

const MIDDLEWARES = 'traefik.ingress.kubernetes.io/router.middlewares';
const INGRESS_FIELD = 'Ingress: metadata.annotations';

testRule(ingressRateLimit, {
  accepts: {
    'ingress-nginx by the second': behind(ingressWith({ 'nginx.ingress.kubernetes.io/limit-rps': '20' })),
    'ingress-nginx by the minute': behind(ingressWith({ 'nginx.ingress.kubernetes.io/limit-rpm': '20' })),
    'F5 NGINX by the second': behind(ingressWith({ 'nginx.org/limit-req-rate': '5r/s' })),
    'F5 NGINX by the minute': behind(ingressWith({ 'nginx.org/limit-req-rate': '600r/m' })),
    HAProxy: behind(ingressWith({ 'haproxy.org/rate-limit-requests': '60' })),
    'a web ACL of AWS': behind(
      ingressWith({ 'alb.ingress.kubernetes.io/wafv2-acl-arn': 'arn:aws:wafv2:eu:1:regional/webacl/a/b' }),
    ),
    Traefik: behind(
      ingressWith({ [MIDDLEWARES]: 'embeddings-limit@kubernetescrd' }),
      traefik('Middleware', 'limit', { rateLimit: { average: 20 } }),
    ),
    'a chain of Traefik with a limit inside': behind(
      ingressWith({ [MIDDLEWARES]: 'embeddings-chain@kubernetescrd' }),
      traefik('Middleware', 'chain', { chain: { middlewares: [{ name: 'chain' }, { name: 'limit' }] } }),
      traefik('Middleware', 'limit', { rateLimit: { average: 20 } }),
    ),
    'Envoy Gateway for all routes of the Gateway': behind(
      httpRoute(),
      envoyPolicy(
        'BackendTrafficPolicy',
        { rateLimit: { local: { rules: [{}] } } },
        { kind: 'Gateway', name: 'public', sectionName: 'https' },
        'gateways',
      ),
    ),
    'a second limit on trial': behind(
      httpRoute(),
      envoyPolicy('BackendTrafficPolicy', { rateLimit: { global: { rules: [{}, { shadowMode: true }] } } }),
    ),
    'Envoy Gateway for all proxies': behind(
      httpRoute(),
      envoyPolicy('BackendTrafficPolicy', { rateLimit: { global: { rules: [{}] } } }),
    ),
    'Envoy Gateway for each proxy': behind(
      httpRoute(),
      envoyPolicy('BackendTrafficPolicy', { rateLimit: { local: { rules: [{}] } } }),
    ),
    'an HTTPRoute that only redirects': behind(httpRoute({ rules: [{ filters: [{ type: 'RequestRedirect' }] }] })),
    'a Route': behind(
      openShiftRoute(
        {},
        {
          'haproxy.router.openshift.io/rate-limit-connections': 'true',
          'haproxy.router.openshift.io/rate-limit-connections.rate-http': '200',
        },
      ),
    ),
  },
  refuses: {
    'an Ingress without a limit': [
      nimWith(['Ingress', 'metadata.annotations[nginx.org/limit-req-rate]', REMOVED]),
      INGRESS_FIELD,
    ],
    'a limit of nothing': [behind(ingressWith({ 'nginx.ingress.kubernetes.io/limit-rps': '0' })), INGRESS_FIELD],
    'a limit in words that nginx does not take': [
      behind(ingressWith({ 'nginx.org/limit-req-rate': '10' })),
      INGRESS_FIELD,
    ],
    'a limit of nothing for F5 NGINX': [behind(ingressWith({ 'nginx.org/limit-req-rate': '0r/s' })), INGRESS_FIELD],
    'a limit with words before it': [behind(ingressWith({ 'nginx.org/limit-req-rate': 'about 10r/s' })), INGRESS_FIELD],
    'a limit with words after it': [behind(ingressWith({ 'nginx.org/limit-req-rate': '10r/seconds' })), INGRESS_FIELD],
    'a web ACL that is only said to be needed': [
      behind(ingressWith({ 'cdk8s-nim/prerequisite-rate-per-second': 'a rule of the web ACL' })),
      INGRESS_FIELD,
    ],
    'a Middleware without a limit': [
      behind(
        ingressWith({ [MIDDLEWARES]: 'embeddings-limit@kubernetescrd' }),
        traefik('Middleware', 'limit', { headers: {} }),
      ),
      INGRESS_FIELD,
    ],
    'a policy without rules': [
      behind(httpRoute(), envoyPolicy('BackendTrafficPolicy', { rateLimit: { global: { rules: [] } } })),
      'HTTPRoute: spec',
    ],
    'a limit that only counts': [
      behind(
        httpRoute(),
        envoyPolicy('BackendTrafficPolicy', { rateLimit: { global: { rules: [{ shadowMode: true }] } } }),
      ),
      'HTTPRoute: spec',
    ],
    'a limit that only counts some of the clients': [
      behind(
        httpRoute(),
        envoyPolicy('BackendTrafficPolicy', {
          rateLimit: {
            global: {
              rules: [
                { clientSelectors: [{ sourceCIDR: { value: '0.0.0.0/0' } }], shadowMode: true },
                { clientSelectors: [{ sourceCIDR: { value: '::/0' } }] },
              ],
            },
          },
        }),
      ),
      'HTTPRoute: spec',
    ],
    'a second policy on the route': [
      behind(
        httpRoute(),
        envoyPolicy('BackendTrafficPolicy', { rateLimit: { global: { rules: [{}] } } }),
        envoyPolicy('BackendTrafficPolicy', { requestBuffer: { limit: '8Mi' } }),
      ),
      'HTTPRoute: spec',
    ],
    'the language of another controller': [
      behind(
        withField(
          ingressWith({ 'nginx.ingress.kubernetes.io/limit-rps': '20' }),
          ['spec', 'ingressClassName'],
          'haproxy',
        ),
      ),
      INGRESS_FIELD,
    ],
    'a policy for another route': [
      behind(
        httpRoute(),
        envoyPolicy('BackendTrafficPolicy', { rateLimit: { global: { rules: [{}] } } }, { name: 'other' }),
      ),
      'HTTPRoute: spec',
    ],
    'a policy in another namespace': [
      behind(httpRoute(), envoyPolicy('BackendTrafficPolicy', { rateLimit: { global: { rules: [{}] } } }, {}, 'other')),
      'HTTPRoute: spec',
    ],
    'a Route without a limit': [
      behind(openShiftRoute({}, { 'haproxy.router.openshift.io/rate-limit-connections': 'true' })),
      'Route: metadata.annotations',
    ],
    'a Route whose limit is off': [
      behind(openShiftRoute({}, { 'haproxy.router.openshift.io/rate-limit-connections.rate-http': '200' })),
      'Route: metadata.annotations',
    ],
  },
});
