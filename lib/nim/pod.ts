import { Size } from 'cdk8s';
import { k8s, type SecretValue } from 'cdk8s-plus-28';
import { defined, unlessEmpty } from '../common/defined';
import { invalid } from '../common/invalid';
import { requireObjectName } from '../common/names';
import { requireBytes, requireCount, sizeQuantity } from '../common/quantities';
import type { NgcCredentials } from '../secrets/ngc-credentials';
import type { ContainerImage } from './container-image';
import { envVars, requireKnownSettings, requireLiteralEnv } from './environment';
import { Gpu } from './gpu';
import { renderInitContainer } from './init-container';
import { LogLevel } from './log-level';
import { type ModelCache, ModelCacheKind } from './model-cache';
import type { NimDeploymentProps } from './nim-deployment-props';
import type { NimRuntime } from './nim-runtime';
import { type CompleteResources, completeResources, NIM_COMPUTE, resourceRequirements } from './resources';
import { type Environment, factsOf } from './runtime-facts';
import { SecurityProfile } from './security-profile';

/** Everything that was decided before the pod is written down. */
export interface PodSpec {
  readonly name: string;
  readonly labels: Record<string, string>;
  readonly selectorLabels: Record<string, string>;
  readonly image: ContainerImage;
  readonly runtime: NimRuntime;
  readonly credentials: NgcCredentials;
  readonly port: number;
  readonly requestTimeoutSeconds: number | undefined;
  readonly startupSeconds: number;
  readonly replicas: number;
  readonly modelCache: ModelCache;
  readonly modelCacheClaimName: string | undefined;
  readonly props: NimDeploymentProps;
}

/** The one port of the pod that anything outside it may use. */
export const API_PORT_NAME = 'http-api';

const PROBE_PERIOD_SECONDS = 10;
/** The kubelet's default of 1 s ends in restarts when the server is busy. */
const PROBE_TIMEOUT_SECONDS = 5;

const DEFAULT_SHARED_MEMORY = Size.gibibytes(16);
const DEFAULT_TMP = Size.gibibytes(4);
/** Bound of each scratch path of the NIM other than the model. */
const SCRATCH_SIZE = Size.gibibytes(4);
/** Logs and the writable layer of the container. */
const WRITABLE_LAYER = Size.gibibytes(4);

/** Renders the pod template. */
export function renderPod(pod: PodSpec): k8s.PodTemplateSpec {
  const { props, credentials } = pod;
  const profile = props.securityProfile ?? SecurityProfile.RESTRICTED;
  const volumes = podVolumes(pod);
  const securityContext = containerSecurityContext(profile);
  const surroundings = {
    apiKey: credentials.apiKey,
    modelCacheMounts: volumes.cacheMounts,
    tmpMount: volumes.tmpMount,
    securityContext,
  };
  const initContainers = (props.initContainers ?? []).map((init) => renderInitContainer(init, surroundings));
  requireDistinctNames(['nim', ...initContainers.map(({ name }) => name)]);
  return {
    metadata: defined({ labels: pod.labels, annotations: props.podAnnotations }),
    spec: defined({
      serviceAccountName: pod.name,
      automountServiceAccountToken: false,
      // A Service named like a setting of the NIM would otherwise become that setting.
      enableServiceLinks: false,
      runtimeClassName: optionalName('runtimeClassName', props.runtimeClassName),
      priorityClassName: optionalName('priorityClassName', props.priorityClassName),
      imagePullSecrets: unlessEmpty(pullSecrets(pod)),
      securityContext: podSecurityContext(profile),
      terminationGracePeriodSeconds: (pod.requestTimeoutSeconds ?? 0) + factsOf(pod.runtime).gracePeriodSeconds,
      nodeSelector: props.nodeSelector,
      tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }, ...(props.tolerations ?? [])],
      ...(pod.replicas > 1 ? spread(pod.selectorLabels) : {}),
      initContainers: unlessEmpty(initContainers),
      containers: [nimContainer(pod, volumes, securityContext)],
      volumes: volumes.volumes,
    }),
  };
}

