import type { Duration } from 'cdk8s';
import type { INetworkPolicyPeer } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { defined } from '../../common/defined';
import { invalid } from '../../common/invalid';
import { type PropTable, requireProps } from '../../common/props';
import type { ClientAddress } from '../client-address';
import {
  CERTIFICATES_IN_SECRETS,
  type ControllerProfile,
  INGRESS_CONTROLLER_OPTIONS,
  ingressClass,
  type IngressControllerOptions,
  podPeers,
  requireVersion,
} from '../controller-profile';
import { approximate, type CapabilityTable, enforced, prerequisite, unsupported } from '../features';
import type { IngressSpec } from '../spec';
import { rateWindowMillis } from './ha-proxy-rate-window';
import { addStandardIngress } from './standard-ingress';

const NAME = 'HAProxy Kubernetes Ingress Controller';
/** The generation that the rendering was compared with. */
const MINIMUM_VERSION = '3.2.0';
const WRITTEN_FOR = '3.2.11';
const PREFIX = 'haproxy.org';

/** Options of `IngressController.haProxy`. */
export interface HaProxyOptions extends IngressControllerOptions {
  /**
   * Added to the window of the rate limit, which is `burst` divided by the rate. Ingresses with equal windows share their
   * counters, so two of them in one app are refused.
   * @default - from nothing to a tenth of the window, by the namespace and the name of the ingress
   */
  readonly rateWindowOffset?: Duration;
}

export const HA_PROXY_OPTIONS: PropTable<HaProxyOptions> = {
  ...INGRESS_CONTROLLER_OPTIONS,
  rateWindowOffset: 'optional',
};

/** HAProxy Technologies' `haproxytech/kubernetes-ingress`, by annotations. */
export class HaProxy implements ControllerProfile {
  public static readonly CAPABILITIES: CapabilityTable = {
    'tls-1.2': prerequisite(
      'ssl-default-bind-options of the controller; with its default, HAProxy accepts 1.2 and 1.3',
    ),
    'tls-1.3': prerequisite('ssl-min-ver TLSv1.3 by global-config-snippet or a Global resource of the controller'),
    'https-redirect': enforced('haproxy.org/ssl-redirect, status 308'),
    hsts: enforced('haproxy.org/response-set-header, on answers of the NIM'),
    'exact-paths': enforced('pathType Exact; HAProxy compares the path as it was sent'),
    methods: unsupported('an Ingress cannot tell methods apart; a route-acl would bypass the other annotations'),
    'client-address-direct': prerequisite(
      'a load balancer in front keeps it: externalTrafficPolicy: Local on the Service of the controller',
    ),
    'client-address-forwarded': approximate(
      'haproxy.org/src-ip-header: the last address is believed whoever sends it; only the proxy may reach the controller',
    ),
    'client-address-proxy-protocol': prerequisite(
      'ConfigMap key proxy-protocol of the controller: the addresses of the load balancer',
    ),
    'rate-per-second': approximate(
      'haproxy.org/rate-limit-requests counts refused requests too: a client that keeps calling too often gets nothing; IPv6 clients are not counted',
    ),
    'rate-per-minute': approximate(
      'haproxy.org/rate-limit-requests counts refused requests too: a client that keeps calling too often gets nothing; IPv6 clients are not counted',
    ),
    'rate-burst': approximate('the burst is the number of requests in a sliding window of burst divided by rate'),
    'concurrent-connections': unsupported('no annotation counts the connections of a client'),
    'rate-by-header': unsupported('the key is the address of the client'),
    'rate-scope-cluster': unsupported('every replica counts for itself'),
    'status-429': enforced('haproxy.org/rate-limit-status-code'),
    'body-size': unsupported(
      'no annotation limits it; a Backend resource does, and disables the annotations of the service',
    ),
    timeouts: approximate(
      'haproxy.org/timeout-server; the time to connect is ConfigMap key timeout-connect of the controller, 5s by default',
    ),
    'source-ranges': enforced('haproxy.org/allow-list, status 403'),
    'response-headers': enforced('haproxy.org/response-set-header, on answers of the NIM'),
    'auth-external': unsupported('the open source edition has basic authentication only'),
    'auth-basic': approximate(
      'haproxy.org/auth-secret: in the Secret each key is a user, each value a crypt(3) hash; asked before the redirect, so on plain HTTP too, and wrong passwords are not limited',
    ),
    // Not a prerequisite: an ingress whose only authentication depends on a setting elsewhere would be open without it.
    'auth-client-certificates': unsupported('ConfigMap key client-ca of the controller asks the clients of every host'),
    'auth-jwt': unsupported('the open source edition has basic authentication only'),
    'auth-api-key': unsupported('the open source edition has basic authentication only'),
  };

