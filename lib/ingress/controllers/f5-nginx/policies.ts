import type { PolicySpec } from '../../../../imports/k8s.nginx.org-policy';
import { invalid, together } from '../../../common/invalid';
import type { AuthenticationSpec } from '../../authentication';
import { requireAuthoritySecret } from '../../service-spec';
import type { IngressSpec } from '../../spec';
import { NAME } from './product';

type Endpoint = Extract<AuthenticationSpec, { kind: 'external' }>['endpoint'];

/** The specs of the Policy objects that the Ingress names, by the suffix of their names. */
export function policySpecs(spec: IngressSpec): Record<string, PolicySpec> {
  const { backend, authentication } = together({
    backend: () => backendPolicy(spec),
    authentication: () => authenticationPolicy(spec.authentication),
  });
  return {
    ...(spec.sourceRanges.length === 0
      ? {}
      : { 'source-ranges': { accessControl: { allow: [...spec.sourceRanges] } } }),
    ...backend,
    ...authentication,
  };
}

function backendPolicy({ service: { tls } }: IngressSpec): Record<string, PolicySpec> {
  return tls === undefined
    ? {}
    : {
        'backend-tls': {
          egressMTLS: {
            trustedCertSecret: requireAuthoritySecret(NAME, tls, 'a Secret of type nginx.org/ca with the key ca.crt'),
            verifyServer: true,
            serverName: true,
            sslName: tls.serverName,
            // By default, up to 1.2.
            protocols: 'TLSv1.2 TLSv1.3',
          },
        },
      };
}

function authenticationPolicy(authentication: AuthenticationSpec): Record<string, PolicySpec> {
  switch (authentication.kind) {
    case 'external':
      return { authentication: { externalAuth: externalAuth(authentication) } };
    case 'client-certificates':
      return {
        authentication: {
          ingressMTLS: {
            clientCertSecret: authentication.caSecretName,
            verifyClient: 'on',
            verifyDepth: authentication.verifyDepth,
          },
        },
      };
    case 'basic':
    case 'jwt':
    case 'api-key':
    case 'none':
      return {};
  }
}

function externalAuth({
  endpoint,
  responseHeaders,
}: Extract<AuthenticationSpec, { kind: 'external' }>): NonNullable<PolicySpec['externalAuth']> {
  const { service } = together({
    service: () => requireService(endpoint),
    headers: () => {
      refuseHeaders(responseHeaders);
    },
  });
  return {
    authURI: endpoint.path,
    authServiceName: `${service.namespace}/${service.name}`,
    authServicePorts: [endpoint.port],
    ...(endpoint.tls ? { sslEnabled: true, sslVerify: true } : {}),
  };
}

function requireService({ service, url }: Endpoint): NonNullable<Endpoint['service']> {
  if (service === undefined) {
    throw invalid({
      what: 'IngressAuthentication.external url',
      value: url,
      because: `${NAME} asks a Service of the cluster only`,
      instead: 'write "http://NAME.NAMESPACE.svc.cluster.local/PATH", or choose another controller',
    });
  }
  return service;
}

function refuseHeaders(responseHeaders: readonly string[]): void {
  if (responseHeaders.length > 0) {
    throw invalid({
      what: 'IngressAuthentication.external responseHeaders',
      value: responseHeaders,
      because: `${NAME} passes no header of the answer on`,
      instead: 'leave them out, or choose IngressController.ingressNginx()',
    });
  }
}
