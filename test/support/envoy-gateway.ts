import {
  type EnvoyGatewayOptions,
  IngressAuthentication,
  IngressController,
  IngressTls,
  RateLimit,
  type SecureIngressOptions,
} from 'cdk8s-nim';
import { find, type Manifest } from './manifests';
import { renderSecureIngress } from './secure-ingress';

export const GATEWAY = { name: 'public', namespace: 'gateways' };

/** A listener of the Gateway, as routes name it. */
export function listener(sectionName: string): Record<string, string> {
  return { group: 'gateway.networking.k8s.io', kind: 'Gateway', ...GATEWAY, sectionName };
}

/** What the policies of the ingress point at. */
export const TARGET_ROUTE = { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'text-embedding' };

export function envoyGateway(options: Partial<EnvoyGatewayOptions> = {}): IngressController {
  return IngressController.envoyGateway({ gateway: GATEWAY, ...options });
}

/** The least possible options of an ingress through Envoy Gateway, and what the test adds. */
export function envoyOptions(options: Partial<SecureIngressOptions> = {}): SecureIngressOptions {
  return {
    host: 'embeddings.example.com',
    controller: envoyGateway(),
    tls: IngressTls.fromGatewayListener(),
    rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 20 }),
    authentication: IngressAuthentication.none('the test'),
    ...options,
  };
}

export function envoyObjects(options: Partial<SecureIngressOptions> = {}): Manifest[] {
  return renderSecureIngress(envoyOptions(options));
}

export function envoySpec(kind: string, options: Partial<SecureIngressOptions> = {}, name?: string): unknown {
  return find(envoyObjects(options), kind, name)['spec'];
}
