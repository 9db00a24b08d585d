import type { IServiceAccount, k8s } from 'cdk8s-plus-28';
import { serviceAccount } from '../common/cdk8s-kinds';
import { instanceOf } from '../common/class-kinds';
import { listOf, recordOf, text } from '../common/kinds';
import { optional, type PropTable, struct } from '../common/props';
import { NimVolume } from './nim-volume';
import { nodeAffinity } from './node-affinity';
import { toleration } from './pod-kinds';
import { NIM_SIDECAR, type NimSidecar } from './sidecar';

/** What can be chosen about the pod of a NIM, whatever runs in it. */
export interface NimPodOptions {
  /**
   * The account that the pods run as, where one exists already, for example one that a cloud knows. The pods still mount no token
   * of the Kubernetes API. Refused: `default`, which every pod without an account runs as.
   * @default - a ServiceAccount without token, named like the NIM
   */
  readonly serviceAccount?: IServiceAccount;
  /**
   * RuntimeClass of the pod, where NVIDIA's container runtime is not the node's default.
   * @default - the node's default runtime
   */
  readonly runtimeClassName?: string;
  /**
   * PriorityClass of the pod.
   * @default - the cluster's default priority
   */
  readonly priorityClassName?: string;
  /**
   * The scheduler that places the pod, for example `kai-scheduler` or `volcano`.
   * @default - the cluster's default scheduler
   */
  readonly schedulerName?: string;
  /**
   * Labels that a node must have, for example `nvidia.com/gpu.product`.
   * @default - any node that offers the GPU resource
   */
  readonly nodeSelector?: Record<string, string>;
  /**
   * Which nodes the pod needs and prefers, where labels alone do not say it. Several replicas are still spread over nodes and zones.
   * @default - any node that offers the GPU resource
   */
  readonly nodeAffinity?: k8s.NodeAffinity;
  /**
   * Tolerations beyond the one for the taint `nvidia.com/gpu`.
   * @default - none
   */
  readonly tolerations?: k8s.Toleration[];
  /**
   * Further volumes of the NIM by name. Refused: paths in or around those that the NIM needs itself.
   * @default - none
   */
  readonly volumes?: Record<string, NimVolume>;
  /**
   * Containers that run beside the NIM, as locked down as it is. Needs Kubernetes 1.29.
   * @default - none
   */
  readonly sidecars?: NimSidecar[];
  /**
   * Further labels of the pod: for costs, queues, a mesh. They are not part of any selector. Refused: those that the construct sets,
   * `app.kubernetes.io/name` among them.
   * @default - none
   */
  readonly podLabels?: Record<string, string>;
  /**
   * Annotations of the pod.
   * @default - none
   */
  readonly podAnnotations?: Record<string, string>;
}

export const NIM_POD_OPTIONS: PropTable<NimPodOptions> = {
  serviceAccount: optional(serviceAccount),
  runtimeClassName: optional(text),
  priorityClassName: optional(text),
  schedulerName: optional(text),
  nodeSelector: optional(recordOf(text)),
  nodeAffinity: optional(nodeAffinity),
  tolerations: optional(listOf(toleration)),
  volumes: optional(recordOf(instanceOf(NimVolume))),
  sidecars: optional(listOf(struct<NimSidecar>(NIM_SIDECAR))),
  podLabels: optional(recordOf(text)),
  podAnnotations: optional(recordOf(text)),
};
