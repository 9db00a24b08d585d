import { Testing } from 'cdk8s';
import {
  HorizontalPodAutoscaler,
  type HorizontalPodAutoscalerProps,
  type IScalable,
  Metric,
  MetricTarget,
  PersistentVolumeAccessMode,
  PersistentVolumeClaim,
} from 'cdk8s-plus-28';
import { Autoscaling, ModelCache, type NimDeploymentProps, NimVolume, ScalingMetric } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { at, find, type Manifest, render, testChart } from '../support/manifests';
import { nimDeployment } from '../support/nims';
import { expectRefusal } from '../support/refusals';
import { rulesAgainst } from '../support/rules';

const SHARED = ModelCache.claim({ accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY });
const RATE = Metric.external({ name: 'requests_per_second', target: MetricTarget.averageValue(20) });

/** A NIM, and the autoscaler of cdk8s-plus that is made after it. */
function scaled(
  props: Partial<NimDeploymentProps> = {},
  autoscaler: Partial<HorizontalPodAutoscalerProps> = {},
): Manifest[] {
  const chart = testChart();
  const target: IScalable = nimDeployment({ modelCache: SHARED, ...props }, chart);
  new HorizontalPodAutoscaler(chart, 'autoscaler', { target, maxReplicas: 4, metrics: [RATE], ...autoscaler });
  return render(chart);
}

describe('an autoscaler of cdk8s-plus', () => {
  it('names the Deployment', () => {
    expect(at(find(scaled(), 'HorizontalPodAutoscaler'), 'spec.scaleTargetRef')).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'text-embedding',
    });
  });

  it('decides the number of pods, which are spread like several', () => {
    const ours = nimDeployment({ modelCache: SHARED, replicas: 3 });
    const { spec: expected } = find(Testing.synth(ours.deployment.chart) as Manifest[], 'Deployment') as unknown as {
      spec: { replicas?: number };
    };
    delete expected.replicas;
    expect(find(scaled(), 'Deployment')['spec']).toEqual(expected);
  });

  it('is what the guardrails ask for', () => {
    const pods = scaled().filter(({ kind }) => kind === 'Deployment' || kind.startsWith('HorizontalPod'));
    expect(rulesAgainst(pods)).not.toContain('replicas-left-to-autoscaler');
    expect(rulesAgainst(pods)).not.toContain('replicas-spread');
  });

  it('is told of by hasAutoscaler', () => {
    const nim = nimDeployment({ modelCache: SHARED });
    expect(nim.hasAutoscaler).toBe(false);
    nim.markHasAutoscaler();
    expect(nim.hasAutoscaler).toBe(true);
    const own = Autoscaling.horizontal({ maxReplicas: 2, metrics: [ScalingMetric.gpuUtilization(70)] });
    expect(nimDeployment({ modelCache: SHARED, autoscaling: own }).hasAutoscaler).toBe(true);
  });

  it('leaves a NIM alone that has none', () => {
    const nim = nimDeployment();
    expect(at(find(render(nim.deployment.chart), 'Deployment'), 'spec.replicas')).toBe(1);
  });
});

describe('an autoscaler of cdk8s-plus is refused', () => {
  it('where only one node can mount the cache', () => {
    expectRefusal(() => scaled({ modelCache: ModelCache.claim() }), {
      what: 'NimDeployment autoscaler',
      value: '"several"',
      because: 'the model cache is ReadWriteOnce, which only one node can mount',
      instead: 'write modelCache: ModelCache.claim({ accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY })',
    });
  });

  it('where only one node can mount another claim', () => {
    const claim = PersistentVolumeClaim.fromClaimName(testChart(), 'tuned', 'tuned');
    const tuned = NimVolume.fromClaim('/opt/tuned', claim, { accessMode: PersistentVolumeAccessMode.READ_WRITE_ONCE });
    expectRefusal(() => scaled({ volumes: { tuned } }), {
      what: 'NimDeployment volumes tuned',
      value: '"ReadWriteOnce"',
      because: 'only one node can mount it, and there may be several pods',
      instead: 'declare the access mode that the claim has, READ_WRITE_MANY or READ_ONLY_MANY, or take one replica',
    });
  });

  it('beside a number of pods', () => {
    expectRefusal(() => scaled({ replicas: 3 }), {
      what: 'NimDeployment replicas',
      value: '3',
      because: 'with autoscaling the autoscaler decides, and each sync would set the number back',
      instead: 'leave it out, or write it as minReplicas of the autoscaling',
    });
  });

  it('beside another one', () => {
    const autoscaling = Autoscaling.horizontal({ maxReplicas: 2, metrics: [ScalingMetric.gpuUtilization(70)] });
    expectRefusal(() => scaled({ autoscaling }), {
      what: 'NimDeployment autoscaler',
      value: '"text-embedding"',
      because: 'it has one already, and two would fight over the number of pods',
      instead: 'keep one of them; autoscaling of the NIM is one, too',
    });
  });

  it('without metrics, by cdk8s-plus: it would go by the CPU', () => {
    const chart = testChart();
    const target = nimDeployment({ modelCache: SHARED }, chart);
    const autoscaler = new HorizontalPodAutoscaler(chart, 'autoscaler', { target, maxReplicas: 4 });
    expect(autoscaler.node.validate()).toEqual([expect.stringContaining('does not have metrics defined')]);
  });
});
