import { ingressAuthentication } from '../../../lib/guardrails/rules/ingress-authentication';
import type { Manifest } from '../../../lib/manifests/manifest';
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

const FIELD = 'Ingress: metadata.annotations';
const TLS_OPTIONS = { 'traefik.ingress.kubernetes.io/router.tls.options': 'embeddings-tls@kubernetescrd' };
const MIDDLEWARES = { 'traefik.ingress.kubernetes.io/router.middlewares': 'embeddings-auth@kubernetescrd' };

const GATEWAY = { kind: 'Gateway', name: 'public' };
const ENTRY_POINTS = 'traefik.ingress.kubernetes.io/router.entrypoints';

const REDIRECT_ANNOTATIONS = {
  'traefik.ingress.kubernetes.io/router.middlewares': 'embeddings-https@kubernetescrd',
  [ENTRY_POINTS]: 'web',
};

/** What Traefik serves by plain HTTP only, to send clients on. */
const REDIRECT = withField(ingressWith(REDIRECT_ANNOTATIONS), ['spec', 'tls'], REMOVED);

const REDIRECTING = traefik('Middleware', 'https', { redirectScheme: { scheme: 'https' } });

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
    'F5 NGINX with the keys of tokens': behind(ingressWith({ 'nginx.com/jwt-key': 'jwk' })),
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
    'a load balancer with a login': behind(
      ingressWith({
        'alb.ingress.kubernetes.io/auth-type': 'oidc',
        'alb.ingress.kubernetes.io/auth-idp-oidc': '{"issuer":"https://login.example.com"}',
      }),
    ),
    'a load balancer with a login of Cognito': behind(
      ingressWith({
        'alb.ingress.kubernetes.io/auth-type': 'cognito',
        'alb.ingress.kubernetes.io/auth-idp-cognito': '{"userPoolClientID":"a"}',
      }),
    ),
    'Envoy Gateway asking a service': envoy({ extAuth: { http: {} } }),
    'Envoy Gateway asking for a password': envoy({ basicAuth: { users: { name: 'users' } } }),
    'Envoy Gateway asking for an API key': envoy({ apiKeyAuth: { credentialRefs: [{ name: 'keys' }] } }),
    'Envoy Gateway reading tokens': envoy({ jwt: { providers: [{ name: 'a' }] } }),
    'Envoy Gateway with a login': envoy({ oidc: { clientID: 'a' } }),
    'Envoy Gateway asking for certificates': listener({ caCertificateRefs: [{ name: 'ca' }] }),
    'a policy of the Gateway': behind(
      httpRoute(),
      envoyPolicy('SecurityPolicy', { jwt: { providers: [{ name: 'a' }] } }, GATEWAY, 'gateways'),
    ),
    'a chain with a password inside': behind(
      ingressWith(MIDDLEWARES),
      traefik('Middleware', 'auth', { chain: { middlewares: [{ name: 'users' }] } }),
      traefik('Middleware', 'users', { basicAuth: { secret: 'users' } }),
    ),
    'Traefik with the Middleware of another namespace': behind(
      ingressWith({ 'traefik.ingress.kubernetes.io/router.middlewares': 'shared-auth@kubernetescrd' }),
      traefik('Middleware', 'auth', { basicAuth: { secret: 'users' } }).map((middleware) =>
        withField(middleware, ['metadata', 'namespace'], 'shared'),
      ),
    ),
    'an Ingress of Traefik that only redirects': behind(REDIRECT, REDIRECTING),
    'both decisions for each of two controllers': behind(
      ingressWith({
        'nginx.org/limit-req-rate': '10r/s',
        'nginx.org/basic-auth-secret': 'users',
        'nginx.ingress.kubernetes.io/limit-rps': '10',
        'nginx.ingress.kubernetes.io/auth-url': 'http://auth.auth.svc/',
      }),
    ),
  },
  refuses: {
    'an Ingress without any': [
      nimWith(['Ingress', 'metadata.annotations[nginx.org/basic-auth-secret]', REMOVED]),
      FIELD,
    ],
    'a setting of the controller that is only said to be needed': [
      behind(ingressWith({ 'cdk8s-nim/prerequisite-auth-client-certificates': 'client-ca of the controller' })),
      FIELD,
    ],
    'an HTTPRoute to what is no Service': [
      behind(httpRoute({ rules: [{ backendRefs: [{ kind: 'InferencePool', name: 'embeddings' }] }] })),
      'HTTPRoute: spec',
    ],
    'a redirect beside the application': [behind(ingressWith(REDIRECT_ANNOTATIONS), REDIRECTING), FIELD],
    ...Object.fromEntries(
      [
        ['TLS', ['spec', 'tls'], [{ hosts: ['embeddings.example.com'], secretName: 'tls' }]] as const,
        ['TLS by annotation', ['metadata', 'annotations', 'traefik.ingress.kubernetes.io/router.tls'], 'true'] as const,
        ['every entry point', ['metadata', 'annotations', ENTRY_POINTS], REMOVED] as const,
        ['the entry point for HTTPS', ['metadata', 'annotations', ENTRY_POINTS], 'web, websecure'] as const,
        ['another controller', ['spec', 'ingressClassName'], 'nginx'] as const,
      ].map(([name, path, value]) => [
        `a redirect with ${name}`,
        [behind(withField(REDIRECT, path, value), REDIRECTING), FIELD],
      ]),
    ),
    'a login of a load balancer that nobody provides': [
      behind(ingressWith({ 'alb.ingress.kubernetes.io/auth-type': 'oidc' })),
      FIELD,
    ],
    'a login of a load balancer by somebody else': [
      behind(
        ingressWith({
          'alb.ingress.kubernetes.io/auth-type': 'oidc',
          'alb.ingress.kubernetes.io/auth-idp-cognito': '{}',
        }),
      ),
      FIELD,
    ],
    'a password of HAProxy that is switched off': [
      behind(ingressWith({ 'haproxy.org/auth-type': 'none', 'haproxy.org/auth-secret': 'users' })),
      FIELD,
    ],
    'an authentication and a limit for different controllers': [
      behind(
        ingressWith({
          'nginx.org/limit-req-rate': '10r/s',
          'nginx.ingress.kubernetes.io/auth-url': 'http://auth.auth.svc/',
        }),
      ),
      FIELD,
    ],
    'a service of Envoy Gateway that is not named': [envoy({ extAuth: {} }), 'HTTPRoute: spec'],
    'addresses alone': [envoy({ authorization: { defaultAction: 'Allow' } }), 'HTTPRoute: spec'],
    'a second policy on the same route': [
      behind(
        httpRoute(),
        envoyPolicy('SecurityPolicy', { basicAuth: { users: { name: 'users' } } }),
        envoyPolicy('SecurityPolicy', { cors: {} }),
      ),
      'HTTPRoute: spec',
    ],
    'a policy of the route in place of that of the Gateway': [
      behind(
        httpRoute(),
        envoyPolicy('SecurityPolicy', { basicAuth: { users: { name: 'users' } } }, GATEWAY, 'gateways'),
        envoyPolicy('SecurityPolicy', { cors: {} }),
      ),
      'HTTPRoute: spec',
    ],
    'an annotation of a controller for another kind': [
      behind(httpRoute({}, { 'nginx.ingress.kubernetes.io/auth-url': 'http://auth.auth.svc/' })),
      'HTTPRoute: spec',
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
    'certificates that the listener compares with nothing': [listener({}), 'HTTPRoute: spec'],
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
      'HTTPRoute: spec',
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
    'a service whose silence lets everybody in': [envoy({ extAuth: { failOpen: true, http: {} } }), 'HTTPRoute: spec'],
    'tokens that are optional': [envoy({ jwt: { optional: true, providers: [{ name: 'a' }] } }), 'HTTPRoute: spec'],
    'certificates that are optional': [
      listener({ optional: true, caCertificateRefs: [{ name: 'ca' }] }),
      'HTTPRoute: spec',
    ],
    'a Route': [behind(openShiftRoute()), 'Route: metadata.annotations'],
  },
});
