import { ingressRateLimit } from '../../lib/rules/ingress-rate-limit';
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
    'Traefik that only redirects': behind(
      ingressWith({ [MIDDLEWARES]: 'embeddings-redirect@kubernetescrd' }),
      traefik('Middleware', 'redirect', { redirectScheme: { scheme: 'https' } }),
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
    'a documented exception for minutes': behind(
      ingressWith({ 'cdk8s-nim/exception-rate-per-minute': 'a gateway in front limits' }),
    ),
    'a documented exception': behind(
      ingressWith({ 'cdk8s-nim/exception-rate-per-second': 'a gateway in front limits' }),
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
    'an exception for a part': [
      behind(ingressWith({ 'cdk8s-nim/exception-rate-limit-of-admins': 'a' })),
      INGRESS_FIELD,
    ],
    'an exception for something else': [
      behind(ingressWith({ 'cdk8s-nim/exception-no-rate-limit': 'a' })),
      INGRESS_FIELD,
    ],
    'an exception without a reason': [
      behind(ingressWith({ 'cdk8s-nim/exception-rate-per-second': ' ' })),
      INGRESS_FIELD,
    ],
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
      'HTTPRoute: metadata.annotations',
    ],
    'a policy for another route': [
      behind(
        httpRoute(),
        envoyPolicy('BackendTrafficPolicy', { rateLimit: { global: { rules: [{}] } } }, { name: 'other' }),
      ),
      'HTTPRoute: metadata.annotations',
    ],
    'a policy in another namespace': [
      behind(httpRoute(), envoyPolicy('BackendTrafficPolicy', { rateLimit: { global: { rules: [{}] } } }, {}, 'other')),
      'HTTPRoute: metadata.annotations',
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
