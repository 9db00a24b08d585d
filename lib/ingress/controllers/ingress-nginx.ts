import { type INetworkPolicyPeer, k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { addObject } from '../../common/api-object';
import { invalid } from '../../common/invalid';
import { requireProps } from '../../common/props';
import type { AuthenticationSpec } from '../authentication';
import {
  CERTIFICATES_IN_SECRETS,
  INGRESS_CONTROLLER_OPTIONS,
  type ControllerProfile,
  type IngressControllerOptions,
  ingressClass,
  podPeers,
  requireVersion,
} from '../controller-profile';
import { type CapabilityTable, enforced, prerequisite, unsupported } from '../features';
import type { RateLimit } from '../rate-limit';
import type { IngressSpec } from '../spec';
import { addStandardIngress, nginxSize } from './standard-ingress';

const NAME = 'ingress-nginx';
/** The oldest release that takes every annotation used here. */
const MINIMUM_VERSION = '1.12.0';
const WRITTEN_FOR = '1.15.1';
const PREFIX = 'nginx.ingress.kubernetes.io';

/** The community controller `kubernetes/ingress-nginx`, retired in March 2026: no fixes of any kind since. */
export class IngressNginx implements ControllerProfile {
  public static readonly CAPABILITIES: CapabilityTable = {
    'tls-1.2': prerequisite('ConfigMap key ssl-protocols of the controller; its default is TLSv1.2 TLSv1.3'),
    'tls-1.3': prerequisite('ConfigMap key ssl-protocols: "TLSv1.3" of the controller'),
    'https-redirect': enforced('force-ssl-redirect, status 308'),
    hsts: prerequisite('ConfigMap key hsts of the controller; its default is true, for a year'),
    'exact-paths': enforced('pathType Exact'),
    methods: unsupported('an Ingress cannot tell methods apart, and snippets are off by default'),
    'client-address-direct': prerequisite(
      'a load balancer in front keeps it: externalTrafficPolicy: Local on the Service of the controller',
    ),
    'client-address-forwarded': prerequisite(
      'ConfigMap keys use-forwarded-headers: "true" and proxy-real-ip-cidr of the controller',
    ),
    'client-address-proxy-protocol': prerequisite('ConfigMap key use-proxy-protocol: "true" of the controller'),
    'rate-per-second': enforced('limit-rps'),
    'rate-per-minute': enforced('limit-rpm'),
    'rate-burst': enforced('limit-burst-multiplier: a whole multiple of the rate; nginx admits one request more'),
    'concurrent-connections': enforced('limit-connections'),
    'rate-by-header': unsupported('the key is the address of the client'),
    'rate-scope-cluster': unsupported('every replica counts for itself'),
    'status-429': prerequisite(
      'ConfigMap keys limit-req-status-code and limit-conn-status-code: "429"; the default is 503',
    ),
    'body-size': enforced('proxy-body-size, status 413'),
    timeouts: enforced('proxy-*-timeout'),
    'source-ranges': enforced('whitelist-source-range, status 403'),
    'response-headers': prerequisite(
      'custom-headers; every header must be in the ConfigMap key global-allowed-response-headers, or the path is denied',
    ),
    'auth-external': enforced('auth-url; the annotation has risk level High, which is the highest allowed by default'),
    'auth-basic': enforced('auth-secret: a Secret with the key auth, in htpasswd form'),
    'auth-client-certificates': enforced('auth-tls-secret: a Secret with the key ca.crt'),
    'auth-jwt': unsupported('ask an authentication service instead'),
    'auth-api-key': unsupported('ask an authentication service instead'),
  };

  public readonly name = NAME;
  public readonly version: string;
  public readonly capabilities = IngressNginx.CAPABILITIES;
  public readonly certificates = CERTIFICATES_IN_SECRETS;
  private readonly ingressClassName: string;

  public constructor(private readonly options: IngressControllerOptions) {
    requireProps('IngressController.ingressNginx', options, INGRESS_CONTROLLER_OPTIONS);
    this.version = requireVersion(NAME, options.version ?? WRITTEN_FOR, MINIMUM_VERSION);
    this.ingressClassName = ingressClass(options, 'nginx');
  }

  public peers(scope: Construct): INetworkPolicyPeer[] {
    return podPeers(scope, this.options, {
      namespace: 'ingress-nginx',
      labels: { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' },
    });
  }

  public render(scope: Construct, spec: IngressSpec): void {
    const headers = responseHeaders(scope, spec);
    const annotations = {
      'force-ssl-redirect': 'true',
      ...rateAnnotations(spec.rateLimit),
      'proxy-body-size': nginxSize(spec.maxBodyBytes),
      'proxy-connect-timeout': `${spec.connectTimeoutSeconds}`,
      'proxy-read-timeout': `${spec.timeoutSeconds}`,
      'proxy-send-timeout': `${spec.timeoutSeconds}`,
      ...(spec.sourceRanges.length === 0 ? {} : { 'whitelist-source-range': spec.sourceRanges.join(',') }),
      ...(headers === undefined ? {} : { 'custom-headers': headers }),
      ...authenticationAnnotations(spec),
    };
    addStandardIngress(
      scope,
      spec,
      this.ingressClassName,
      Object.fromEntries(Object.entries(annotations).map(([name, value]) => [`${PREFIX}/${name}`, value])),
    );
  }
}

function rateAnnotations(rateLimit: RateLimit): Record<string, string> {
  const multiplier = rateLimit.burst / rateLimit.requests;
  if (!Number.isInteger(multiplier)) {
    const below = Math.max(1, Math.floor(multiplier)) * rateLimit.requests;
    throw invalid({
      what: 'RateLimit.perClient burst',
      value: rateLimit.burst,
      because: `${NAME} takes a whole multiple of the rate (${rateLimit.requests})`,
      instead: `write ${below} or ${below + rateLimit.requests}, or choose another controller`,
    });
  }
  return {
    [rateLimit.periodSeconds === 1 ? 'limit-rps' : 'limit-rpm']: `${rateLimit.requests}`,
    'limit-burst-multiplier': `${multiplier}`,
    ...(rateLimit.concurrentConnections === undefined
      ? {}
      : { 'limit-connections': `${rateLimit.concurrentConnections}` }),
  };
}

function authenticationAnnotations({ authentication, host, namespace }: IngressSpec): Record<string, string> {
  switch (authentication.kind) {
    case 'external':
      return {
        'auth-url': authentication.endpoint.url,
        ...(authentication.responseHeaders.length === 0
          ? {}
          : { 'auth-response-headers': authentication.responseHeaders.join(',') }),
      };
    case 'basic':
      return { 'auth-type': 'basic', 'auth-secret': authentication.secretName, 'auth-realm': host };
    case 'client-certificates':
      return clientCertificates(authentication, namespace);
    case 'jwt':
    case 'api-key':
    case 'none':
      return {};
  }
}

function clientCertificates(
  { caSecretName, verifyDepth }: Extract<AuthenticationSpec, { kind: 'client-certificates' }>,
  namespace: string,
): Record<string, string> {
  return {
    'auth-tls-secret': `${namespace}/${caSecretName}`,
    'auth-tls-verify-client': 'on',
    'auth-tls-verify-depth': `${verifyDepth}`,
  };
}

/** The controller takes response headers from a ConfigMap only. */
function responseHeaders(scope: Construct, spec: IngressSpec): string | undefined {
  if (Object.keys(spec.responseHeaders).length === 0) {
    return undefined;
  }
  const name = `${spec.name}-response-headers`;
  addObject(scope, 'ResponseHeaders', k8s.KubeConfigMap, {
    metadata: { name, labels: spec.labels },
    data: { ...spec.responseHeaders },
  });
  return `${spec.namespace}/${name}`;
}
