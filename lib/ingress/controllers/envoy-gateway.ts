import type { INetworkPolicyPeer } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { requireNamespaceName, requireObjectName } from '../../common/names';
import { type PropTable, requireProps } from '../../common/props';
import { type ControllerProfile, podPeers, requireVersion } from '../controller-profile';
import type { CapabilityTable } from '../features';
import type { IngressSpec } from '../spec';
import type { CertificateSource } from '../tls';
import { envoyGatewayCapabilities } from './envoy-gateway-capabilities';
import { addListenerPolicy, addTrafficPolicy } from './envoy-gateway-policies';
import { addSecurityPolicy } from './envoy-gateway-security';
import { addRedirectRoute, addServingRoute, type GatewayListeners } from './gateway-routes';
import { requireWindowBurst } from './window-burst';

const NAME = 'Envoy Gateway';
/** `extAuth.http.pathOverride` exists from 1.8.0. */
const MINIMUM_VERSION = '1.8.0';
const WRITTEN_FOR = '1.9.0';

/** The Gateway, and the listeners of it, that routes attach to. It belongs to the platform team. */
export interface GatewayReference {
  /** Name of the Gateway. */
  readonly name: string;
  /** Namespace of the Gateway. */
  readonly namespace: string;
  /**
   * Name of the HTTPS listener. Its `allowedRoutes` has to admit HTTPRoutes of the chart's namespace.
   * @default 'https'
   */
  readonly listener?: string;
  /**
   * Name of the HTTP listener, for the redirect. Its `allowedRoutes` has to admit HTTPRoutes of the chart's namespace.
   * @default 'http'
   */
  readonly httpListener?: string;
}

/** Options of `IngressController.envoyGateway`. */
export interface EnvoyGatewayOptions {
  /** The Gateway that routes attach to. */
  readonly gateway: GatewayReference;
  /**
   * The version of Envoy Gateway that runs in the cluster. A feature that this version lacks is refused.
   * @default - the version that the rendering was written for
   */
  readonly version?: string;
  /**
   * Whether the HTTPS listener is for this ingress alone. Then a ClientTrafficPolicy for it is rendered into the namespace of
   * the Gateway, and TLS version, client address and client certificates are enforced by it. Two such policies for one
   * listener conflict, and the older one wins. Otherwise those settings are prerequisites that the platform team sets.
   * @default false
   */
  readonly ownsListener?: boolean;
  /**
   * Whether each proxy counts for itself, instead of all of them in Redis. Needs no Redis, but up to Envoy Gateway 1.9.0 a
   * proxy tracks only 20 clients at once: the next one pushes one out, which comes back with a full allowance
   * (https://github.com/envoyproxy/gateway/issues/9973). Each path then counts for itself too.
   * @default false
   */
  readonly localRateLimits?: boolean;
  /**
   * Namespace of the proxies, for the network policy: that of the Gateway in deployment mode GatewayNamespace.
   * @default 'envoy-gateway-system'
   */
  readonly namespace?: string;
  /**
   * Labels of the proxies, for the network policy: others when several Gateways are merged onto one set of proxies.
   * @default - what Envoy Gateway puts on the proxies of the Gateway
   */
  readonly podLabels?: Record<string, string>;
}

export const ENVOY_GATEWAY_OPTIONS: PropTable<EnvoyGatewayOptions> = {
  gateway: 'required',
  version: 'optional',
  ownsListener: 'optional',
  localRateLimits: 'optional',
  namespace: 'optional',
  podLabels: 'optional',
};

/**
 * Envoy Gateway, by Gateway API routes and its own policies.
 *
 * The policies point at the HTTPRoute. Envoy Gateway does not merge them with policies of the same kind on the Gateway: for
 * this route they take the place of those.
 */
export class EnvoyGateway implements ControllerProfile {
  public static readonly CAPABILITIES: CapabilityTable = envoyGatewayCapabilities({});

  public readonly name = NAME;
  public readonly version: string;
  public readonly capabilities: CapabilityTable;
  public readonly certificates: readonly CertificateSource['kind'][] = ['gateway-listener'];
  private readonly gateway: GatewayListeners;

  public constructor(private readonly options: EnvoyGatewayOptions) {
    requireProps('IngressController.envoyGateway', options, ENVOY_GATEWAY_OPTIONS);
    const { gateway } = options;
    const what = 'IngressController.envoyGateway gateway';
    this.version = requireVersion(NAME, options.version ?? WRITTEN_FOR, MINIMUM_VERSION);
    this.gateway = {
      name: requireObjectName(`${what} name`, gateway.name),
      namespace: requireNamespaceName(`${what} namespace`, gateway.namespace),
      listener: requireObjectName(`${what} listener`, gateway.listener ?? 'https'),
      httpListener: requireObjectName(`${what} httpListener`, gateway.httpListener ?? 'http'),
    };
    this.capabilities = envoyGatewayCapabilities(options);
  }

  public peers(scope: Construct): INetworkPolicyPeer[] {
    return podPeers(scope, this.options, {
      namespace: 'envoy-gateway-system',
      labels: {
        'app.kubernetes.io/managed-by': 'envoy-gateway',
        'app.kubernetes.io/component': 'proxy',
        'gateway.envoyproxy.io/owning-gateway-name': this.gateway.name,
        'gateway.envoyproxy.io/owning-gateway-namespace': this.gateway.namespace,
      },
    });
  }

  public render(scope: Construct, spec: IngressSpec): void {
    const { requests, periodSeconds } = spec.rateLimit;
    requireWindowBurst(NAME, spec.rateLimit, {
      requests,
      description: periodSeconds === 1 ? 'a second' : 'a minute',
    });
    addServingRoute(scope, spec, this.gateway);
    addRedirectRoute(scope, spec, this.gateway);
    addTrafficPolicy(scope, spec, this.options.localRateLimits === true);
    addSecurityPolicy(scope, spec, NAME);
    if (this.options.ownsListener === true) {
      addListenerPolicy(scope, spec, this.gateway);
    }
  }
}
