import {
  GatewayImplementation,
  IngressAuthentication,
  IngressController,
  IngressFeature,
  IngressTls,
  Peer as NetworkPeer,
  RateLimit,
  type SecureIngressOptions,
} from 'cdk8s-nim';
import fc from 'fast-check';
import type { Party } from './world';

/** A controller as its own installation has it: where it connects from, how it matches paths, what it needs besides. */
interface ControllerChoice {
  readonly controller: () => IngressController;
  readonly connectsFrom: readonly Party[];
  readonly match: 'Exact' | 'PathPrefix';
  readonly options: Partial<SecureIngressOptions>;
}

const withoutBodyLimit: Partial<SecureIngressOptions> = {
  acceptUnenforced: [{ feature: IngressFeature.BODY_SIZE, reason: 'the NIM refuses larger batches itself' }],
};

const CONTROLLERS: Readonly<Record<string, ControllerChoice>> = {
  f5Nginx: {
    controller: () => IngressController.f5Nginx(),
    connectsFrom: [{ namespace: 'nginx-ingress', labels: { 'app.kubernetes.io/name': 'nginx-ingress' } }],
    match: 'Exact',
    options: {},
  },
  ingressNginx: {
    controller: () => IngressController.ingressNginx({ namespace: 'edge', podLabels: { app: 'edge', tier: 'proxy' } }),
    connectsFrom: [{ namespace: 'edge', labels: { app: 'edge', tier: 'proxy' } }],
    match: 'Exact',
    // From 120 requests a minute on, in steps that the controller can say.
    options: { rateLimit: RateLimit.perClient({ requestsPerSecond: 10, burst: 50 }) },
  },
  haProxy: {
    controller: () => IngressController.haProxy(),
    connectsFrom: [{ namespace: 'haproxy-controller', labels: { 'app.kubernetes.io/name': 'kubernetes-ingress' } }],
    match: 'Exact',
    options: withoutBodyLimit,
  },
  traefik: {
    controller: () => IngressController.traefik(),
    connectsFrom: [{ namespace: 'traefik', labels: { 'app.kubernetes.io/name': 'traefik' } }],
    match: 'Exact',
    options: {},
  },
  awsAlb: {
    controller: () =>
      IngressController.awsAlb({
        webAclArn:
          'arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/embeddings/01234567-89ab-cdef-0123-456789abcdef',
        loadBalancerSubnets: ['10.70.0.0/24', '10.70.1.0/24'],
      }),
    connectsFrom: [{ addresses: ['10.70.0.1', '10.70.1.255'] }],
    match: 'Exact',
    options: {
      ...withoutBodyLimit,
      rateLimit: RateLimit.perClient({ requestsPerSecond: 10, burst: 600 }),
      tls: IngressTls.fromAcmCertificate(
        'arn:aws:acm:eu-central-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef',
      ),
      authentication: IngressAuthentication.none('the gateway in front authenticates'),
    },
  },
  envoyGateway: {
    controller: () => IngressController.envoyGateway({ gateway: { name: 'public', namespace: 'gateways' } }),
    connectsFrom: [
      {
        namespace: 'envoy-gateway-system',
        labels: {
          'app.kubernetes.io/managed-by': 'envoy-gateway',
          'app.kubernetes.io/component': 'proxy',
          'gateway.envoyproxy.io/owning-gateway-name': 'public',
          'gateway.envoyproxy.io/owning-gateway-namespace': 'gateways',
        },
      },
    ],
    match: 'Exact',
    options: {
      rateLimit: RateLimit.perClient({ requestsPerSecond: 10, burst: 10 }),
      tls: IngressTls.fromGatewayListener(),
    },
  },
  gatewayApi: {
    controller: () =>
      IngressController.gatewayApi({
        implementation: GatewayImplementation.ISTIO,
        gateway: { name: 'public', namespace: 'gateways' },
        proxies: [NetworkPeer.pods({ labels: { gateway: 'public' }, namespace: 'gateways' })],
      }),
    connectsFrom: [{ namespace: 'gateways', labels: { gateway: 'public' } }],
    match: 'Exact',
    options: {
      acceptUnenforced: [
        IngressFeature.RATE_PER_SECOND,
        IngressFeature.RATE_BURST,
        IngressFeature.STATUS_429,
        IngressFeature.BODY_SIZE,
      ].map((feature) => ({ feature, reason: 'what stands before the Gateway does it' })),
      authentication: IngressAuthentication.none('what stands before the Gateway authenticates'),
      tls: IngressTls.fromGatewayListener(),
    },
  },
  openShiftRoute: {
    controller: () => IngressController.openShiftRoute(),
    connectsFrom: [
      {
        namespace: 'openshift-ingress',
        labels: { 'ingresscontroller.operator.openshift.io/deployment-ingresscontroller': 'default' },
      },
    ],
    match: 'PathPrefix',
    options: {
      acceptUnenforced: [IngressFeature.BODY_SIZE, IngressFeature.STATUS_429].map((feature) => ({
        feature,
        reason: 'the proxy behind the Route does it',
      })),
      rateLimit: RateLimit.perClient({ requestsPerSecond: 10, burst: 100 }),
      authentication: IngressAuthentication.none('the proxy behind the Route authenticates'),
    },
  },
};

/** The controllers that the random apps use, by the names of their factories. */
export const CONTROLLER_NAMES = Object.keys(CONTROLLERS);

/** A way in: through a controller where it is usually installed, or one that connects from given addresses. */
export const ingress = fc.record({
  controller: fc.constantFrom(...Object.values(CONTROLLERS)),
  onHostNetwork: fc.boolean(),
});
