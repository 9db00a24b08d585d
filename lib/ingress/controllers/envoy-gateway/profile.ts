import type { INetworkPolicyPeer } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { together } from '../../../common/invalid';
import { requireProps } from '../../../common/props';
import { type ControllerProfile, podPeers, requireVersion } from '../../controller-profile';
import type { CapabilityTable } from '../../features';
import { rateUnit } from '../../rate-limit';
import type { IngressSpec } from '../../spec';
import type { CertificateSource } from '../../tls';
import { addBackendTlsPolicy } from './backend-tls-policy';
import { envoyGatewayCapabilities } from './capabilities';
import { addListenerPolicy, addTrafficPolicy } from './traffic-policies';
import { addSecurityPolicy } from './security-policy';
import { listenersOf } from '../gateway-options';
import { addRedirectRoute, addServingRoute, type GatewayListeners } from '../gateway-routes';
import { requireWindowBurst } from '../window-burst';
import { ENVOY_GATEWAY_OPTIONS, type EnvoyGatewayOptions } from './options';
import { ENVOY_GATEWAY_METRICS } from './metrics';
import { NAME } from './product';

/** `extAuth.http.pathOverride` exists from 1.8.0. */
const MINIMUM_VERSION = '1.8.0';
const WRITTEN_FOR = '1.9.0';

/**
 * Envoy Gateway, by Gateway API routes and its own policies.
 *
 * The policies point at the HTTPRoute. Envoy Gateway does not merge them with policies of the same kind on the Gateway: for
 * this route they take the place of those.
 */
export class EnvoyGateway implements ControllerProfile {
  public readonly name = NAME;
  public readonly version: string;
  public readonly capabilities: CapabilityTable;
  public readonly certificates: readonly CertificateSource['kind'][] = ['gateway-listener'];
  public readonly metrics = ENVOY_GATEWAY_METRICS;
  public readonly oauth2ProxyFlags = ['--upstream=static://200', "--api-route='^/'"];
  private readonly gateway: GatewayListeners;

  public constructor(private readonly options: EnvoyGatewayOptions) {
    requireProps('IngressController.envoyGateway', options, ENVOY_GATEWAY_OPTIONS);
    const { gateway } = options;
    this.version = requireVersion(NAME, options.version ?? WRITTEN_FOR, MINIMUM_VERSION);
    this.gateway = listenersOf('IngressController.envoyGateway gateway', gateway);
    this.capabilities = envoyGatewayCapabilities({ ...options, version: this.version });
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
    const { requests } = spec.rateLimit;
    together({
      burst: () => {
        requireWindowBurst(NAME, spec.rateLimit, { requests, description: `a ${rateUnit(spec.rateLimit)}` });
      },
      serving: () =>
        addServingRoute(scope, { ...spec, responseHeaders: literally(spec.responseHeaders) }, this.gateway),
      redirect: () => addRedirectRoute(scope, spec, this.gateway),
      traffic: () => addTrafficPolicy(scope, spec, this.options.localRateLimits === true),
      security: () => addSecurityPolicy(scope, spec, NAME),
    });
    addBackendTlsPolicy(scope, spec);
    if (this.options.ownsListener === true) {
      addListenerPolicy(scope, spec, this.gateway);
    }
  }
}

/** Envoy reads the values of headers as patterns, in which "%%" is a "%". It refuses all routes of a listener with one that it cannot read. */
function literally(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replaceAll('%', '%%')]));
}
