import { type Capability, IngressFeature, prerequisite, unsupported } from '../../features';

/**
 * Who implements Gateway API in the cluster. It has to be named, because each implementation has some parts of Gateway API and not others.
 *
 * @example
 * const istio = nim.IngressController.gatewayApi({
 *   implementation: nim.GatewayImplementation.ISTIO,
 *   gateway: { name: 'public', namespace: 'gateways' },
 *   proxies: [
 *     nim.Peer.pods({ labels: { 'gateway.networking.k8s.io/gateway-name': 'public' }, namespace: 'gateways' }),
 *   ],
 * });
 */
export enum GatewayImplementation {
  /** Istio, 1.28 or newer. */
  ISTIO = 'Istio',
  /** NGINX Gateway Fabric, 2.3 or newer. It ignores `timeouts` of a route. */
  NGINX_GATEWAY_FABRIC = 'NGINX Gateway Fabric',
  /** Cilium, 1.19 or newer. */
  CILIUM = 'Cilium',
  /** The Gateway controller of GKE, 1.34.4 or newer, for external Gateways. It ignores methods and `timeouts` of a route. */
  GKE = 'GKE Gateway',
  /** Kong Ingress Controller, 3.4 or newer. It ignores `timeouts` and redirects of a route. */
  KONG = 'Kong Ingress Controller',
}

/** What is known of an implementation. */
export interface ImplementationFacts {
  /** The version whose conformance report was read: kubernetes-sigs/gateway-api, `conformance/reports`. */
  readonly version: string;
  /** The extended features of HTTPRoute that the report has, of those that are used here. Exact paths are core. */
  readonly extended: readonly ('method' | 'timeout' | 'redirect')[];
  /** Where the lowest version of TLS is set; Gateway API has no field for it. */
  readonly tls: Pick<Record<IngressFeature, Capability>, IngressFeature.TLS_1_2 | IngressFeature.TLS_1_3>;
  /** What it has for limits. */
  readonly rateLimit: string;
  /** What it has to ask who a client is. */
  readonly authentication: string;
}

const LISTENER = 'the listener of the Gateway, by an option of the implementation: Gateway API has no field for it';

export const IMPLEMENTATIONS: Readonly<Record<GatewayImplementation, ImplementationFacts>> = {
  // v1.4.0/istio-istio/1.28.0; istio.io, Enabling Rate Limits using Envoy; Gateway API and AuthorizationPolicy targetRefs.
  [GatewayImplementation.ISTIO]: {
    version: '1.28.0',
    extended: ['method', 'timeout', 'redirect'],
    tls: {
      [IngressFeature.TLS_1_2]: prerequisite(
        'the default of the proxies of Istio, TLS 1.2, which no field of Gateway API changes',
      ),
      [IngressFeature.TLS_1_3]: unsupported('Istio has no option for it on a listener of Gateway API'),
    },
    rateLimit: 'Istio has it in EnvoyFilters only, which are configuration of Envoy and no API',
    authentication:
      'Istio has it in RequestAuthentication and AuthorizationPolicy on the Gateway, for every route of it: they belong to the platform team',
  },
  // v1.4.0/nginx-nginx-gateway-fabric/experimental-2.3.0; docs.nginx.com/nginx-gateway-fabric, Rate Limit Policy API, API reference.
  [GatewayImplementation.NGINX_GATEWAY_FABRIC]: {
    version: '2.3.0',
    extended: ['method', 'redirect'],
    tls: { [IngressFeature.TLS_1_2]: prerequisite(LISTENER), [IngressFeature.TLS_1_3]: prerequisite(LISTENER) },
    rateLimit:
      'NGINX Gateway Fabric has RateLimitPolicy from 2.6 on, in an API of the version v1alpha1, which is not rendered here',
    authentication:
      'NGINX Gateway Fabric has AuthenticationFilter, in an API of the version v1alpha1, which is not rendered here',
  },
  // v1.4.0/cilium/experimental-v1.19.0-pre.2; the documentation of Cilium knows no limit and no login at a Gateway.
  [GatewayImplementation.CILIUM]: {
    version: '1.19.0',
    extended: ['method', 'timeout', 'redirect'],
    tls: {
      [IngressFeature.TLS_1_2]: prerequisite(
        'the default of the Envoy of Cilium, TLS 1.2, for which there is no option',
      ),
      [IngressFeature.TLS_1_3]: unsupported('Cilium has no option for it'),
    },
    rateLimit: 'Cilium has none at a Gateway',
    authentication: 'Cilium has none at a Gateway',
  },
  // v1.4.0/gke-gateway/standard-1.34.4-rxlb; cloud.google.com, Configure Gateway resources using Policies.
  [GatewayImplementation.GKE]: {
    version: '1.34.4',
    extended: ['redirect'],
    tls: {
      [IngressFeature.TLS_1_2]: prerequisite('GCPGatewayPolicy default.sslPolicy, the name of a policy with TLS 1.2'),
      [IngressFeature.TLS_1_3]: prerequisite('GCPGatewayPolicy default.sslPolicy, the name of a policy with TLS 1.3'),
    },
    rateLimit: 'GKE has it in Cloud Armor: a policy made outside of Kubernetes, which a GCPBackendPolicy names',
    authentication:
      'GKE has it in Identity-Aware Proxy: a client made outside of Kubernetes, which a GCPBackendPolicy names',
  },
  // v1.2.1/kong-kubernetes-ingress-controller/experimental-v3.4.0; developer.konghq.com, Rate Limiting, Annotation reference.
  [GatewayImplementation.KONG]: {
    version: '3.4.0',
    extended: ['method'],
    tls: { [IngressFeature.TLS_1_2]: prerequisite(LISTENER), [IngressFeature.TLS_1_3]: prerequisite(LISTENER) },
    rateLimit: 'Kong has it in KongPlugins, which the annotation konghq.com/plugins names; they are not rendered here',
    authentication:
      'Kong has it in KongPlugins and KongConsumers, which the annotation konghq.com/plugins names; they are not rendered here',
  },
};
