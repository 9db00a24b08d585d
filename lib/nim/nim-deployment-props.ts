import type { Duration, Size } from 'cdk8s';
import type { ContainerResources, SecretValue } from 'cdk8s-plus-28';
import { duration, size } from '../common/cdk8s-kinds';
import { instanceOf } from '../common/class-kinds';
import { enumOf, flag, listOf, unprivilegedPort, recordOf, text, wholeNumber } from '../common/kinds';
import { optional, type PropTable, required, struct } from '../common/props';
import { NgcCredentials } from '../secrets/ngc-credentials';
import { SecurityProfile } from '../security/security-profile';
import { InternalTls } from '../network/internal-tls';
import { ServiceMesh } from '../network/service-mesh';
import { CaBundle } from './ca-bundle';
import { Autoscaling } from './autoscaling';
import { ContainerImage } from './container-image';
import { EmbeddingModel } from './embedding-model';
import { Gpu } from './gpu';
import { NIM_INIT_CONTAINER, type NimInitContainer } from './init-container';
import { LogLevel } from './log-level';
import { ModelCache } from './model-cache';
import { NimModel } from './nim-model';
import { NimRuntime } from './nim-runtime';
import { OpenTelemetry } from './open-telemetry';
import { containerResources, secretValue } from './pod-kinds';
import { NIM_POD_OPTIONS, type NimPodOptions } from './pod-options';
import { RotationRestart } from './rotation-restart';

/** What can be chosen about the workload of any model. */
export interface NimDeploymentOptions extends NimPodOptions {
  /** The two NGC secrets. */
  readonly credentials: NgcCredentials;
  /**
   * Name of every object, and value of the label `app.kubernetes.io/instance`. Unique in the namespace.
   * @default - the id of the construct
   */
  readonly name?: string;
  /**
   * Another image of the model: from a mirror, of another version, or by digest.
   * @default - the image of the model in NVIDIA's registry
   */
  readonly image?: ContainerImage;
  /**
   * The runtime generation of the image; needed when the image's tag is no version. A generation that contradicts the tag is
   * refused.
   * @default - inferred from the image's tag
   */
  readonly runtime?: NimRuntime;
  /**
   * Number of pods. More than one needs a cache that several nodes can mount.
   * @default 1
   */
  readonly replicas?: number;
  /**
   * An autoscaler that decides the number of pods in place of `replicas`, beside which it is refused. The Deployment then has no number, so
   * that Git and the autoscaler do not fight. Refused with a cache that only one node can mount.
   * @default - none: as many as `replicas`
   */
  readonly autoscaling?: Autoscaling;
  /**
   * The GPU of each pod, as request and limit or as a claim.
   * @default Gpu.whole()
   */
  readonly gpu?: Gpu;
  /**
   * CPU, memory and ephemeral storage. What is left out keeps its default; a limit below what the pod's own volumes can take
   * is refused.
   * @default - requests 4 CPU and 16Gi, limits 16 CPU and 32Gi (NVIDIA's KServe runtime for the embedding NIM); ephemeral
   * storage 4Gi plus the pod's emptyDirs, request and limit equal
   */
  readonly resources?: ContainerResources;
  /**
   * Where the model is kept.
   * @default ModelCache.claim()
   */
  readonly modelCache?: ModelCache;
  /**
   * The authorities that the download of the model trusts: for a proxy that inspects TLS with certificates of its own. With
   * `ModelCache.prefetched` the Jobs alone have it. 1.x only: 2.x images document no variable for it, so it is refused there, and with
   * air-gapped credentials, because nothing is downloaded.
   * @default - the authorities in the image
   */
  readonly caBundle?: CaBundle;
  /**
   * TLS on the API port, for callers inside the cluster: probes, monitoring and the front door then speak HTTPS. The certificate is for the
   * names of the Service in front of the NIM. Refused for images 2.2 and newer, whose settings for it NVIDIA does not publish.
   * @default - none: plain HTTP inside the cluster
   */
  readonly internalTls?: InternalTls;
  /**
   * The service mesh that encrypts the way to the pods, in place of `internalTls`: labels or annotations put them into it, and the network
   * policy opens what it needs. The Jobs of `ModelCache.prefetched` stay out.
   * @default - none
   */
  readonly mesh?: ServiceMesh;
  /**
   * What restarts the pods when a certificate, or another Secret or ConfigMap that they read, has changed.
   * @default - nothing: they read it when they start for another reason
   */
  readonly rotationRestart?: RotationRestart;
  /**
   * Upper bound of `/dev/shm`. It counts as memory of the container, so it has to be below the memory limit.
   * @default Size.gibibytes(16) - NVIDIA's `--shm-size=16GB`
   */
  readonly sharedMemorySize?: Size;
  /**
   * Upper bound of `/tmp`.
   * @default Size.gibibytes(4)
   */
  readonly tmpSize?: Size;
  /**
   * The port of the HTTP API, 1024 to 65535, but no port that the generation uses inside the pod.
   * @default 8000
   */
  readonly port?: number;
  /**
   * Whether the API listens on `[::]`: for clusters whose pods have IPv6 addresses alone, or first. With the usual setting of Linux
   * (`net.ipv6.bindv6only=0`) it answers on IPv4 too. 2.x only: 1.x images document no address to listen on, so it is refused there.
   * NVIDIA documents the setting but not this value: try it first.
   * @default false - 2.x listens on IPv4 only (`0.0.0.0`)
   */
  readonly listenOnIpv6?: boolean;
  /**
   * Whether the pods offer Triton's own metrics (port 8002, `/metrics`: queue, requests, batches) to monitoring: the port is
   * declared, and the network policy opens it to `monitoring` alone. No Service has it. 1.x only: 2.x images serve all their
   * metrics on the API port, so it is refused there.
   * @default false - monitoring reaches the API port only, and with it `/v1/metrics`
   */
  readonly tritonMetrics?: boolean;
  /**
   * Where the NIM sends its traces and metrics. 1.x only: 2.x images export none, so it is refused there.
   * @default - nowhere
   */
  readonly openTelemetry?: OpenTelemetry;
  /**
   * How much the NIM logs.
   * @default LogLevel.INFO
   */
  readonly logLevel?: LogLevel;
  /**
   * Whether the NIM logs JSON lines.
   * @default true
   */
  readonly jsonLogs?: boolean;
  /**
   * How many requests may wait before the NIM answers "overloaded". Rate limits at the ingress come first.
   * @default - the NIM's own (1024 on 2.x)
   */
  readonly maxQueueSize?: number;
  /**
   * The NIM's own request timeout. 2.x only: the 1.x images document no such setting, so it is refused there.
   * @default - the NIM's own (120 s on 2.x)
   */
  readonly requestTimeout?: Duration;
  /**
   * How long a pod may take from its start until it is ready: the model download and the load onto the GPU.
   * The Deployment's progress deadline is this plus 30 minutes for scheduling and the image pull.
   * @default Duration.minutes(30) - NVIDIA's chart: 180 probes, 10 s apart
   */
  readonly startupTimeout?: Duration;
  /**
   * How long a pod that has to stop goes on serving before it is told to, so that every proxy can take it out first
   * (`preStop.sleep`). The grace period becomes longer by the same time. Needs Kubernetes 1.30: an older API server
   * drops the field or refuses it.
   * @default - none: the pod is told at once, and proxies that do not know yet get connection errors
   */
  readonly drainDelay?: Duration;
  /**
   * Further literal environment of the NIM. Refused: values that look like credentials, settings of another generation, and
   * variables that the construct sets from its props.
   * @default - none
   */
  readonly env?: Record<string, string>;
  /**
   * Further environment of the NIM from keys of Secrets.
   * @default - none
   */
  readonly secretEnv?: Record<string, SecretValue>;
  /**
   * Containers that run before the NIM.
   * @default - none
   */
  readonly initContainers?: NimInitContainer[];
  /**
   * How far the pod is locked down.
   * @default SecurityProfile.RESTRICTED
   */
  readonly securityProfile?: SecurityProfile;
}

