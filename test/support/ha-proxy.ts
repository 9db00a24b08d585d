import type { Chart } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import {
  IngressAuthentication,
  IngressController,
  IngressFeature,
  IngressTls,
  RateLimit,
  RestrictedService,
  SecureIngress,
  type SecureIngressOptions,
  type UnenforcedFeature,
} from 'cdk8s-nim';
import { testChart } from './manifests';
import { nimDeployment } from './nims';

/** HAProxy cannot limit the size of bodies, so every ingress for it has to say so. */
export const WITHOUT_BODY_LIMIT: UnenforcedFeature = {
  feature: IngressFeature.BODY_SIZE,
  reason: 'only known programs call',
};

/** An ingress for HAProxy with the least possible props, and what the test adds. */
export function haProxyIngress(
  options: Partial<SecureIngressOptions> = {},
  chart: Chart = testChart(),
  name = 'text-embedding',
): SecureIngress {
  return new SecureIngress(chart, `${name}-ingress`, {
    name,
    service: serviceOf(chart),
    host: 'embeddings.example.com',
    controller: IngressController.haProxy(),
    tls: IngressTls.fromSecret(Secret.fromSecretName(chart, `${name}-certificate`, 'embeddings-tls')),
    rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 60 }),
    authentication: IngressAuthentication.none('the gateway in front authenticates'),
    acceptUnenforced: [WITHOUT_BODY_LIMIT],
    ...options,
  });
}

/** One service for all ingresses of a chart. */
function serviceOf(chart: Chart): RestrictedService {
  return (
    (chart.node.tryFindChild('service') as RestrictedService | undefined) ??
    new RestrictedService(chart, 'service', { pods: nimDeployment({}, chart), name: 'text-embedding' })
  );
}
