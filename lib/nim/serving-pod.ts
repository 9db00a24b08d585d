import { Duration } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { defined, inOrder, unlessEmptyRecord } from '../common/defined';
import { invalid } from '../common/invalid';
import { requireLabels, requireQualifiedName } from '../common/labels';
import { requireObjectName } from '../common/names';
import type { ApiWorkload } from '../network/api-pods';
import type { NgcCredentials } from '../secrets/ngc-credentials';
import type { SecurityProfile } from '../security/security-profile';
import { LIVENESS_PATH, READINESS_PATH } from './api-paths';
import { caBundlePart } from './ca-bundle-part';
import type { ContainerImage } from './container-image';
import { requireNoCredentials } from './environment';
import { furtherVolumes } from './further-volumes';
import type { Gpu } from './gpu';
import { initContainerPart } from './init-container';
import type { NimDeploymentProps } from './nim-deployment-props';
import { gpuMetrics } from './nvidia-metrics';
import { meshPart } from './mesh-part';
import { nimResources } from './nim-resources';
import { requireNodeLabels } from './node-affinity';
import { mergeParts, type PodPart } from './pod-part';
import type { PodPlan, Scheduling } from './pod-plan';
import { operatorCachePart } from './operator-cache';
import { proxyPart } from './proxy-part';
import type { Replicas } from './replicas';
import { resourceRequirements } from './resources';
import type { RuntimeFacts } from './runtime-facts';
import type { RequestTimeout } from './runtime-limits';
import { reloaderNote, rotationPart } from './rotation-restart';
import { sidecarPart } from './sidecar';
import * as settings from './setting-parts';
import { scratchParts, sharedMemoryPart, tmpPart } from './volume-parts';

const PROBE_PERIOD_SECONDS = 10;
/** The kubelet's default of 1 s ends in restarts when the server is busy. */
const PROBE_TIMEOUT_SECONDS = 5;

const NIM_CONTAINER = 'nim';

/** What is decided once for a NIM and its objects. */
export interface NimDecisions {
  readonly serviceAccountName: string;
  readonly labels: Record<string, string>;
  readonly selectorLabels: Record<string, string>;
  readonly image: ContainerImage;
  readonly facts: RuntimeFacts;
  readonly credentials: NgcCredentials;
  /** Whether a Job fills the cache, so that the pods need neither the key nor a way out. */
  readonly prefetched: boolean;
  /** Whether the pods download the model. */
  readonly downloads: boolean;
  readonly port: number;
  readonly gpu: Gpu;
  readonly tritonMetrics: PodPart;
  readonly requestTimeout: RequestTimeout;
  /** The certificate of the API, or nothing. */
  readonly internalTls: PodPart;
  readonly workload: ApiWorkload;
  readonly drainSeconds: number;
  readonly replicas: Replicas;
  readonly modelCache: PodPart;
  readonly profile: SecurityProfile;
}

/** The pod that serves the model, and what Reloader has to watch for it. */
export function servingPod(
  nim: NimDecisions,
  props: NimDeploymentProps,
): PodPlan & { readonly reloader: Record<string, string> } {
  const { profile, facts } = nim;
  // The kubelet does not check the certificate.
  const scheme = props.internalTls === undefined ? undefined : 'HTTPS';
  const credentials = settings.credentialsPart(nim.credentials, nim.downloads);
  const caBundle = nim.prefetched ? { from: 'the Jobs' } : caBundlePart(facts, props);
  const tmp = tmpPart(props.tmpSize);
  const managed = [
    settings.fixedPart(facts),
    settings.listenerPart(facts, nim.port, props.listenOnIpv6),
    nim.tritonMetrics,
    settings.telemetryPart(facts, nim.workload.deployment, props.openTelemetry),
    settings.loggingPart(facts, props.logLevel, props.jsonLogs),
    settings.downloadPart(facts, nim.downloads),
    settings.queuePart(facts, props.maxQueueSize),
    nim.requestTimeout.part,
    nim.internalTls,
    ...(nim.prefetched ? [] : [proxyPart(facts, props, collectorHosts(props)), caBundle]),
    settings.profilePart(facts, props.modelCache?.prefetch?.profile),
    ...(props.modelCache === undefined ? [] : [operatorCachePart(props.modelCache, facts)]),
  ];
  const mounted = [
    nim.modelCache,
    ...scratchParts(facts, profile.readOnlyRootFilesystem),
    tmp,
    sharedMemoryPart(props.sharedMemorySize),
  ];
  const volumesOf = furtherVolumes(nim.replicas);
  const parts = mergeParts([
    { from: 'NimDeployment', labels: nim.labels },
    podLabelsPart(props.podLabels ?? {}, nim.labels),
    podAnnotationsPart(props.podAnnotations ?? {}),
    rotationPart(props.rotationRestart),
    meshPart(props),
    ...managed,
    credentials,
    ...settings.callersParts(props, facts, nim.port, mergeParts(managed).env),
    ...mounted,
    volumesOf('NimDeployment volumes', props.volumes ?? {}, [...managed, credentials, ...mounted]),
    ...(props.sidecars ?? []).map((sidecar) => sidecarPart(sidecar, { tmp, volumesOf, profile })),
    ...(props.initContainers ?? []).map((init) =>
      initContainerPart(init, { credentials, modelCache: nim.modelCache, tmp, profile }),
    ),
  ]);
  return {
    serviceAccountName: nim.serviceAccountName,
    profile,
    scheduling: scheduling(nim, props),
    // Time to stop taking requests, then to answer those that are under way.
    terminationGracePeriodSeconds: nim.drainSeconds + (nim.requestTimeout.seconds ?? 0) + facts.gracePeriodSeconds,
    container: {
      name: NIM_CONTAINER,
      image: nim.image,
      resources: resourceRequirements(
        'NimDeployment resources',
        nimResources(props.resources ?? {}, parts, profile),
        nim.gpu,
      ),
      probes: {
        startupProbe: probe(
          READINESS_PATH,
          Math.ceil(nim.workload.startupTimeout.toSeconds() / PROBE_PERIOD_SECONDS),
          scheme,
        ),
        readinessProbe: probe(READINESS_PATH, 3, scheme),
        livenessProbe: probe(LIVENESS_PATH, 3, scheme),
      },
    },
    parts,
    reloader: reloaderNote(props.rotationRestart, parts, [credentials, caBundle]),
  };
}

