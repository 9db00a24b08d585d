import type { ControllerLanguage } from '../../controller-language';
import { BACKEND_TLS_POLICY } from '../../controller-words';
import { HTTP_ROUTE } from '../../door-kinds';
import { NAME } from './product';

const TRAFFIC_POLICY = 'gateway.envoyproxy.io/BackendTrafficPolicy';
const SECURITY_POLICY = 'gateway.envoyproxy.io/SecurityPolicy';
const LISTENER_POLICY = 'gateway.envoyproxy.io/ClientTrafficPolicy';

const NOT_TRUE = { pattern: '^(?!true$)', isOptional: true };
const mergedBy = ['spec', 'mergeType'];

/** What HTTPRoutes and the policies of Envoy Gateway say to it. */
export const ENVOY_GATEWAY_LANGUAGE: ControllerLanguage = {
  name: NAME,
  door: HTTP_ROUTE,
  kinds: [TRAFFIC_POLICY, SECURITY_POLICY, LISTENER_POLICY],
  policies: [
    { kind: TRAFFIC_POLICY, mergedBy },
    { kind: SECURITY_POLICY, mergedBy },
    { kind: LISTENER_POLICY, isForListeners: true, mergedBy },
  ],
  rateLimits: [
    {
      how: 'a BackendTrafficPolicy with rateLimit, not in shadow mode, on the route or its Gateway',
      kind: TRAFFIC_POLICY,
      // In shadow mode requests are only counted.
      anyOf: ['global', 'local'].map((scope) => [
        {
          path: ['spec', 'rateLimit', scope, 'rules'],
          eachGroup: { by: 'clientSelectors', tests: [{ path: ['shadowMode'], ...NOT_TRUE }] },
        },
      ]),
    },
  ],
  authentications: [
    {
      how: 'a SecurityPolicy with extAuth that fails closed, basicAuth, apiKeyAuth, oidc or jwt that is not optional, on the route or its Gateway',
      kind: SECURITY_POLICY,
      anyOf: [
        ...['http', 'grpc'].map((protocol) => [
          { path: ['spec', 'extAuth', protocol] },
          { path: ['spec', 'extAuth', 'failOpen'], ...NOT_TRUE },
        ]),
        [{ path: ['spec', 'basicAuth', 'users'] }],
        [{ path: ['spec', 'apiKeyAuth', 'credentialRefs'] }],
        [{ path: ['spec', 'oidc'] }],
        [{ path: ['spec', 'jwt', 'providers'] }, { path: ['spec', 'jwt', 'optional'], ...NOT_TRUE }],
      ],
    },
    {
      how: 'a ClientTrafficPolicy of the Gateway with tls.clientValidation that is not optional',
      kind: LISTENER_POLICY,
      anyOf: [
        [
          { path: ['spec', 'tls', 'clientValidation', 'caCertificateRefs'] },
          { path: ['spec', 'tls', 'clientValidation', 'optional'], ...NOT_TRUE },
        ],
      ],
    },
  ],
  sourceRanges: [{ kind: SECURITY_POLICY, path: ['spec', 'authorization', 'rules', '*', 'principal', 'clientCIDRs'] }],
  bodySize: { kind: TRAFFIC_POLICY, anyOf: [[{ path: ['spec', 'requestBuffer', 'limit'] }]] },
  // Unset, it is 1.2.
  minimumTls: [{ kind: LISTENER_POLICY, path: ['spec', 'tls', 'minVersion'], tooLow: '^(1\\.[01]|Auto)$' }],
  backendSchemes: [BACKEND_TLS_POLICY],
};
