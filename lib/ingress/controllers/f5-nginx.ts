import type { INetworkPolicyPeer } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { Policy, type PolicySpec } from '../../../imports/k8s.nginx.org-policy';
import { addObject } from '../../common/api-object';
import { invalid } from '../../common/invalid';
import { requireProps } from '../../common/props';
import { type AuthenticationSpec } from '../authentication';
import {
  CERTIFICATES_IN_SECRETS,
  INGRESS_CONTROLLER_OPTIONS,
  type ControllerProfile,
  type IngressControllerOptions,
  ingressClass,
  podPeers,
  requireVersion,
} from '../controller-profile';
import { approximate, type CapabilityTable, enforced, prerequisite, unsupported } from '../features';
import { RateLimitScope } from '../rate-limit';
import type { IngressSpec } from '../spec';
import { addStandardIngress, nginxSize } from './standard-ingress';

const NAME = 'F5 NGINX Ingress Controller';
/** `nginx.org/ssl-redirect`, `http-redirect-code` and `policies` exist from 5.4.0. */
const MINIMUM_VERSION = '5.4.0';
const WRITTEN_FOR = '5.5.4';

/** F5 NGINX Ingress Controller (`nginx.org`, open source edition), by annotations and Policy objects. */
export class F5Nginx implements ControllerProfile {
  public static readonly CAPABILITIES: CapabilityTable = {
    'tls-1.2': prerequisite('ConfigMap key ssl-protocols of the controller; unset, nginx accepts 1.2 and 1.3'),
    'tls-1.3': prerequisite('ConfigMap key ssl-protocols: "TLSv1.3" of the controller'),
    'https-redirect': enforced('nginx.org/ssl-redirect, status 308'),
    hsts: approximate('nginx.org/hsts; the controller adds "preload" too, which cannot be left out'),
    'exact-paths': enforced('pathType Exact'),
    methods: unsupported('an Ingress cannot tell methods apart'),
    'client-address-direct': prerequisite(
      'a load balancer in front keeps it: externalTrafficPolicy: Local on the Service of the controller',
    ),
    'client-address-forwarded': prerequisite(
      'ConfigMap keys set-real-ip-from and real-ip-header: X-Forwarded-For of the controller',
    ),
    'client-address-proxy-protocol': prerequisite(
      'ConfigMap keys proxy-protocol: "True", real-ip-header: proxy_protocol and set-real-ip-from of the controller',
    ),
    'rate-per-second': enforced('nginx.org/limit-req-rate, one allowance for all paths of the ingress'),
    'rate-per-minute': enforced('nginx.org/limit-req-rate'),
    'rate-burst': enforced('nginx.org/limit-req-burst without delay; nginx admits one request more'),
    'concurrent-connections': unsupported('limit_conn has no annotation, and snippets are off by default'),
    'rate-by-header': enforced('nginx.org/limit-req-key; a request without the header is not limited'),
    'rate-scope-cluster': approximate(
      'nginx.org/limit-req-scale divides the rate by the number of replicas, but not the burst',
    ),
    'status-429': enforced('nginx.org/limit-req-reject-code'),
    'body-size': enforced('nginx.org/client-max-body-size, status 413'),
    timeouts: enforced('nginx.org/proxy-*-timeout'),
    'source-ranges': enforced('Policy accessControl, status 403'),
    'response-headers': enforced('nginx.org/add-header', '5.5.0'),
    'auth-external': enforced('Policy externalAuth, to a Service of the cluster', '5.5.2'),
    'auth-basic': enforced('nginx.org/basic-auth-secret: a Secret of type nginx.org/htpasswd with the key htpasswd'),
    'auth-client-certificates': enforced(
      'Policy ingressMTLS: a Secret of type nginx.org/ca with the key ca.crt',
      '5.5.0',
    ),
    'auth-jwt': unsupported('the JWT policy is for VirtualServer objects of NGINX Plus'),
    'auth-api-key': unsupported('the API key policy is for VirtualServer objects'),
  };

  public readonly name = NAME;
  public readonly version: string;
  public readonly capabilities = F5Nginx.CAPABILITIES;
  public readonly certificates = CERTIFICATES_IN_SECRETS;
  private readonly ingressClassName: string;

  public constructor(private readonly options: IngressControllerOptions) {
    requireProps('IngressController.f5Nginx', options, INGRESS_CONTROLLER_OPTIONS);
    this.version = requireVersion(NAME, options.version ?? WRITTEN_FOR, MINIMUM_VERSION);
    this.ingressClassName = ingressClass(options, 'nginx');
  }

