import { Secret } from 'cdk8s-plus-28';
import {
  IngressAuthentication,
  IngressController,
  IngressFeature,
  IngressTls,
  RateLimit,
  type SecureIngressOptions,
  type UnenforcedFeature,
} from 'cdk8s-nim';
import { find, type Manifest, testChart } from './manifests';
import { renderSecureIngress } from './secure-ingress';

/** What every ingress through a Route has to accept. */
export const WITHOUT_BODY_LIMIT: UnenforcedFeature = { feature: IngressFeature.BODY_SIZE, reason: 'the test' };
export const WITHOUT_429: UnenforcedFeature = { feature: IngressFeature.STATUS_429, reason: 'the test' };

/** The least possible options of an ingress through a Route, and what the test adds. */
export function routeOptions(options: Partial<SecureIngressOptions> = {}): SecureIngressOptions {
  return {
    host: 'embeddings.example.com',
    controller: IngressController.openShiftRoute(),
    tls: IngressTls.fromSecret(Secret.fromSecretName(testChart(), 'certificate', 'embeddings-tls')),
    rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 200 }),
    authentication: IngressAuthentication.none('the test'),
    acceptUnenforced: [WITHOUT_BODY_LIMIT, WITHOUT_429],
    ...options,
  };
}

export function routeObjects(options: Partial<SecureIngressOptions> = {}): Manifest[] {
  return renderSecureIngress(routeOptions(options));
}

export function embeddingsRoute(options: Partial<SecureIngressOptions> = {}): Manifest {
  return find(routeObjects(options), 'Route', 'text-embedding-v1-embeddings');
}
