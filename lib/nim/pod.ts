import { k8s } from 'cdk8s-plus-28';
import { defined, unlessEmptyRecord, unlessEmpty } from '../common/defined';
import { invalid } from '../common/invalid';
import { requireLabels, requireQualifiedName } from '../common/labels';
import { requireObjectName } from '../common/names';
import { containerSecurityContext, dnsConfig, imagePullPolicy, podSecurityContext } from '../security/security-context';
import { LIVENESS_PATH, READINESS_PATH } from './api-paths';
import { requireNoCredentials } from './environment';
import { Gpu } from './gpu';
import { renderInitContainer } from './init-container';
import { nimEnvironment } from './nim-environment';
import { nimResources } from './nim-resources';
import type { PodSpec } from './pod-spec';
import { type PodVolumes, podVolumes } from './pod-volumes';
import { resourceRequirements } from './resources';
import { factsOf } from './runtime-facts';

/** The one port of the pod that anything outside it may use. */
export const API_PORT_NAME = 'http-api';

const PROBE_PERIOD_SECONDS = 10;
/** The kubelet's default of 1 s ends in restarts when the server is busy. */
const PROBE_TIMEOUT_SECONDS = 5;

/** Renders the pod template. */
export function renderPod(pod: PodSpec): k8s.PodTemplateSpec {
  const { props, credentials, profile } = pod;
  const volumes = podVolumes(pod);
  const securityContext = containerSecurityContext(profile);
  const surroundings = {
    apiKey: credentials.apiKey,
    modelCacheMounts: volumes.cacheMounts,
    tmpMount: volumes.tmpMount,
    securityContext,
    profile,
  };
  const initContainers = (props.initContainers ?? []).map((init) => renderInitContainer(init, surroundings));
  Object.keys(props.podAnnotations ?? {}).forEach((key) =>
    requireQualifiedName('NimDeployment podAnnotations key', key),
  );
  requireNoCredentials('NimDeployment podAnnotations', Object.entries(props.podAnnotations ?? {}).flat());
  requireNoCredentials('NimDeployment nodeSelector', Object.entries(props.nodeSelector ?? {}).flat());
  requireDistinctNames(['nim', ...initContainers.map(({ name }) => name)]);
  return {
    metadata: defined({ labels: pod.labels, annotations: unlessEmptyRecord(props.podAnnotations) }),
    spec: defined({
      serviceAccountName: pod.name,
      automountServiceAccountToken: false,
      // A Service named like a setting of the NIM would otherwise become that setting.
      enableServiceLinks: false,
      runtimeClassName: optionalName('runtimeClassName', props.runtimeClassName),
      priorityClassName: optionalName('priorityClassName', props.priorityClassName),
      imagePullSecrets: unlessEmpty(pullSecrets(pod)),
      securityContext: podSecurityContext(profile),
      dnsConfig: dnsConfig(profile),
      terminationGracePeriodSeconds: gracePeriodSeconds(pod),
      nodeSelector: unlessEmptyRecord(requireLabels('NimDeployment nodeSelector', props.nodeSelector ?? {})),
      tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }, ...(props.tolerations ?? [])],
      ...(pod.replicas > 1 ? spread(pod.selectorLabels) : {}),
      initContainers: unlessEmpty(initContainers),
      containers: [nimContainer(pod, volumes, securityContext)],
      volumes: volumes.volumes,
    }),
  };
}

/** Time to take no more requests, then to answer those that are under way. */
function gracePeriodSeconds(pod: PodSpec): number {
  return pod.drainSeconds + (pod.requestTimeoutSeconds ?? 0) + factsOf(pod.runtime).gracePeriodSeconds;
}

function nimContainer(pod: PodSpec, volumes: PodVolumes, securityContext: k8s.SecurityContext): k8s.Container {
  const gpu = pod.props.gpu ?? Gpu.whole();
  return {
    name: 'nim',
    image: pod.image.reference,
    imagePullPolicy: imagePullPolicy(pod.profile),
    ports: [{ name: API_PORT_NAME, containerPort: pod.port, protocol: 'TCP' }],
    env: nimEnvironment(pod),
    resources: resourceRequirements('NimDeployment resources', nimResources(pod, volumes), gpu),
    startupProbe: probe(READINESS_PATH, Math.ceil(pod.startupSeconds / PROBE_PERIOD_SECONDS)),
    readinessProbe: probe(READINESS_PATH, 3),
    livenessProbe: probe(LIVENESS_PATH, 3),
    securityContext,
    volumeMounts: volumes.mounts,
  };
}

function pullSecrets(pod: PodSpec): k8s.LocalObjectReference[] {
  const names = [
    ...(pod.credentials.pullSecret === undefined ? [] : [pod.credentials.pullSecret]),
    ...(pod.props.initContainers ?? []).flatMap((init) => init.pullSecrets ?? []),
  ].map((secret) => requireObjectName('pull secret name', secret.name));
  return [...new Set(names)].map((name) => ({ name }));
}

function probe(path: string, failureThreshold: number): k8s.Probe {
  return {
    httpGet: { path, port: k8s.IntOrString.fromString(API_PORT_NAME) },
    periodSeconds: PROBE_PERIOD_SECONDS,
    timeoutSeconds: PROBE_TIMEOUT_SECONDS,
    failureThreshold,
  };
}

function spread(selectorLabels: Record<string, string>): Pick<k8s.PodSpec, 'affinity' | 'topologySpreadConstraints'> {
  const labelSelector = { matchLabels: selectorLabels };
  return {
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector } },
        ],
      },
    },
    topologySpreadConstraints: ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => ({
      topologyKey,
      maxSkew: 1,
      // A NIM on the wrong node is better than none.
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector,
    })),
  };
}

function optionalName(what: string, name: string | undefined): string | undefined {
  return name === undefined ? undefined : requireObjectName(`NimDeployment ${what}`, name);
}

function requireDistinctNames(names: string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw invalid({
      what: 'init container name',
      value: twice,
      because: 'another container of the pod has it',
      instead: 'give every container its own name',
    });
  }
}
