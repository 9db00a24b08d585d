import type { ControllerLanguage } from '../../controller-language';
import { INGRESS, SERVICE } from '../../door-kinds';
import { INGRESS_CLASS, NAME, PREFIX } from './product';

const MIDDLEWARE = 'traefik.io/Middleware';
const TLS_OPTION = 'traefik.io/TLSOption';
/** The provider of what the kinds of Traefik hold; a file of Traefik is another one. */
const PROVIDER = 'kubernetescrd';

/** What Ingresses, Middlewares and TLSOptions say to Traefik. */
export const TRAEFIK_LANGUAGE: ControllerLanguage = {
  name: NAME,
  door: INGRESS,
  classes: [INGRESS_CLASS],
  prefix: `${PREFIX}/`,
  kinds: [MIDDLEWARE, TLS_OPTION, 'traefik.io/ServersTransport'],
  references: [
    {
      annotation: `${PREFIX}/router.middlewares`,
      kind: MIDDLEWARE,
      provider: PROVIDER,
      chain: ['spec', 'chain', 'middlewares'],
    },
    { annotation: `${PREFIX}/router.tls.options`, kind: TLS_OPTION, provider: PROVIDER },
  ],
  rateLimits: [
    {
      how: 'a Middleware with rateLimit.average',
      kind: MIDDLEWARE,
      anyOf: [[{ path: ['spec', 'rateLimit', 'average'], isPositive: true }]],
    },
  ],
  authentications: [
    {
      how: 'a Middleware with forwardAuth, basicAuth or digestAuth',
      kind: MIDDLEWARE,
      anyOf: [
        [{ path: ['spec', 'forwardAuth', 'address'] }],
        [{ path: ['spec', 'basicAuth', 'secret'] }],
        [{ path: ['spec', 'digestAuth', 'secret'] }],
      ],
    },
    {
      how: 'a TLSOption with clientAuthType RequireAndVerifyClientCert',
      kind: TLS_OPTION,
      anyOf: [
        [
          { path: ['spec', 'clientAuth', 'clientAuthType'], pattern: '^RequireAndVerifyClientCert$' },
          { path: ['spec', 'clientAuth', 'secretNames'] },
        ],
      ],
    },
  ],
  sourceRanges: [{ kind: MIDDLEWARE, path: ['spec', 'ipAllowList', 'sourceRange'] }],
  bodySize: { kind: MIDDLEWARE, anyOf: [[{ path: ['spec', 'buffering', 'maxRequestBodyBytes'] }]] },
  entryPoints: {
    annotation: `${PREFIX}/router.entrypoints`,
    // That of its Helm chart, and that of its documentation.
    plain: ['web', 'http'],
    tlsPrefix: `${PREFIX}/router.tls`,
    redirect: { kind: MIDDLEWARE, anyOf: [[{ path: ['spec', 'redirectScheme', 'scheme'], pattern: '^https$' }]] },
  },
  // Unset, it is 1.2.
  minimumTls: [{ kind: TLS_OPTION, path: ['spec', 'minVersion'], tooLow: '^VersionTLS1[01]$' }],
  backendSchemes: [
    { kind: SERVICE, path: ['metadata', 'annotations', `${PREFIX}/service.serversscheme`], tls: '^https$', plain: '.' },
    { kind: SERVICE, isOfPort: true, path: ['name'], tls: '^https' },
    { kind: SERVICE, isOfPort: true, path: ['port'], tls: '^443$' },
  ],
};
