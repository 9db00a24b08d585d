import { Duration } from 'cdk8s';
import {
  Autoscaling,
  Gpu,
  KedaAuthentication,
  KedaAuthMode,
  type KedaAutoscalingOptions,
  ModelCache,
  type NimDeploymentProps,
  ScalingMetric,
} from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { at, find } from '../support/manifests';
import {
  ingressOptions,
  nimDeployment,
  renderNimDeployment,
  renderTextEmbeddingNim,
  taggedImage,
} from '../support/nims';
import { expectRefusal } from '../support/refusals';
import { rulesAgainst } from '../support/rules';

const PROMETHEUS = { serverAddress: 'http://prometheus.monitoring.svc:9090' };
const RATE = ScalingMetric.requestRate('traefik_service_requests_total', 20, {
  service: 'embeddings-text-embedding-http-api@kubernetes',
});
const PODS = 'text-embedding-[a-z0-9]+-[a-z0-9]{5}';

function scaled(
  options: Partial<KedaAutoscalingOptions> = {},
  props: Partial<NimDeploymentProps> = {},
): Partial<NimDeploymentProps> {
  return {
    autoscaling: Autoscaling.keda({ maxReplicas: 5, metrics: [RATE], prometheus: PROMETHEUS, ...options }),
    modelCache: ModelCache.ephemeral(),
    ...props,
  };
}

function spec(options: Partial<KedaAutoscalingOptions> = {}, props: Partial<NimDeploymentProps> = {}): unknown {
  return find(renderNimDeployment(scaled(options, props)), 'ScaledObject')['spec'];
}

describe('a NIM that KEDA scales', () => {
  it('has a ScaledObject of its Deployment, and no number of replicas', () => {
    const objects = renderNimDeployment(scaled());
    expect(find(objects, 'ScaledObject')).toMatchObject({
      apiVersion: 'keda.sh/v1alpha1',
      metadata: { name: 'text-embedding', labels: { 'app.kubernetes.io/instance': 'text-embedding' } },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'text-embedding' },
        minReplicaCount: 1,
        maxReplicaCount: 5,
      },
    });
    expect(at(find(objects, 'Deployment'), 'spec')).not.toHaveProperty('replicas');
    expect(objects.map(({ kind }) => kind)).not.toContain('HorizontalPodAutoscaler');
  });

  it('passes the rules, also when it may have no pod', () => {
    const { autoscaling, modelCache } = scaled({ minReplicas: 0 });
    const objects = renderTextEmbeddingNim((chart) => ({
      ...(autoscaling === undefined || modelCache === undefined ? {} : { autoscaling, modelCache }),
      ingress: ingressOptions(chart),
    }));
    expect(rulesAgainst(objects)).toEqual([]);
  });

  it('spreads its pods, and keeps a budget', () => {
    const objects = renderNimDeployment(scaled());
    expect(at(find(objects, 'Deployment'), 'spec.template.spec.topologySpreadConstraints')).toHaveLength(2);
    expect(at(find(objects, 'PodDisruptionBudget'), 'spec.maxUnavailable')).toBe(1);
  });

  it('may keep its one pod on a volume that one node can mount', () => {
    expect(() =>
      nimDeployment(scaled({ minReplicas: 0, maxReplicas: 1 }, { modelCache: ModelCache.claim() })),
    ).not.toThrow();
  });

  it('has the ScaledObject as a member', () => {
    expect(nimDeployment(scaled()).autoscaler?.kind).toBe('ScaledObject');
  });
});

describe('KEDA', () => {
  it('asks for the rate of a counter', () => {
    expect(at(spec(), 'triggers')).toEqual([
      {
        type: 'prometheus',
        metricType: 'AverageValue',
        metadata: {
          serverAddress: 'http://prometheus.monitoring.svc:9090',
          query:
            'sum(rate(traefik_service_requests_total{service="embeddings-text-embedding-http-api@kubernetes"}[2m]))',
          threshold: '20',
        },
      },
    ]);
  });

  it.each([
    ['a counter without labels', ScalingMetric.requestRate('requests_total', 5), {}, 'sum(rate(requests_total[2m]))'],
    [
      'how busy the GPUs are',
      ScalingMetric.gpuUtilization(70),
      {},
      `sum(DCGM_FI_DEV_GPU_UTIL{exported_namespace="embeddings",exported_pod=~"${PODS}"})`,
    ],
    [
      'how busy they are, by other labels',
      ScalingMetric.gpuUtilization(70),
      { gpuPodLabel: 'pod', gpuNamespaceLabel: 'namespace' },
      `sum(DCGM_FI_DEV_GPU_UTIL{namespace="embeddings",pod=~"${PODS}"})`,
    ],
  ])('asks for %s', (_, metric, labels, query) => {
    const options = { metrics: [metric], prometheus: { ...PROMETHEUS, ...labels } };
    expect(at(spec(options), 'triggers.0.metadata.query')).toBe(query);
  });

  it('asks for the requests that wait in Triton', () => {
    const metrics = [ScalingMetric.tritonPendingRequests(5)];
    const props = { image: taggedImage('1.13.1'), tritonMetrics: true };
    expect(at(spec({ metrics }, props), 'triggers.0.metadata.query')).toBe(
      `sum(nv_inference_pending_request_count{namespace="embeddings",pod=~"${PODS}"})`,
    );
  });

  it.each([
    ['namespaced', 'TriggerAuthentication'],
    ['cluster', 'ClusterTriggerAuthentication'],
  ] as const)('shows itself by a reference: %s', (factory, kind) => {
    const authentication = KedaAuthentication[factory]('metrics', [KedaAuthMode.BASIC, KedaAuthMode.TLS]);
    const [trigger] = at(spec({ prometheus: { ...PROMETHEUS, authentication } }), 'triggers') as [object];
    expect(trigger).toMatchObject({
      authenticationRef: { kind, name: 'metrics' },
      metadata: { authModes: 'basic,tls' },
    });
  });

  it('takes a pod away after the time that one needs to start, and one each minute', () => {
    expect(spec({}, { startupTimeout: Duration.minutes(20) })).toMatchObject({
      advanced: {
        horizontalPodAutoscalerConfig: {
          behavior: {
            scaleDown: { stabilizationWindowSeconds: 1200, policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] },
          },
        },
      },
    });
  });

  it.each([
    [0, 600],
    [1, undefined],
  ])('waits as long before the last pod goes, where it may: %i', (minReplicas, seconds) => {
    const options = { minReplicas, scaleDownStabilization: Duration.minutes(10) };
    expect(at(spec(options), 'cooldownPeriod')).toBe(seconds);
    expect(at(spec(options), 'minReplicaCount')).toBe(minReplicas);
  });
});