  public peers(scope: Construct): INetworkPolicyPeer[] {
    return podPeers(scope, this.options, {
      namespace: 'nginx-ingress',
      // Common to the Helm chart and to the plain manifests.
      labels: { 'app.kubernetes.io/name': 'nginx-ingress' },
    });
  }

  public render(scope: Construct, spec: IngressSpec): void {
    const policies = policySpecs(spec);
    const names = Object.entries(policies).map(([suffix, policy]) => {
      const name = `${spec.name}-${suffix}`;
      addObject(scope, suffix, Policy, { metadata: { name, labels: spec.labels }, spec: policy });
      return name;
    });
    addStandardIngress(scope, spec, this.ingressClassName, {
      ...trafficAnnotations(spec),
      ...(spec.authentication.kind === 'basic'
        ? { 'nginx.org/basic-auth-secret': spec.authentication.secretName, 'nginx.org/basic-auth-realm': spec.host }
        : {}),
      ...(names.length === 0 ? {} : { 'nginx.org/policies': names.join(',') }),
    });
  }
}

function trafficAnnotations(spec: IngressSpec): Record<string, string> {
  const { rateLimit } = spec;
  const headers = Object.entries(spec.responseHeaders).map(([name, value]) => `${name}: ${value}: always`);
  return {
    'nginx.org/ssl-redirect': 'true',
    // 308 keeps the method, so that a redirected POST stays a POST.
    'nginx.org/http-redirect-code': '308',
    'nginx.org/hsts': 'true',
    'nginx.org/hsts-max-age': `${spec.hstsMaxAgeSeconds}`,
    'nginx.org/limit-req-rate': `${rateLimit.requests}r/${rateLimit.periodSeconds === 1 ? 's' : 'm'}`,
    'nginx.org/limit-req-burst': `${rateLimit.burst}`,
    'nginx.org/limit-req-no-delay': 'true',
    'nginx.org/limit-req-key':
      rateLimit.header === undefined ? '${binary_remote_addr}' : `\${${nginxHeaderVariable(rateLimit.header)}}`,
    'nginx.org/limit-req-zone-size': '10m',
    'nginx.org/limit-req-reject-code': '429',
    ...(rateLimit.scope === RateLimitScope.CLUSTER ? { 'nginx.org/limit-req-scale': 'true' } : {}),
    'nginx.org/client-max-body-size': nginxSize(spec.maxBodyBytes),
    'nginx.org/proxy-connect-timeout': `${spec.connectTimeoutSeconds}s`,
    'nginx.org/proxy-read-timeout': `${spec.timeoutSeconds}s`,
    'nginx.org/proxy-send-timeout': `${spec.timeoutSeconds}s`,
    ...(headers.length === 0 ? {} : { 'nginx.org/add-header': headers.join(',') }),
  };
}

function policySpecs(spec: IngressSpec): Record<string, PolicySpec> {
  return {
    ...(spec.sourceRanges.length === 0
      ? {}
      : { 'source-ranges': { accessControl: { allow: [...spec.sourceRanges] } } }),
    ...authenticationPolicy(spec.authentication),
  };
}

function authenticationPolicy(authentication: AuthenticationSpec): Record<string, PolicySpec> {
  switch (authentication.kind) {
    case 'external':
      return { authentication: { externalAuth: externalAuth(authentication) } };
    case 'client-certificates':
      return {
        authentication: {
          ingressMtls: {
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
  if (endpoint.service === undefined) {
    throw invalid({
      what: 'IngressAuthentication.external url',
      value: endpoint.url,
      because: `${NAME} asks a Service of the cluster only`,
      instead: 'write "http://NAME.NAMESPACE.svc.cluster.local/PATH", or choose another controller',
    });
  }
  if (responseHeaders.length > 0) {
    throw invalid({
      what: 'IngressAuthentication.external responseHeaders',
      value: responseHeaders,
      because: `${NAME} passes no header of the answer on`,
      instead: 'leave them out, or choose IngressController.ingressNginx()',
    });
  }
  return {
    authUri: endpoint.path,
    authServiceName: `${endpoint.service.namespace}/${endpoint.service.name}`,
    authServicePorts: [endpoint.port],
    ...(endpoint.tls ? { sslEnabled: true, sslVerify: true } : {}),
  };
}

function nginxHeaderVariable(header: string): string {
  return `http_${header.toLowerCase().replaceAll('-', '_')}`;
}