function nimContainer(pod: PodSpec, volumes: PodVolumes, securityContext: k8s.SecurityContext): k8s.Container {
  const gpu = pod.props.gpu ?? Gpu.whole();
  return {
    name: 'nim',
    image: pod.image.reference,
    imagePullPolicy: 'IfNotPresent',
    ports: [{ name: API_PORT_NAME, containerPort: pod.port, protocol: 'TCP' }],
    env: nimEnvironment(pod),
    resources: resourceRequirements('NimDeployment resources', nimResources(pod, volumes), gpu),
    startupProbe: probe('/v1/health/ready', Math.ceil(pod.startupSeconds / PROBE_PERIOD_SECONDS)),
    readinessProbe: probe('/v1/health/ready', 3),
    livenessProbe: probe('/v1/health/live', 3),
    securityContext,
    volumeMounts: volumes.mounts,
  };
}

function nimEnvironment(pod: PodSpec): k8s.EnvVar[] {
  const { props, runtime, credentials } = pod;
  const facts = factsOf(runtime);
  const managed: Environment = {
    ...facts.fixed,
    ...facts.listen(pod.port),
    ...facts.logging(props.logLevel ?? LogLevel.INFO, props.jsonLogs ?? true),
    ...(credentials.apiKey === undefined ? facts.offline : facts.downloadFromNgc),
    ...(props.maxQueueSize === undefined
      ? {}
      : { [facts.maxQueueSizeVariable]: `${requireCount('NimDeployment maxQueueSize', props.maxQueueSize)}` }),
    ...(props.requestTimeout === undefined || facts.requestTimeout === undefined
      ? {}
      : { [facts.requestTimeout.variable]: `${pod.requestTimeoutSeconds}` }),
    ...(props.httpsProxy === undefined ? {} : { ...proxyEnvironment(props.httpsProxy), ...facts.behindProxy }),
  };
  const env = props.env ?? {};
  const secretEnv = props.secretEnv ?? {};
  requireLiteralEnv('NimDeployment env', env);
  requireKnownSettings('NimDeployment env', [...Object.keys(env), ...Object.keys(secretEnv)], runtime, managed);
  const apiKey: Record<string, SecretValue> =
    credentials.apiKey === undefined ? {} : { NGC_API_KEY: credentials.apiKey };
  return envVars('NimDeployment env', { ...managed, ...env }, { ...apiKey, ...secretEnv });
}

function proxyEnvironment(url: string): Environment {
  const what = 'NimDeployment httpsProxy';
  requireLiteralEnv(what, { HTTPS_PROXY: url });
  if (!/^https?:\/\/[^\s/@]+$/.test(url)) {
    throw invalid({
      what,
      value: url,
      because: 'a proxy URL is scheme, host and port, nothing else',
      instead: 'write for example "http://proxy.egress.svc.cluster.local:3128"',
    });
  }
  return { HTTPS_PROXY: url, NO_PROXY: 'localhost,127.0.0.1,.svc,.cluster.local' };
}

/** The defaults, completed; the ephemeral-storage limit has to hold what the pod's own emptyDirs may take. */
function nimResources(pod: PodSpec, volumes: PodVolumes): CompleteResources {
  const what = 'NimDeployment resources';
  const ephemeral = Size.kibibytes(volumes.emptyDirBytes / 1024 + WRITABLE_LAYER.toKibibytes());
  const resources = completeResources(what, pod.props.resources ?? {}, {
    ...NIM_COMPUTE,
    ephemeralStorage: { request: ephemeral, limit: ephemeral },
  });
  const limit = resources.ephemeralStorage.limit;
  if (requireBytes(what, limit) <= volumes.emptyDirBytes) {
    throw invalid({
      what: `${what} ephemeralStorage limit`,
      value: sizeQuantity(what, limit),
      because: `the emptyDirs of the pod alone may take ${sizeQuantity(what, Size.kibibytes(volumes.emptyDirBytes / 1024))}, and the kubelet would evict it`,
      instead: `leave it out (${sizeQuantity(what, ephemeral)}), or lower tmpSize or the cache's sizeLimit`,
    });
  }
  const memory = resources.memory.limit;
  const sharedMemory = pod.props.sharedMemorySize ?? DEFAULT_SHARED_MEMORY;
  if (requireBytes(what, memory) <= requireBytes('NimDeployment sharedMemorySize', sharedMemory)) {
    throw invalid({
      what: 'NimDeployment sharedMemorySize',
      value: sizeQuantity(what, sharedMemory),
      because: `shared memory counts as memory of the container, whose limit is ${sizeQuantity(what, memory)}`,
      instead: 'lower sharedMemorySize or raise the memory limit',
    });
  }
  return resources;
}

