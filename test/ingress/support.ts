import type { Chart } from 'cdk8s';
import { LabelSelector, type PodSelectorConfig, Secret } from 'cdk8s-plus-28';
import {
  CapabilityLevel,
  type HttpApi,
  type IApiPods,
  IngressAuthentication,
  type IngressController,
  IngressFeature,
  IngressTls,
  type InternalTls,
  RateLimit,
  RestrictedService,
  SecureIngress,
  type SecureIngressProps,
  type UnenforcedFeature,
} from 'cdk8s-nim';
import { Construct } from 'constructs';
import { expect, it } from 'vitest';
import { INTERNAL_TLS } from '../support/internal-tls';
import { find, type Manifest, render, testChart } from '../support/manifests';
import { type Given, given } from '../support/nims';

export const HOST = 'embeddings.example.com';
export const LABELS = { 'app.kubernetes.io/name': 'embeddings' };

/** An API of which nothing but its paths is known. */
const API: HttpApi = {
  paths: ['/v1/embeddings', '/v1/models'],
  internalPaths: ['/v1/metrics'],
  readinessPath: '/v1/health/ready',
};

/** Pods with an API: no NIM, because the way in knows none. */
class ApiPods extends Construct implements IApiPods {
  public readonly selectorLabels = LABELS;
  public readonly labels = LABELS;
  public readonly port = 8000;
  public readonly portName = 'http';

  public constructor(
    scope: Construct,
    id: string,
    public readonly api: HttpApi,
  ) {
    super(scope, id);
  }

  public toPodSelectorConfig(): PodSelectorConfig {
    return { labelSelector: LabelSelector.of({ labels: LABELS }) };
  }
}

/** A service named "embeddings" on port 8000. */
export function apiService(chart: Chart, api: Partial<HttpApi> = {}, id = 'embeddings'): RestrictedService {
  return new RestrictedService(chart, id, { pods: new ApiPods(chart, `${id}-pods`, { ...API, ...api }) });
}

/** A service that speaks TLS, in place of the usual one. */
export function overTls(tls: InternalTls = INTERNAL_TLS): (chart: Chart) => Partial<SecureIngressProps> {
  return (chart) => ({ name: 'embeddings', service: apiService(chart, { tls }, 'encrypted') });
}

/** Everything that a SecureIngress needs but the controller. */
export function minimalProps(chart: Chart, api: Partial<HttpApi> = {}): Omit<SecureIngressProps, 'controller'> {
  return {
    service: apiService(chart, api),
    host: HOST,
    tls: IngressTls.fromSecret(Secret.fromSecretName(chart, 'certificate', 'embeddings-tls')),
    rateLimit: RateLimit.perClient({ requestsPerSecond: 10, burst: 20 }),
    authentication: IngressAuthentication.none('the gateway in front authenticates'),
  };
}

/** A way in through a controller, with the least possible props and what the test adds. */
export function secureIngress(
  controller: IngressController,
  props: Given<SecureIngressProps> = {},
  chart = testChart(),
): SecureIngress {
  return new SecureIngress(chart, 'ingress', { ...minimalProps(chart), controller, ...given(props, chart) });
}

/** All objects around a way in, the Service and its NetworkPolicy among them. */
export function renderIngress(controller: IngressController, props: Given<SecureIngressProps> = {}): Manifest[] {
  const chart = testChart();
  secureIngress(controller, props, chart);
  return render(chart);
}

/** What the controller's file rendered. */
export function controllerObjects(controller: IngressController, props: Given<SecureIngressProps> = {}): Manifest[] {
  return renderIngress(controller, props).filter(({ kind }) => kind !== 'Service' && kind !== 'NetworkPolicy');
}

/** The network policy of a service that a controller is let through. */
export function networkPolicyFor(controller: IngressController): Manifest {
  const chart = testChart();
  new RestrictedService(chart, 'embeddings', {
    pods: new ApiPods(chart, 'pods', API),
    ingressControllers: controller.bind(chart),
  });
  return find(render(chart), 'NetworkPolicy');
}

export function annotationsOf(objects: readonly Manifest[], kind: string, name?: string): Record<string, string> {
  return find(objects, kind, name).metadata.annotations ?? {};
}

export function exception(feature: IngressFeature): UnenforcedFeature {
  return { feature, reason: 'accepted by the platform team' };
}

/** What one feature of a controller looks like in the rendered objects. */
export interface Evidence {
  readonly feature: IngressFeature;
  /** The props that ask for it; left out for what every ingress has. */
  readonly asked?: Given<SecureIngressProps>;
  /** Where it is seen. */
  readonly seen: (objects: Manifest[]) => unknown;
  /** What is there. */
  readonly is: unknown;
  /** What is there when it is not asked for. */
  readonly otherwise?: unknown;
}

/** Tests that every feature which a controller claims to do is seen in the rendered objects, and only when asked for. */
export function itShowsItsFeatures(
  controller: IngressController,
  evidence: readonly Evidence[],
  base: Given<SecureIngressProps> = {},
): void {
  const objects = (asked: Given<SecureIngressProps> = {}): Manifest[] =>
    renderIngress(controller, (chart) => ({ ...given(base, chart), ...given(asked, chart) }));

  it.each(evidence.filter(({ asked }) => asked === undefined))('always renders $feature', ({ seen, is }) => {
    expect(seen(objects())).toEqual(is);
  });

  it.each(evidence.filter(({ asked }) => asked !== undefined))('renders $feature when asked', (row) => {
    expect(row.seen(objects(row.asked))).toEqual(row.is);
    expect(row.seen(objects())).toEqual(row.otherwise);
    expect(row.is).not.toEqual(row.otherwise);
  });

  it('claims no feature that is not seen in the objects', () => {
    const rendered = [CapabilityLevel.ENFORCED, CapabilityLevel.APPROXIMATE];
    const { capabilities } = controller._profile;
    const claimed = Object.values(IngressFeature).filter((feature) => rendered.includes(capabilities[feature].level));
    expect(evidence.map(({ feature }) => feature).sort()).toEqual(claimed.sort());
  });
}
