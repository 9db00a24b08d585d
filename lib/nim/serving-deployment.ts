import type { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { addObjectWithLateSpec } from '../common/api-object';
import { requireNoNumber } from './autoscaler';
import type { ModelCache } from './model-cache';
import { addNewerFields } from './newer-fields';
import type { NimDeploymentProps } from './nim-deployment-props';
import { type PodPlan, renderPod } from './pod-plan';
import { Replicas } from './replicas';
import { type NimDecisions, servingPod } from './serving-pod';

/** Time for scheduling, volumes and the pull of an image of many gigabytes, before a rollout counts as stuck. */
const SCHEDULING_AND_PULL_SECONDS = 30 * 60;

/** What is decided for the Deployment of a NIM, beside its pods. */
export interface DeploymentDecisions extends Omit<NimDecisions, 'replicas'> {
  readonly metadata: { readonly name: string; readonly labels: Record<string, string> };
  readonly annotations: Record<string, string>;
  readonly modelLabel: Record<string, string>;
  readonly cache: ModelCache;
  /** How long the pods may wait for a Job that fills their cache. */
  readonly fillSeconds: number;
}

/** The Deployment of a NIM. How many pods there may be can change until it is rendered: an autoscaler may come after it. */
export class ServingDeployment {
  public readonly object: ApiObject;
  private spec: k8s.DeploymentSpec;

  public constructor(
    scope: Construct,
    private readonly decisions: DeploymentDecisions,
    replicas: Replicas,
    private readonly props: NimDeploymentProps,
  ) {
    const pod = this.podOf(replicas);
    this.spec = this.specOf(replicas, pod);
    const metadata = { ...decisions.metadata, annotations: { ...decisions.annotations, ...pod.reloader } };
    this.object = addObjectWithLateSpec(scope, 'Default', k8s.KubeDeployment, metadata, () => this.spec);
    addNewerFields(this.object, decisions.gpu, decisions.drainSeconds);
  }

  /** Leaves the number of pods to an autoscaler that is not ours; refuses a number beside it, and volumes that only one node can mount. */
  public leaveToAutoscaler(): void {
    requireNoNumber(this.props.replicas);
    const replicas = Replicas.unbounded('NimDeployment autoscaler');
    replicas.requireVolume(this.decisions.cache);
    this.spec = this.specOf(replicas, this.podOf(replicas));
  }

  private podOf(replicas: Replicas): PodPlan & { readonly reloader: Record<string, string> } {
    return servingPod({ ...this.decisions, replicas }, this.props);
  }

  private specOf(replicas: Replicas, pod: PodPlan): k8s.DeploymentSpec {
    const { selectorLabels, modelLabel, workload, fillSeconds } = this.decisions;
    return {
      ...(replicas.rendered === undefined ? {} : { replicas: replicas.rendered }),
      progressDeadlineSeconds: workload.startupTimeout.toSeconds() + SCHEDULING_AND_PULL_SECONDS + fillSeconds,
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: {
          maxSurge: k8s.IntOrString.fromNumber(0),
          maxUnavailable: k8s.IntOrString.fromNumber(replicas.maxUnavailable),
        },
      },
      // The API server refuses another model under the same name: a rollout would answer with vectors of both.
      selector: { matchLabels: { ...selectorLabels, ...modelLabel } },
      template: renderPod(pod),
    };
  }
}
