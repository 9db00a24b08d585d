import { Duration } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-28';
import { describe, expect, it } from 'vitest';
import {
  Autoscaling,
  type AutoscalingOptions,
  Gpu,
  ModelCache,
  type NimDeploymentProps,
  ScalingMetric,
} from 'cdk8s-nim';
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

const GPU_BUSY = ScalingMetric.gpuUtilization(70);
const TRITON = taggedImage('1.13.1');
const NATIVE = taggedImage('2.2.0');

function scaled(
  options: Partial<AutoscalingOptions> = {},
  props: Partial<NimDeploymentProps> = {},
): Partial<NimDeploymentProps> {
  return {
    autoscaling: Autoscaling.horizontal({ minReplicas: 2, maxReplicas: 5, metrics: [GPU_BUSY], ...options }),
    modelCache: ModelCache.ephemeral(),
    ...props,
  };
}

function autoscalerOf(options: Partial<AutoscalingOptions>, props: Partial<NimDeploymentProps> = {}): unknown {
  return find(renderNimDeployment(scaled(options, props)), 'HorizontalPodAutoscaler');
}

describe('a NIM with an autoscaler', () => {
  it('renders a HorizontalPodAutoscaler of its Deployment, and no number of replicas', () => {
    const objects = renderNimDeployment(scaled());
    expect(find(objects, 'HorizontalPodAutoscaler')).toMatchObject({
      apiVersion: 'autoscaling/v2',
      metadata: { name: 'text-embedding', labels: { 'app.kubernetes.io/instance': 'text-embedding' } },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'text-embedding' },
        minReplicas: 2,
        maxReplicas: 5,
      },
    });
    expect(at(find(objects, 'Deployment'), 'spec')).not.toHaveProperty('replicas');
  });

  it('spreads its pods, and keeps the budget of one that is away', () => {
    const objects = renderNimDeployment(scaled());
    expect(at(find(objects, 'Deployment'), 'spec.template.spec.topologySpreadConstraints')).toHaveLength(2);
    expect(at(find(objects, 'PodDisruptionBudget'), 'spec.maxUnavailable')).toBe(1);
  });

  it('has it as a member, which is not there without one', () => {
    expect(nimDeployment(scaled()).autoscaler?.kind).toBe('HorizontalPodAutoscaler');
    expect(nimDeployment().autoscaler).toBeUndefined();
  });

  it('is had through the front door, too, and passes the rules', () => {
    const autoscaling = Autoscaling.horizontal({ maxReplicas: 5, metrics: [GPU_BUSY] });
    const objects = renderTextEmbeddingNim((chart) => ({
      autoscaling,
      modelCache: ModelCache.ephemeral(),
      ingress: ingressOptions(chart),
    }));
    expect(find(objects, 'HorizontalPodAutoscaler').metadata.name).toBe('text-embedding');
    expect(rulesAgainst(objects)).toEqual([]);
  });
});

describe('an autoscaler', () => {
  it('takes a pod away after the time that one needs to start, and one each minute', () => {
    expect(at(autoscalerOf({}, { startupTimeout: Duration.minutes(20) }), 'spec.behavior')).toEqual({
      scaleDown: { stabilizationWindowSeconds: 1200, policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] },
    });
  });

  it.each([
    ['as it is told', { scaleDownStabilization: Duration.minutes(10) }, 600],
    ['at most an hour, which the API server takes', {}, 3600],
  ])('waits %s', (_, options, seconds) => {
    const behavior = at(autoscalerOf(options, { startupTimeout: Duration.hours(2) }), 'spec.behavior.scaleDown');
    expect(behavior).toMatchObject({ stabilizationWindowSeconds: seconds });
  });

  it('has one pod at least where nothing else is said', () => {
    const autoscaling = Autoscaling.horizontal({ maxReplicas: 2, metrics: [GPU_BUSY] });
    expect(at(autoscalerOf({}, { autoscaling }), 'spec.minReplicas')).toBe(1);
  });

  it('reads how busy the GPU of each pod is', () => {
    expect(at(autoscalerOf({}), 'spec.metrics')).toEqual([
      {
        type: 'Pods',
        pods: { metric: { name: 'DCGM_FI_DEV_GPU_UTIL' }, target: { type: 'AverageValue', averageValue: '70' } },
      },
    ]);
  });

  it('reads the requests that wait in Triton', () => {
    const metrics = [ScalingMetric.tritonPendingRequests(5)];
    expect(at(autoscalerOf({ metrics }, { image: TRITON, tritonMetrics: true }), 'spec.metrics')).toEqual([
      {
        type: 'Pods',
        pods: {
          metric: { name: 'nv_inference_pending_request_count' },
          target: { type: 'AverageValue', averageValue: '5' },
        },
      },
    ]);
  });

  it.each([
    ['all of its series', undefined, {}],
    ['some of its series', { host: 'b', app: 'a' }, { selector: { matchLabels: { app: 'a', host: 'b' } } }],
  ])('reads the rate of an external metric, %s', (_, labels, selector) => {
    const metrics = [GPU_BUSY, ScalingMetric.requestRate('requests_per_second', 20, labels)];
    expect(at(autoscalerOf({ metrics }, { image: NATIVE }), 'spec.metrics')).toMatchObject([
      { type: 'Pods' },
      {
        type: 'External',
        external: {
          metric: { name: 'requests_per_second', ...selector },
          target: { type: 'AverageValue', averageValue: '20' },
        },
      },
    ]);
  });
});