/** What those who watch a NIM have to know of its pods. */
export function workloadOf(deployment: string, replicas: Replicas, startupSeconds: number, gpu: Gpu): ApiWorkload {
  return {
    deployment,
    container: NIM_CONTAINER,
    minReplicas: replicas.atLeast,
    startupTimeout: Duration.seconds(startupSeconds),
    gpuMetrics: gpuMetrics(gpu),
  };
}

/** The network policy opens a collector, and not what a proxy would have to reach for it. */
function collectorHosts({ openTelemetry }: NimDeploymentProps): string[] {
  return openTelemetry === undefined ? [] : [openTelemetry._host];
}

function podLabelsPart(labels: Record<string, string>, own: Record<string, string>): PodPart {
  const from = 'NimDeployment podLabels';
  requireNoCredentials(from, Object.entries(labels).flat());
  const [taken] = Object.keys(labels).filter((key) => key in own);
  if (taken !== undefined) {
    throw invalid({
      what: `${from} key`,
      value: taken,
      because: 'the construct sets it, for selectors and for people',
      instead: 'leave it out, or write a key of your own, for example "example.com/team"',
    });
  }
  return { from, labels: inOrder(requireLabels(from, labels)) };
}

function podAnnotationsPart(annotations: Record<string, string>): PodPart {
  Object.keys(annotations).forEach((key) => requireQualifiedName('NimDeployment podAnnotations key', key));
  requireNoCredentials('NimDeployment podAnnotations', Object.entries(annotations).flat());
  return { from: 'NimDeployment podAnnotations', annotations };
}

function probe(path: string, failureThreshold: number, scheme: 'HTTPS' | undefined): k8s.Probe {
  return {
    httpGet: defined({ path, port: k8s.IntOrString.fromString(settings.API_PORT_NAME), scheme }),
    periodSeconds: PROBE_PERIOD_SECONDS,
    timeoutSeconds: PROBE_TIMEOUT_SECONDS,
    failureThreshold,
  };
}

function scheduling(nim: NimDecisions, props: NimDeploymentProps): Scheduling {
  const { affinity, ...placed } = placement(props);
  const spread = nim.replicas.several ? spreading(nim.selectorLabels) : {};
  return defined({
    runtimeClassName: optionalName('runtimeClassName', props.runtimeClassName),
    schedulerName: optionalName('schedulerName', props.schedulerName),
    ...placed,
    ...spread,
    affinity: unlessEmptyRecord({ ...affinity, ...spread.affinity }),
  });
}

/** The nodes that pods of the NIM may run on, whatever they do there. */
export function placement(props: NimDeploymentProps): Scheduling {
  const nodeSelector = requireLabels('NimDeployment nodeSelector', props.nodeSelector ?? {});
  requireNoCredentials('NimDeployment nodeSelector', Object.entries(nodeSelector).flat());
  const { nodeAffinity } = props;
  return defined({
    priorityClassName: optionalName('priorityClassName', props.priorityClassName),
    nodeSelector: unlessEmptyRecord(nodeSelector),
    tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }, ...(props.tolerations ?? [])],
    affinity:
      nodeAffinity === undefined
        ? undefined
        : { nodeAffinity: requireNodeLabels('NimDeployment nodeAffinity', nodeAffinity) },
  });
}

function spreading(selectorLabels: Record<string, string>): Pick<Scheduling, 'affinity' | 'topologySpreadConstraints'> {
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
