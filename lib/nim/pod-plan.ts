import type { k8s } from 'cdk8s-plus-28';
import { defined, unlessEmpty, unlessEmptyRecord } from '../common/defined';
import { invalid } from '../common/invalid';
import { requireObjectName } from '../common/names';
import { containerSecurityContext, dnsConfig, podSecurityContext } from '../security/security-context';
import type { SecurityProfile } from '../security/security-profile';
import type { ContainerImage } from './container-image';
import { envVars } from './environment';
import type { MergedParts } from './pod-part';

/** Where a pod runs and how it is scheduled. */
export type Scheduling = Pick<
  k8s.PodSpec,
  | 'runtimeClassName'
  | 'priorityClassName'
  | 'schedulerName'
  | 'nodeSelector'
  | 'tolerations'
  | 'affinity'
  | 'topologySpreadConstraints'
>;

/** The container that a pod is made for; its environment, mounts and ports come from the parts. */
export interface MainContainer {
  readonly name: string;
  readonly image: ContainerImage;
  /** Instead of the image's entrypoint. */
  readonly command?: readonly string[] | undefined;
  readonly resources: k8s.ResourceRequirements;
  readonly probes?: Pick<k8s.Container, 'startupProbe' | 'readinessProbe' | 'livenessProbe'>;
}

/** A pod before it is written down. */
export interface PodPlan {
  readonly serviceAccountName: string;
  readonly profile: SecurityProfile;
  readonly scheduling: Scheduling;
  /** Of a pod that serves. */
  readonly terminationGracePeriodSeconds?: number;
  /** Of a pod that runs to an end: it is not started again, and may not take longer. */
  readonly runOnce?: Required<Pick<k8s.PodSpec, 'restartPolicy' | 'activeDeadlineSeconds'>>;
  readonly container: MainContainer;
  readonly parts: MergedParts;
}

/** Writes a pod down. */
export function renderPod(plan: PodPlan): k8s.PodTemplateSpec {
  const { profile, parts } = plan;
  requireOwnName(plan);
  return {
    metadata: defined({ labels: parts.labels, annotations: unlessEmptyRecord(parts.annotations) }),
    spec: defined({
      serviceAccountName: plan.serviceAccountName,
      automountServiceAccountToken: false,
      // A Service named like a setting of the NIM would otherwise become that setting.
      enableServiceLinks: false,
      imagePullSecrets: unlessEmpty(
        parts.pullSecrets.map(({ name }) => ({ name: requireObjectName('pull secret name', name) })),
      ),
      securityContext: podSecurityContext(profile),
      dnsConfig: dnsConfig(profile),
      terminationGracePeriodSeconds: plan.terminationGracePeriodSeconds,
      ...plan.runOnce,
      ...plan.scheduling,
      initContainers: unlessEmpty([...parts.initContainers]),
      containers: [nimContainer(plan.container, profile, parts)],
      volumes: [...parts.volumes],
    }),
  };
}

/** Writes a container of the NIM's image down. */
export function nimContainer(container: MainContainer, profile: SecurityProfile, parts: MergedParts): k8s.Container {
  return defined({
    name: container.name,
    image: container.image.reference,
    imagePullPolicy: profile.imagePullPolicy,
    command: container.command === undefined ? undefined : [...container.command],
    ports: unlessEmpty([...parts.ports]),
    env: envVars(parts),
    resources: container.resources,
    ...container.probes,
    securityContext: containerSecurityContext(profile),
    volumeMounts: [...parts.mounts],
  });
}

function requireOwnName({ container, parts }: PodPlan): void {
  if (parts.initContainers.some(({ name }) => name === container.name)) {
    throw invalid({
      what: 'container name',
      value: container.name,
      because: 'the main container of the pod has it',
      instead: 'give every container its own name',
    });
  }
}