  public readonly name = NAME;
  public readonly version: string;
  public readonly capabilities = HaProxy.CAPABILITIES;
  public readonly certificates = CERTIFICATES_IN_SECRETS;
  private readonly ingressClassName: string;

  public constructor(private readonly options: HaProxyOptions) {
    requireProps('IngressController.haProxy', options, HA_PROXY_OPTIONS);
    this.version = requireVersion(NAME, options.version ?? WRITTEN_FOR, MINIMUM_VERSION);
    this.ingressClassName = ingressClass(options, 'haproxy');
  }

  public peers(scope: Construct): INetworkPolicyPeer[] {
    return podPeers(scope, this.options, {
      namespace: 'haproxy-controller',
      // The Helm chart's; the plain manifests have `run: haproxy-ingress` instead.
      labels: { 'app.kubernetes.io/name': 'kubernetes-ingress' },
    });
  }

  public render(scope: Construct, spec: IngressSpec): void {
    const window = rateWindowMillis(scope, spec, this.ingressClassName, this.options.rateWindowOffset);
    const annotations = defined({
      'ssl-redirect': 'true',
      // By default the redirect would name the port that the controller listens on inside its pod.
      'ssl-redirect-port': '443',
      // 308 keeps the method, so that a redirected POST stays a POST. The documentation stops at 303; the code hands the
      // number to HAProxy, which has 301, 302, 303, 307 and 308.
      'ssl-redirect-code': '308',
      'rate-limit-requests': `${spec.rateLimit.burst}`,
      // Never left to the default: since February 2026 an ingress without it gets a table without a name.
      'rate-limit-period': `${window}ms`,
      'rate-limit-status-code': '429',
      'timeout-server': `${spec.timeoutSeconds}s`,
      'allow-list': spec.sourceRanges.length === 0 ? undefined : spec.sourceRanges.join(','),
      'src-ip-header': sourceHeader(spec.clientAddress),
      'response-set-header': responseHeaders(spec),
      ...authenticationAnnotations(spec),
    });
    addStandardIngress(
      scope,
      spec,
      this.ingressClassName,
      Object.fromEntries(Object.entries(annotations).map(([name, value]) => [`${PREFIX}/${name}`, value])),
    );
  }
}

function sourceHeader(clientAddress: ClientAddress): string | undefined {
  if (clientAddress._source !== 'forwarded') {
    return undefined;
  }
  if (clientAddress.trustedHops !== 1) {
    throw invalid({
      what: 'ClientAddress.forwardedFor trustedHops',
      value: clientAddress.trustedHops,
      because: `${NAME} reads the last address of the header, which is the one that the nearest proxy wrote`,
      instead: 'write ClientAddress.forwardedFor(), or ClientAddress.proxyProtocol()',
    });
  }
  return 'X-Forwarded-For';
}

/** One header a line, with its value in quotes; "%" begins a variable of HAProxy. */
function responseHeaders(spec: IngressSpec): string {
  return Object.entries({
    'Strict-Transport-Security': `max-age=${spec.hstsMaxAgeSeconds}`,
    ...spec.responseHeaders,
  })
    .map(([name, value]) => `${name} "${value.replaceAll('%', '%%')}"`)
    .join('\n');
}

function authenticationAnnotations({ authentication, host, namespace }: IngressSpec): Record<string, string> {
  switch (authentication.kind) {
    case 'basic':
      return {
        'auth-type': 'basic-auth',
        'auth-secret': `${namespace}/${authentication.secretName}`,
        'auth-realm': host,
      };
    case 'external':
    case 'client-certificates':
    case 'jwt':
    case 'api-key':
    case 'none':
      return {};
  }
}
