import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  SecurityPolicy,
  type SecurityPolicySpec,
  type SecurityPolicySpecExtAuth,
} from '../../../../imports/gateway.envoyproxy.io-securitypolicy';
import { prerequisiteAnnotation } from '../../../common/annotations';
import { addObject } from '../../../common/api-object';
import { invalid, together } from '../../../common/invalid';
import { type AuthenticationSpec, OAUTH2_PROXY_PATH } from '../../authentication';
import type { IngressSpec } from '../../spec';
import { CLIENT_ID_HEADER, targetRoute } from './traffic-policies';
import { secretReference, serviceBackend } from '../gateway-references';

type ExternalAuthentication = Extract<AuthenticationSpec, { kind: 'external' }>;
type AuthenticationService = NonNullable<ExternalAuthentication['endpoint']['service']>;

/** By itself Envoy sends only Host, method, path, Content-Length and Authorization. */
const HEADERS_TO_AUTHENTICATION = ['cookie', 'x-forwarded-proto'];

/** Who may call, and from where. `undefined` when neither is restricted by what can be rendered. */
export function addSecurityPolicy(scope: Construct, spec: IngressSpec, controller: string): ApiObject | undefined {
  const policy = { ...authorization(spec.sourceRanges), ...authentication(spec, controller) };
  if (Object.keys(policy).length === 0) {
    return undefined;
  }
  return addObject(scope, 'SecurityPolicy', SecurityPolicy, {
    metadata: { name: spec.name, labels: spec.labels, ...grantAnnotation(spec) },
    spec: { targetRefs: [targetRoute(spec)], ...policy },
  });
}

function authorization(sourceRanges: readonly string[]): SecurityPolicySpec {
  return sourceRanges.length === 0
    ? {}
    : {
        authorization: {
          defaultAction: 'Deny',
          rules: [
            {
              name: 'source-ranges',
              action: 'Allow',
              principal: { clientCIDRs: [...sourceRanges] },
            },
          ],
        },
      };
}

function authentication({ authentication: chosen, rateLimit }: IngressSpec, controller: string): SecurityPolicySpec {
  switch (chosen.kind) {
    case 'external':
      return { extAuth: externalAuthentication(chosen, controller) };
    case 'basic':
      return { basicAuth: { users: secretReference(chosen.secretName) } };
    case 'api-key':
      return {
        apiKeyAuth: {
          credentialRefs: [secretReference(chosen.secretName)],
          extractFrom: [{ headers: [chosen.header] }],
          // The key is checked here; the service behind does not need it.
          sanitize: true,
          ...(rateLimit.header === undefined ? {} : { forwardClientIDHeader: CLIENT_ID_HEADER }),
        },
      };
    case 'jwt':
      return {
        jwt: {
          providers: [
            {
              name: 'issuer',
              issuer: chosen.issuer,
              audiences: [...chosen.audiences],
              // The default of Envoy Gateway, which the API server would add.
              remoteJWKS: { uri: chosen.jwksUri, cacheDuration: '300s' },
            },
          ],
        },
      };
    case 'client-certificates':
    case 'none':
      return {};
  }
}

function externalAuthentication(chosen: ExternalAuthentication, controller: string): SecurityPolicySpecExtAuth {
  const { endpoint, responseHeaders } = chosen;
  const { service, path } = together({
    service: () => requireService(endpoint, controller),
    path: () => requirePath(chosen, controller),
  });
  return {
    failOpen: false,
    headersToExtAuth: HEADERS_TO_AUTHENTICATION,
    http: {
      backendRefs: [serviceBackend({ name: service.name, namespace: service.namespace, port: endpoint.port })],
      pathOverride: path,
      ...(responseHeaders.length === 0 ? {} : { headersToBackend: [...responseHeaders] }),
    },
  };
}

/**
 * Envoy takes every answer but 200 for a refusal, and the path of oauth2-proxy for such questions answers 202. So it is asked for
 * "/", which it answers by its upstream `static://200` for those who may call, and by 401 for others on an API route.
 */
function requirePath({ endpoint, oauth2Proxy }: ExternalAuthentication, controller: string): string {
  if (!oauth2Proxy && endpoint.path === OAUTH2_PROXY_PATH) {
    throw invalid({
      what: 'IngressAuthentication.external url',
      value: endpoint.url,
      because: `oauth2-proxy answers 202 there, and ${controller} lets a request in for 200 only`,
      instead: "write IngressAuthentication.oauth2Proxy({ namespace: '…' }), or the path of a service that answers 200",
    });
  }
  return oauth2Proxy ? '/' : endpoint.path;
}

function requireService(endpoint: ExternalAuthentication['endpoint'], controller: string): AuthenticationService {
  if (endpoint.service === undefined || endpoint.tls) {
    throw invalid({
      what: 'IngressAuthentication.external url',
      value: endpoint.url,
      because: `${controller} asks a Service of the cluster, and HTTPS to it would need a BackendTLSPolicy that is not rendered here`,
      instead: 'write "http://NAME.NAMESPACE.svc.cluster.local/PATH", or choose another controller',
    });
  }
  return endpoint.service;
}

/** Envoy Gateway answers 500 to every request until the other namespace allows the reference. */
function grantAnnotation({ authentication: chosen, namespace }: IngressSpec): {
  readonly annotations?: Record<string, string>;
} {
  const service = chosen.kind === 'external' ? chosen.endpoint.service : undefined;
  return service === undefined || service.namespace === namespace
    ? {}
    : {
        annotations: {
          [prerequisiteAnnotation('reference-grant')]:
            `a ReferenceGrant in namespace ${service.namespace}: from SecurityPolicy (gateway.envoyproxy.io) in namespace ` +
            `${namespace}, to Service ${service.name}`,
        },
      };
}