interface PodVolumes {
  readonly volumes: k8s.Volume[];
  readonly mounts: k8s.VolumeMount[];
  readonly cacheMounts: k8s.VolumeMount[];
  readonly tmpMount: k8s.VolumeMount;
  /** Upper bound of what the emptyDirs on disk may take. */
  readonly emptyDirBytes: number;
}

function podVolumes(pod: PodSpec): PodVolumes {
  const facts = factsOf(pod.runtime);
  const tmpSize = pod.props.tmpSize ?? DEFAULT_TMP;
  const onDisk = (name: string, size: Size): k8s.Volume => ({
    name,
    emptyDir: { sizeLimit: k8s.Quantity.fromString(sizeQuantity(`volume ${name}`, size)) },
  });
  const cacheBytes = pod.modelCache.kind === ModelCacheKind.EPHEMERAL ? sizeOf(pod.modelCache) : undefined;
  const cacheVolume: k8s.Volume =
    cacheBytes === undefined
      ? {
          name: 'model-cache',
          persistentVolumeClaim: defined({
            claimName: pod.modelCacheClaimName ?? '',
            readOnly: pod.modelCache.readOnly ? true : undefined,
          }),
        }
      : onDisk('model-cache', cacheBytes);
  const scratch = facts.scratchPaths.map((mountPath, index) => ({
    volume: onDisk(`scratch-${index}`, SCRATCH_SIZE),
    mount: { name: `scratch-${index}`, mountPath },
  }));
  const cacheMounts: k8s.VolumeMount[] = [
    defined({ name: 'model-cache', mountPath: facts.modelPath, readOnly: pod.modelCache.readOnly ? true : undefined }),
  ];
  const tmpMount = { name: 'tmp', mountPath: '/tmp' };
  const sharedMemory = pod.props.sharedMemorySize ?? DEFAULT_SHARED_MEMORY;
  return {
    volumes: [
      cacheVolume,
      ...scratch.map(({ volume }) => volume),
      onDisk('tmp', tmpSize),
      {
        name: 'shared-memory',
        emptyDir: {
          medium: 'Memory',
          sizeLimit: k8s.Quantity.fromString(sizeQuantity('NimDeployment sharedMemorySize', sharedMemory)),
        },
      },
    ],
    mounts: [
      ...cacheMounts,
      ...scratch.map(({ mount }) => mount),
      tmpMount,
      { name: 'shared-memory', mountPath: '/dev/shm' },
    ],
    cacheMounts,
    tmpMount,
    emptyDirBytes:
      requireBytes('NimDeployment tmpSize', tmpSize) +
      scratch.length * requireBytes('scratch size', SCRATCH_SIZE) +
      (cacheBytes === undefined ? 0 : requireBytes('ModelCache.ephemeral sizeLimit', cacheBytes)),
  };
}

function sizeOf(cache: ModelCache): Size {
  return cache.size ?? Size.gibibytes(0);
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

function podSecurityContext(profile: SecurityProfile): k8s.PodSecurityContext {
  return {
    ...identity(profile),
    ...(profile.identity === undefined
      ? {}
      : // Without it the kubelet changes the owner of every cached file at each start.
        { fsGroup: profile.identity.volumeGroup, fsGroupChangePolicy: 'OnRootMismatch' }),
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

function containerSecurityContext(profile: SecurityProfile): k8s.SecurityContext {
  return {
    ...identity(profile),
    privileged: false,
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: profile.readOnlyRootFilesystem,
    capabilities: { drop: ['ALL'] },
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

function identity(profile: SecurityProfile): { runAsNonRoot: true; runAsUser?: number; runAsGroup?: number } {
  return profile.identity === undefined
    ? { runAsNonRoot: true }
    : { runAsNonRoot: true, runAsUser: profile.identity.user, runAsGroup: profile.identity.group };
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
