import { ingressAuthentication } from '../../lib/rules/ingress-authentication';
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
import type { Manifest } from '../../lib/rules/support/manifest';

const FIELD = 'Ingress: metadata.annotations';
const MIDDLEWARES = { 'traefik.ingress.kubernetes.io/router.middlewares': 'embeddings-auth@kubernetescrd' };
const TLS_OPTIONS = { 'traefik.ingress.kubernetes.io/router.tls.options': 'embeddings-tls@kubernetescrd' };
const GATEWAY = { kind: 'Gateway', name: 'public' };

function nginxPolicy(spec: object): Manifest[] {
  return [
    { apiVersion: 'k8s.nginx.org/v1', kind: 'Policy', metadata: { name: 'auth', namespace: 'embeddings' }, spec },
  ];
}

function envoy(spec: object): Manifest[] {
  return behind(httpRoute(), envoyPolicy('SecurityPolicy', spec));
}

function listener(clientValidation: object): Manifest[] {
  return behind(httpRoute(), envoyPolicy('ClientTrafficPolicy', { tls: { clientValidation } }, GATEWAY, 'gateways'));
}

testRule(ingressAuthentication, {
  accepts: {
    'F5 NGINX asking a service': behind(
      ingressWith({ 'nginx.org/policies': 'auth' }),
      nginxPolicy({ externalAuth: { authURI: '/auth' } }),
    ),
    'F5 NGINX asking for certificates': behind(
      ingressWith({ 'nginx.org/policies': 'embeddings/auth' }),
      nginxPolicy({ ingressMTLS: { clientCertSecret: 'ca' } }),
    ),
    'ingress-nginx asking a service': behind(
      ingressWith({ 'nginx.ingress.kubernetes.io/auth-url': 'http://auth.auth.svc/' }),
    ),
    'ingress-nginx asking for a password': behind(
      ingressWith({
        'nginx.ingress.kubernetes.io/auth-type': 'basic',
        'nginx.ingress.kubernetes.io/auth-secret': 'users',
      }),
    ),
    'ingress-nginx asking for certificates': behind(
      ingressWith({ 'nginx.ingress.kubernetes.io/auth-tls-secret': 'embeddings/ca' }),
    ),
    'Traefik asking a service': behind(
      ingressWith(MIDDLEWARES),
      traefik('Middleware', 'auth', { forwardAuth: { address: 'http://auth.auth.svc/' } }),
    ),
    'Traefik asking for a password': behind(
      ingressWith(MIDDLEWARES),
      traefik('Middleware', 'auth', { basicAuth: { secret: 'users' } }),
    ),
    'Traefik asking for certificates': behind(
      ingressWith(TLS_OPTIONS),
      traefik('TLSOption', 'tls', {
        clientAuth: { clientAuthType: 'RequireAndVerifyClientCert', secretNames: ['ca'] },
      }),
    ),
    'Traefik asking for a password by digest': behind(
      ingressWith(MIDDLEWARES),
      traefik('Middleware', 'auth', { digestAuth: { secret: 'users' } }),
    ),
    'HAProxy asking for a password': behind(
      ingressWith({ 'haproxy.org/auth-type': 'basic-auth', 'haproxy.org/auth-secret': 'users' }),
    ),
    'a load balancer that reads tokens': behind(
      ingressWith({ 'alb.ingress.kubernetes.io/jwt-validation': '{"issuer":"a"}' }),
    ),
    'a load balancer that asks for certificates': behind(
      ingressWith({ 'alb.ingress.kubernetes.io/mutual-authentication': '[{"port":443,"mode":"verify"}]' }),
    ),
    'a load balancer that asks for certificates, written with spaces': behind(
      ingressWith({ 'alb.ingress.kubernetes.io/mutual-authentication': '[{ "port" : 443, "mode" : "verify" }]' }),
    ),
    'a load balancer with a login': behind(ingressWith({ 'alb.ingress.kubernetes.io/auth-type': 'oidc' })),
    'a load balancer with a login of Cognito': behind(
      ingressWith({ 'alb.ingress.kubernetes.io/auth-type': 'cognito' }),
    ),
    'Envoy Gateway asking a service': envoy({ extAuth: { http: {} } }),
    'Envoy Gateway asking for a password': envoy({ basicAuth: { users: { name: 'users' } } }),
    'Envoy Gateway asking for an API key': envoy({ apiKeyAuth: { credentialRefs: [{ name: 'keys' }] } }),
    'Envoy Gateway reading tokens': envoy({ jwt: { providers: [{ name: 'a' }] } }),
    'Envoy Gateway with a login': envoy({ oidc: { clientID: 'a' } }),
    'Envoy Gateway asking for certificates': listener({ caCertificateRefs: [{ name: 'ca' }] }),
    'a Route with a documented exception': behind(
      openShiftRoute({}, { 'cdk8s-nim/exception-authentication': 'a proxy behind it asks' }),
    ),
    'certificates that somebody decided to do without': behind(
      httpRoute({}, { 'cdk8s-nim/exception-auth-client-certificates': 'a proxy behind it asks' }),
    ),
    'certificates that the platform team asks for': behind(
      httpRoute({}, { 'cdk8s-nim/prerequisite-auth-client-certificates': 'clientValidation of the listener' }),
    ),
  },
  refuses: {
    'an Ingress without any': [
      nimWith(['Ingress', 'metadata.annotations[nginx.org/basic-auth-secret]', REMOVED]),
      FIELD,
    ],
    'an exception without a reason': [behind(ingressWith({ 'cdk8s-nim/exception-authentication': '' })), FIELD],
    'an exception for a part': [behind(ingressWith({ 'cdk8s-nim/exception-authentication-of-admins': 'a' })), FIELD],
    'an exception for something else': [behind(ingressWith({ 'cdk8s-nim/exception-no-authentication': 'a' })), FIELD],
    'a prerequisite for something else': [behind(ingressWith({ 'cdk8s-nim/prerequisite-no-auth-jwt': 'a' })), FIELD],
    'an annotation of a controller for another kind': [
      behind(httpRoute({}, { 'nginx.ingress.kubernetes.io/auth-url': 'http://auth.auth.svc/' })),
      'HTTPRoute: metadata.annotations',
    ],
    'the address of no service': [behind(ingressWith({ 'nginx.ingress.kubernetes.io/auth-url': ' ' })), FIELD],
    'a policy for something else': [
      behind(ingressWith({ 'nginx.org/policies': 'auth' }), nginxPolicy({ rateLimit: { rate: '10r/s' } })),
      FIELD,
    ],
    'a Middleware for something else': [
      behind(ingressWith(MIDDLEWARES), traefik('Middleware', 'auth', { headers: {} })),
      FIELD,
    ],
    'a Middleware that names no service': [
      behind(ingressWith(MIDDLEWARES), traefik('Middleware', 'auth', { forwardAuth: { trustForwardHeader: true } })),
      FIELD,
    ],
    'Middlewares that name no Secret': [
      behind(
        ingressWith(MIDDLEWARES),
        traefik('Middleware', 'auth', { basicAuth: { realm: 'a' }, digestAuth: { realm: 'a' } }),
      ),
      FIELD,
    ],
    'certificates that Traefik compares with nothing': [
      behind(
        ingressWith(TLS_OPTIONS),
        traefik('TLSOption', 'tls', { clientAuth: { clientAuthType: 'RequireAndVerifyClientCert' } }),
      ),
      FIELD,
    ],
    'a password of HAProxy without a Secret': [behind(ingressWith({ 'haproxy.org/auth-type': 'basic-auth' })), FIELD],
    'a Secret of HAProxy alone': [behind(ingressWith({ 'haproxy.org/auth-secret': 'users' })), FIELD],
    'certificates that the listener compares with nothing': [listener({}), 'HTTPRoute: metadata.annotations'],
    'certificates that a Gateway asks for, behind something else of its name': [
      behind(
        httpRoute({
          parentRefs: [{ kind: 'ListenerSet', name: 'public', namespace: 'gateways', sectionName: 'https' }],
        }),
        envoyPolicy(
          'ClientTrafficPolicy',
          { tls: { clientValidation: { caCertificateRefs: [{ name: 'ca' }] } } },
          GATEWAY,
          'gateways',
        ),
      ),
      'HTTPRoute: metadata.annotations',
    ],
    'a policy that is not among the manifests': [behind(ingressWith({ 'nginx.org/policies': 'auth' })), FIELD],
    'certificates that F5 NGINX does not require': [
      behind(
        ingressWith({ 'nginx.org/policies': 'auth' }),
        nginxPolicy({ ingressMTLS: { clientCertSecret: 'ca', verifyClient: 'optional' } }),
      ),
      FIELD,
    ],
    'certificates that ingress-nginx does not require': [
      behind(
        ingressWith({
          'nginx.ingress.kubernetes.io/auth-tls-secret': 'a/ca',
          'nginx.ingress.kubernetes.io/auth-tls-verify-client': 'optional',
        }),
      ),
      FIELD,
    ],
    'a password without a Secret': [behind(ingressWith({ 'nginx.ingress.kubernetes.io/auth-type': 'basic' })), FIELD],
    'certificates that Traefik does not require': [
      behind(
        ingressWith(TLS_OPTIONS),
        traefik('TLSOption', 'tls', { clientAuth: { clientAuthType: 'RequestClientCert', secretNames: ['ca'] } }),
      ),
      FIELD,
    ],
    'certificates that a load balancer passes on': [
      behind(ingressWith({ 'alb.ingress.kubernetes.io/mutual-authentication': '[{"port":443,"mode":"passthrough"}]' })),
      FIELD,
    ],
    'a service whose silence lets everybody in': [
      envoy({ extAuth: { failOpen: true, http: {} } }),
      'HTTPRoute: metadata.annotations',
    ],
    'tokens that are optional': [
      envoy({ jwt: { optional: true, providers: [{ name: 'a' }] } }),
      'HTTPRoute: metadata.annotations',
    ],
    'certificates that are optional': [
      listener({ optional: true, caCertificateRefs: [{ name: 'ca' }] }),
      'HTTPRoute: metadata.annotations',
    ],
    'a Route': [behind(openShiftRoute()), 'Route: metadata.annotations'],
  },
});
