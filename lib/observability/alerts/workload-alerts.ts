import { durationInOneUnit } from '../../common/quantities';
import type { ApiWorkload } from '../../network/api-pods';
import { METRICS } from '../metrics';
import { podsOfDeployment, series } from '../promql';
import { type Alert, MINUTE, Severity } from './alert';

/** What the kubelet reports while the image of a container is not there yet: no time of its start. */
const BEFORE_START = 'ContainerCreating|PodInitializing|ErrImagePull|ImagePullBackOff';
/** What waits for something that somebody has to mend. */
const CANNOT_START = 'CreateContainerConfigError|CreateContainerError|ErrImagePull|ImagePullBackOff|InvalidImageName';

/** What can be wrong with the pods of a Deployment. */
export function workloadAlerts(namespace: string, workload: ApiWorkload): Alert[] {
  const { deployment, container, minReplicas } = workload;
  const startup = workload.startupTimeout.toSeconds();
  const ofDeployment = { namespace, deployment };
  const ofPods = { namespace, pod: podsOfDeployment(deployment) };
  const ofContainers = { ...ofPods, container };
  return [
    {
      name: 'ApiDown',
      severity: Severity.CRITICAL,
      expr: `${series(METRICS.specReplicas, ofDeployment)} > 0 and ${series(METRICS.readyReplicas, ofDeployment)} == 0`,
      // An update takes away one pod before it starts the next: of a single one nothing is left for as long as that starts.
      forSeconds: minReplicas > 1 ? 2 * MINUTE : startup,
      summary: `No pod of ${deployment} is ready.`,
      description: `Every call of ${namespace}/${deployment} fails.`,
    },
    {
      name: 'ApiPodCrashLooping',
      severity: Severity.WARNING,
      expr: `max_over_time(${series(METRICS.waitingReason, { ...ofContainers, reason: 'CrashLoopBackOff' })}[5m]) >= 1`,
      forSeconds: 10 * MINUTE,
      summary: `A pod of ${deployment} ends again and again.`,
      description: 'The container {{ $labels.container }} of {{ $labels.pod }} ends soon after each start.',
    },
    {
      name: 'ApiPodCannotStart',
      severity: Severity.WARNING,
      expr: `max_over_time(${series(METRICS.waitingReason, { ...ofPods, reason: { regex: CANNOT_START } })}[5m]) >= 1`,
      forSeconds: 10 * MINUTE,
      summary: `A pod of ${deployment} cannot start.`,
      description: 'The container {{ $labels.container }} of {{ $labels.pod }} waits: {{ $labels.reason }}.',
    },
    {
      name: 'ApiPodNotReady',
      severity: Severity.WARNING,
      expr:
        `${series(METRICS.containerReady, ofContainers)} == 0 unless on (namespace, pod, container) ` +
        series(METRICS.waitingReason, { ...ofContainers, reason: { regex: BEFORE_START } }),
      forSeconds: startup,
      summary: `A pod of ${deployment} was not ready for ${durationInOneUnit(startup)}.`,
      description: `{{ $labels.pod }} has not been ready for ${durationInOneUnit(startup)}, which is the whole time that a start may take.`,
    },
    {
      name: 'ApiRolloutStuck',
      severity: Severity.WARNING,
      // The Deployment itself knows its deadline: startup, scheduling, the pull of the image and the fill of the cache.
      expr: `${series(METRICS.deploymentCondition, { ...ofDeployment, condition: 'Progressing', status: 'false' })} == 1`,
      forSeconds: MINUTE,
      summary: `The rollout of ${deployment} is stuck.`,
      description: `${namespace}/${deployment} made no progress within its deadline.`,
    },
    {
      name: 'ApiPodUnschedulable',
      severity: Severity.WARNING,
      expr: `${series(METRICS.unschedulable, ofPods)} == 1`,
      forSeconds: 15 * MINUTE,
      summary: `A pod of ${deployment} finds no node.`,
      description: '{{ $labels.pod }} finds no node that fits; most often no GPU is free.',
    },
    {
      name: 'ApiNotCounted',
      severity: Severity.WARNING,
      expr: `absent(${series(METRICS.specReplicas, ofDeployment)})`,
      forSeconds: 15 * MINUTE,
      summary: `Nobody counts the pods of ${deployment}.`,
      description: `Prometheus has no series of kube-state-metrics for ${namespace}/${deployment}: the other alerts cannot fire.`,
    },
  ];
}
