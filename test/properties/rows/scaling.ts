import {
  Autoscaling,
  type AutoscalingOptions,
  KedaAuthentication,
  KedaAuthMode,
  type KedaAutoscalingOptions,
  type KedaPrometheus,
  ModelCache,
  ScalingMetric,
} from 'cdk8s-nim';
import { Duration } from 'cdk8s';
import { nimDeployment } from '../../support/nims';
import type { PropRow, PropRows } from './row';

const METRICS = [ScalingMetric.gpuUtilization(70)];

function row(kind: string, without: Autoscaling, autoscaling: Autoscaling, changes: readonly string[]): PropRow {
  const modelCache = ModelCache.ephemeral();
  return {
    without: (chart) => nimDeployment({ modelCache, autoscaling: without }, chart),
    with: (chart) => nimDeployment({ modelCache, autoscaling }, chart),
    changes: changes.map((path) => `${kind} spec.${path}`),
  };
}

function horizontal(options: Partial<AutoscalingOptions>, changes: readonly string[]): PropRow {
  const make = (more: Partial<AutoscalingOptions>): Autoscaling =>
    Autoscaling.horizontal({ maxReplicas: 3, metrics: METRICS, ...more });
  return row('HorizontalPodAutoscaler', make({}), make(options), changes);
}

function keda(options: Partial<KedaAutoscalingOptions>, changes: readonly string[]): PropRow {
  const make = (more: Partial<KedaAutoscalingOptions>): Autoscaling =>
    Autoscaling.keda({
      maxReplicas: 3,
      metrics: METRICS,
      prometheus: { serverAddress: 'http://prometheus.monitoring.svc:9090' },
      ...more,
    });
  return row('ScaledObject', make({}), make(options), changes);
}

function prometheus(options: Partial<KedaPrometheus>, changes: readonly string[]): PropRow {
  return keda({ prometheus: { serverAddress: 'http://prometheus.monitoring.svc:9090', ...options } }, changes);
}

const RATE = [ScalingMetric.requestRate('requests_total', 20)];
const WINDOW = 'behavior.scaleDown.stabilizationWindowSeconds';

export const SCALING_ROWS: Record<string, PropRows> = {
  AutoscalingOptions: {
    minReplicas: horizontal({ minReplicas: 2 }, ['minReplicas']),
  },
  ScalingOptions: {
    maxReplicas: horizontal({ maxReplicas: 4 }, ['maxReplicas']),
    metrics: horizontal({ metrics: RATE }, ['metrics[0].*']),
    scaleDownStabilization: horizontal({ scaleDownStabilization: Duration.minutes(10) }, [WINDOW]),
  },
  KedaAutoscalingOptions: {
    minReplicas: keda({ minReplicas: 2 }, ['minReplicaCount']),
    prometheus: prometheus({ serverAddress: 'https://thanos.monitoring.svc' }, ['triggers[0].metadata.serverAddress']),
  },
  KedaPrometheus: {
    serverAddress: prometheus({ serverAddress: 'https://thanos.monitoring.svc' }, [
      'triggers[0].metadata.serverAddress',
    ]),
    authentication: prometheus({ authentication: KedaAuthentication.namespaced('prometheus', [KedaAuthMode.BEARER]) }, [
      'triggers[0].authenticationRef',
      'triggers[0].metadata.authModes',
    ]),
    gpuPodLabel: prometheus({ gpuPodLabel: 'pod' }, ['triggers[0].metadata.query']),
    gpuNamespaceLabel: prometheus({ gpuNamespaceLabel: 'namespace' }, ['triggers[0].metadata.query']),
  },
};