describe('KEDA is refused', () => {
  it('with zero pods and metrics that only pods have', () => {
    expectRefusal(() => nimDeployment(scaled({ minReplicas: 0, metrics: [ScalingMetric.gpuUtilization(70)] })), {
      what: 'Autoscaling.keda minReplicas',
      value: '0',
      because: 'without pods their metrics are away too, and nothing would start the first one again',
      instead: 'add ScalingMetric.requestRate(…) of the ingress controller, or write minReplicas: 1',
    });
  });

  it('with a cache that one node can mount', () => {
    expectRefusal(() => nimDeployment(scaled({}, { modelCache: ModelCache.claim() })), {
      what: 'NimDeployment autoscaling maxReplicas',
      value: '5',
      because: 'which only one node can mount',
      instead: 'READ_WRITE_MANY',
    });
  });

  it('with metrics that the NIM does not have, as every autoscaler', () => {
    const metrics = [ScalingMetric.tritonPendingRequests(5)];
    expectRefusal(() => nimDeployment(scaled({ metrics }, { image: taggedImage('2.2.0') })), {
      what: 'NimDeployment autoscaling metric',
      value: '"ScalingMetric.tritonPendingRequests"',
      because: 'NVIDIA publishes no names of their metrics',
      instead: 'write ScalingMetric.gpuUtilization(…) or ScalingMetric.requestRate(…)',
    });
    expectRefusal(
      () => nimDeployment(scaled({ metrics: [ScalingMetric.gpuUtilization(70)] }, { gpu: Gpu.mig('1g.10gb') })),
      {
        what: 'NimDeployment autoscaling metric',
        value: '"ScalingMetric.gpuUtilization"',
        because: 'the driver counts it for whole GPUs only',
        instead: 'write ScalingMetric.requestRate(…), or gpu: Gpu.whole()',
      },
    );
  });

  it.each([
    ['prometheus.monitoring.svc:9090', '"prometheus.monitoring.svc:9090"'],
    ['http://user:pass@prometheus:9090', '"(hidden)"'],
    ['http://prometheus:9090/api?query=1', '"http://prometheus:9090/api?query=1"'],
  ])('with the address %s', (serverAddress, value) => {
    expectRefusal(() => scaled({ prometheus: { serverAddress } }), {
      what: 'Autoscaling.keda prometheus serverAddress',
      value,
      because: 'it is scheme, host, port and path, and holds no credentials',
      instead: 'write for example "http://prometheus.monitoring.svc:9090"',
    });
  });

  it.each(['gpuPodLabel', 'gpuNamespaceLabel'])('with a %s that Prometheus does not have', (label) => {
    expectRefusal(() => scaled({ prometheus: { ...PROMETHEUS, [label]: 'a-b' } }), {
      what: `Autoscaling.keda prometheus ${label}`,
      value: '"a-b"',
      because: 'names of Prometheus have letters, digits and "_"',
      instead: 'write the name as a query has it',
    });
  });

  it.each([
    ['metricName', ScalingMetric.requestRate('requests-per-second', 20), '"requests-per-second"'],
    [
      'labels',
      ScalingMetric.requestRate('requests_total', 20, { 'app.kubernetes.io/name': 'a' }),
      '"app.kubernetes.io/name"',
    ],
    ['labels', ScalingMetric.requestRate('requests_total', 20, { 'job:name': 'a' }), '"job:name"'],
  ])('with a %s that is no name of Prometheus', (what, metric, value) => {
    expectRefusal(() => spec({ metrics: [metric] }), {
      what: `ScalingMetric.requestRate ${what}`,
      value,
      because: 'names of Prometheus have letters, digits and "_"',
      instead: 'write the name as a query has it',
    });
  });

  it('with an authentication that shows nothing', () => {
    expectRefusal(() => KedaAuthentication.namespaced('metrics', []), {
      what: 'KedaAuthentication.namespaced modes',
      value: '[]',
      because: 'KEDA reads of it only what a mode asks for',
      instead: 'write for example [KedaAuthMode.BEARER]',
    });
  });

  it('with fewer pods at most than at least', () => {
    expectRefusal(() => scaled({ minReplicas: 2, maxReplicas: 2 }), {
      what: 'Autoscaling.keda maxReplicas',
      value: '2',
      because: 'it has to be more than minReplicas, 2',
      instead: 'write 3 or more, or replicas: 2 without autoscaling',
    });
  });
});