describe('an autoscaler is refused', () => {
  it('beside a number of replicas', () => {
    expectRefusal(() => nimDeployment(scaled({}, { replicas: 2 })), {
      what: 'NimDeployment replicas',
      value: '2',
      because: 'the autoscaler decides',
      instead: 'minReplicas',
    });
  });

  it('with a cache that only one node can mount', () => {
    expectRefusal(() => nimDeployment(scaled({}, { modelCache: ModelCache.claim() })), {
      what: 'NimDeployment autoscaling maxReplicas',
      value: '5',
      because: 'ReadWriteOnce, which only one node can mount',
      instead: 'READ_WRITE_MANY',
    });
    const accessMode = PersistentVolumeAccessMode.READ_WRITE_MANY;
    nimDeployment(scaled({}, { modelCache: ModelCache.claim({ accessMode }) }));
  });

  it.each([1, 2])('with nothing to decide: at least 2 and at most %d pods', (maxReplicas) => {
    expectRefusal(() => Autoscaling.horizontal({ minReplicas: 2, maxReplicas, metrics: [GPU_BUSY] }), {
      what: 'Autoscaling.horizontal maxReplicas',
      value: `${maxReplicas}`,
      because: 'more than minReplicas, 2',
      instead: '3 or more, or replicas: 2',
    });
  });

  it('without a metric', () => {
    expectRefusal(() => Autoscaling.horizontal({ maxReplicas: 2, metrics: [] }), {
      what: 'Autoscaling.horizontal metrics',
      value: '[]',
      because: 'without one Kubernetes scales by CPU',
      instead: 'ScalingMetric.gpuUtilization(70)',
    });
  });

  it('with a longer look back than the API server takes', () => {
    expectRefusal(() => scaled({ scaleDownStabilization: Duration.seconds(3601) }), {
      what: 'Autoscaling.horizontal scaleDownStabilization',
      value: '"3601 s"',
      because: 'at most one hour',
      instead: 'Duration.hours(1)',
    });
    scaled({ scaleDownStabilization: Duration.hours(1) });
  });

  it('with metrics of Triton that images 2.x do not have', () => {
    const metrics = [ScalingMetric.tritonPendingRequests(5)];
    expectRefusal(() => nimDeployment(scaled({ metrics }, { image: NATIVE })), {
      what: 'NimDeployment autoscaling metric',
      value: '"ScalingMetric.tritonPendingRequests"',
      because: 'NVIDIA publishes no names of their metrics',
      instead: 'ScalingMetric.gpuUtilization',
    });
  });

  it('with metrics of Triton that nobody can read', () => {
    const metrics = [ScalingMetric.tritonPendingRequests(5)];
    expectRefusal(() => nimDeployment(scaled({ metrics }, { image: TRITON })), {
      what: 'NimDeployment autoscaling metric',
      value: '"ScalingMetric.tritonPendingRequests"',
      because: 'while its port is closed',
      instead: 'tritonMetrics: true',
    });
  });

  it('with the utilization of MIG slices', () => {
    expectRefusal(() => nimDeployment(scaled({}, { gpu: Gpu.mig('1g.10gb') })), {
      what: 'NimDeployment autoscaling metric',
      value: '"ScalingMetric.gpuUtilization"',
      because: 'the driver counts it for whole GPUs only, and the pods have nvidia.com/mig-1g.10gb',
      instead: 'ScalingMetric.requestRate',
    });
  });

  it.each(['', 'requests per second', '../secrets', '1st'])('with a metric named %j', (name) => {
    expectRefusal(() => ScalingMetric.requestRate(name, 20), {
      what: 'ScalingMetric.requestRate metricName',
      value: JSON.stringify(name),
      because: 'begins with a letter',
      instead: 'external.metrics.k8s.io',
    });
  });
});

it('reads series by labels as Kubernetes has them only', () => {
  const metrics = [ScalingMetric.requestRate('requests_per_second', 20, { service: 'a@kubernetes' })];
  expectRefusal(() => autoscalerOf({ metrics }), {
    what: 'ScalingMetric.requestRate labels service',
    value: '"a@kubernetes"',
    because: 'a value is at most 63 letters',
    instead: 'write the value',
  });
});