export const NIM_DEPLOYMENT_OPTIONS: PropTable<NimDeploymentOptions> = {
  ...NIM_POD_OPTIONS,
  credentials: required(instanceOf(NgcCredentials)),
  name: optional(text),
  image: optional(instanceOf(ContainerImage)),
  runtime: optional(instanceOf(NimRuntime)),
  replicas: optional(wholeNumber()),
  autoscaling: optional(instanceOf(Autoscaling)),
  gpu: optional(instanceOf(Gpu)),
  resources: optional(containerResources),
  modelCache: optional(instanceOf(ModelCache)),
  caBundle: optional(instanceOf(CaBundle)),
  internalTls: optional(instanceOf(InternalTls)),
  mesh: optional(instanceOf(ServiceMesh)),
  rotationRestart: optional(instanceOf(RotationRestart)),
  sharedMemorySize: optional(size),
  tmpSize: optional(size),
  port: optional(unprivilegedPort),
  listenOnIpv6: optional(flag),
  tritonMetrics: optional(flag),
  openTelemetry: optional(instanceOf(OpenTelemetry)),
  logLevel: optional(enumOf({ LogLevel })),
  jsonLogs: optional(flag),
  maxQueueSize: optional(wholeNumber()),
  requestTimeout: optional(duration),
  startupTimeout: optional(duration),
  drainDelay: optional(duration),
  env: optional(recordOf(text)),
  secretEnv: optional(recordOf(secretValue)),
  initContainers: optional(listOf(struct<NimInitContainer>(NIM_INIT_CONTAINER))),
  securityProfile: optional(instanceOf(SecurityProfile)),
};

/** Props of `NimDeployment`. */
export interface NimDeploymentProps extends NimDeploymentOptions {
  /** The model that the NIM serves. */
  readonly model: NimModel;
  /**
   * URL of a forward proxy for HTTP and HTTPS, without credentials: for the model download.
   * @default - the NIM connects directly
   */
  readonly httpsProxy?: string;
  /**
   * What the NIM reaches without the proxy, beside itself and the Services of the cluster: hosts, domains with a dot before them,
   * addresses and blocks. Refused: `*`, and exceptions without a proxy.
   * @default - none
   */
  readonly noProxy?: string[];
}

export const NIM_DEPLOYMENT_PROPS: PropTable<NimDeploymentProps> = {
  model: required(instanceOf(NimModel, EmbeddingModel)),
  ...NIM_DEPLOYMENT_OPTIONS,
  httpsProxy: optional(text),
  noProxy: optional(listOf(text)),
};
