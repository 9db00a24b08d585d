import type { INetworkPolicyPeer } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { requireProps } from '../../../common/props';
import { type ControllerProfile, requireVersion } from '../../controller-profile';
import { CapabilityLevel, type CapabilityTable } from '../../features';
import type { IngressSpec } from '../../spec';
import type { CertificateSource } from '../../tls';
import { listenersOf } from '../gateway-options';
import { addRedirectRoute, addServingRoute, type GatewayListeners } from '../gateway-routes';
import { gatewayApiCapabilities } from './capabilities';
import { IMPLEMENTATIONS } from './implementations';
import { GATEWAY_API_METRICS } from './metrics';
import { GATEWAY_API_OPTIONS, type GatewayApiOptions } from './options';

/** HTTPRoutes and nothing that one project owns. */
export class GatewayApi implements ControllerProfile {
  public readonly name: string;
  public readonly version: string;
  public readonly capabilities: CapabilityTable;
  public readonly certificates: readonly CertificateSource['kind'][] = ['gateway-listener'];
  public readonly metrics = GATEWAY_API_METRICS;
  private readonly gateway: GatewayListeners;

  public constructor(private readonly options: GatewayApiOptions) {
    const { implementation, gateway, version } = requireProps(
      'IngressController.gatewayApi',
      options,
      GATEWAY_API_OPTIONS,
    );
    const read = IMPLEMENTATIONS[implementation].version;
    this.name = implementation;
    this.version = requireVersion(implementation, version ?? read, read);
    this.gateway = listenersOf('IngressController.gatewayApi gateway', gateway);
    this.capabilities = gatewayApiCapabilities(implementation);
  }

  public peers(): INetworkPolicyPeer[] {
    return [...this.options.proxies];
  }

  public render(scope: Construct, spec: IngressSpec): void {
    const has = (feature: 'methods' | 'timeouts' | 'https-redirect'): boolean =>
      this.capabilities[feature].level !== CapabilityLevel.UNSUPPORTED;
    addServingRoute(scope, spec, this.gateway, { hasMethods: has('methods'), hasTimeouts: has('timeouts') });
    if (has('https-redirect')) {
      // 308 is no part of the core of Gateway API.
      addRedirectRoute(scope, spec, this.gateway, 301);
    }
  }
}
