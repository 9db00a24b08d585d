import { Duration, Size } from 'cdk8s';
import { ConfigMap, Cpu, ServiceAccount } from 'cdk8s-plus-28';
import {
  CaBundle,
  Autoscaling,
  ContainerImage,
  EmbeddingModel,
  Gpu,
  LogLevel,
  ModelCache,
  type NimDeploymentProps,
  type NimInitContainer,
  NimRuntime,
  NimVolume,
  OpenTelemetry,
  Peer,
  RestrictedNamespace,
  RotationRestart,
  ScalingMetric,
  SecurityProfile,
  ServiceMesh,
} from 'cdk8s-nim';
import { INTERNAL_TLS } from '../../support/internal-tls';
import { airGapped, DIGEST, type Given, given, nimDeployment, secretIn, taggedImage } from '../../support/nims';
import { POD, NIM, MODEL_LABEL, PROXY_VARIABLES, type PropRow, type PropRows } from './row';

export type Nim = Given<NimDeploymentProps>;

export function nim(props: Nim, changes: string[], base: Nim = {}): PropRow {
  return {
    without: (chart) => nimDeployment(base, chart),
    with: (chart) => nimDeployment({ ...given(base, chart), ...given(props, chart) }, chart),
    changes,
  };
}

export const container: NimInitContainer = {
  name: 'prepare',
  image: ContainerImage.fromReference('registry.example.com/prepare:1.0.0'),
};

export const NIM_ROWS: Record<string, PropRows> = {
  NimDeploymentOptions: {
    credentials: nim(
      (chart) => ({ credentials: airGapped(chart) }),
      [
        `${NIM}.env[NGC_API_KEY]`,
        `${NIM}.env[NIM_IGNORE_MODEL_DOWNLOAD_FAIL]`,
        'PersistentVolumeClaim metadata.annotations.cdk8s-nim/prerequisite-model',
      ],
    ),
    name: nim({ name: 'other' }, [
      '+Deployment other',
      '+PersistentVolumeClaim other-model-cache',
      '+PodDisruptionBudget other',
      '+ServiceAccount other',
      '-Deployment text-embedding',
      '-PersistentVolumeClaim text-embedding-model-cache',
      '-PodDisruptionBudget text-embedding',
      '-ServiceAccount text-embedding',
    ]),
    image: nim({ image: taggedImage('1.13.1') }, [
      'Deployment metadata.labels.app.kubernetes.io/version',
      'Deployment spec.template.metadata.labels.app.kubernetes.io/version',
      `${NIM}.image`,
    ]),
    runtime: nim(
      { runtime: NimRuntime.NATIVE_2_2 },
      [
        `${NIM}.env[NIM_BIND_ADDR]`,
        `${NIM}.env[NIM_ENGINE_MODEL_DOWNLOAD_PROVIDER]`,
        `${NIM}.env[NIM_MODEL_DOWNLOAD_PROVIDER]`,
        `${NIM}.env[NIM_SERVER_BIND_ADDR]`,
      ],
      {
        image: ContainerImage.fromReference(`registry.example.com/embed@${DIGEST}`),
        runtime: NimRuntime.NATIVE_2_0,
      },
    ),
    replicas: nim(
      { replicas: 3 },
      ['Deployment spec.replicas', `${POD}.affinity`, `${POD}.topologySpreadConstraints`],
      { modelCache: ModelCache.ephemeral() },
    ),
    autoscaling: nim(
      { autoscaling: Autoscaling.horizontal({ maxReplicas: 3, metrics: [ScalingMetric.gpuUtilization(70)] }) },
      [
        '+HorizontalPodAutoscaler text-embedding',
        'Deployment spec.replicas',
        `${POD}.affinity`,
        `${POD}.topologySpreadConstraints`,
      ],
      { modelCache: ModelCache.ephemeral() },
    ),
    gpu: nim({ gpu: Gpu.whole(2) }, [
      `${NIM}.resources.limits.nvidia.com/gpu`,
      `${NIM}.resources.requests.nvidia.com/gpu`,
    ]),
    resources: nim({ resources: { cpu: { limit: Cpu.units(8) }, memory: { request: Size.gibibytes(24) } } }, [
      `${NIM}.resources.limits.cpu`,
      `${NIM}.resources.requests.memory`,
    ]),
    modelCache: nim({ modelCache: ModelCache.ephemeral() }, [
      '-PersistentVolumeClaim text-embedding-model-cache',
      `${NIM}.resources.limits.ephemeral-storage`,
      `${NIM}.resources.requests.ephemeral-storage`,
      `${POD}.volumes[model-cache].emptyDir`,
      `${POD}.volumes[model-cache].persistentVolumeClaim`,
    ]),
    mesh: nim({ mesh: ServiceMesh.istioAmbient() }, [
      'Deployment spec.template.metadata.labels.istio.io/dataplane-mode',
    ]),
    rotationRestart: nim(
      { rotationRestart: RotationRestart.reloader() },
      ['Deployment metadata.annotations.secret.reloader.stakater.com/reload'],
      { internalTls: INTERNAL_TLS },
    ),
    internalTls: nim({ internalTls: INTERNAL_TLS }, [
      `${NIM}.env[NIM_SSL_CERT_PATH]`,
      `${NIM}.env[NIM_SSL_KEY_PATH]`,
      `${NIM}.env[NIM_SSL_MODE]`,
      `${NIM}.livenessProbe.httpGet.scheme`,
      `${NIM}.readinessProbe.httpGet.scheme`,
      `${NIM}.startupProbe.httpGet.scheme`,
      `${NIM}.volumeMounts[internal-tls]`,
      `${POD}.volumes[internal-tls]`,
    ]),
    caBundle: nim(
      (chart) => ({
        caBundle: CaBundle.fromConfigMap(ConfigMap.fromConfigMapName(chart, 'ca', 'corp-ca'), 'ca.crt'),
      }),
      [
        `${NIM}.env[NIM_SDK_USE_NATIVE_TLS]`,
        `${NIM}.env[REQUESTS_CA_BUNDLE]`,
        `${NIM}.env[SSL_CERT_FILE]`,
        `${NIM}.volumeMounts[ca-bundle]`,
        `${POD}.volumes[ca-bundle]`,
      ],
    ),
    sharedMemorySize: nim({ sharedMemorySize: Size.gibibytes(1) }, [
      `${POD}.volumes[shared-memory].emptyDir.sizeLimit`,
    ]),
    tmpSize: nim({ tmpSize: Size.gibibytes(1) }, [
      `${NIM}.resources.limits.ephemeral-storage`,
      `${NIM}.resources.requests.ephemeral-storage`,
      `${POD}.volumes[tmp].emptyDir.sizeLimit`,
    ]),
    port: nim({ port: 9000 }, [`${NIM}.env[NIM_HTTP_API_PORT].value`, `${NIM}.ports[http-api].containerPort`]),
    listenOnIpv6: nim({ listenOnIpv6: true }, [`${NIM}.env[NIM_SERVER_BIND_ADDR].value`], {
      image: taggedImage('2.3.0'),
    }),
    tritonMetrics: nim({ tritonMetrics: true }, [
      `${NIM}.env[NIM_TRITON_METRICS_PORT]`,
      `${NIM}.ports[triton-metrics]`,
    ]),
    openTelemetry: nim({ openTelemetry: OpenTelemetry.otlpHttp('http://10.1.2.3:4318', [Peer.cidr('10.1.2.3/32')]) }, [
      `${NIM}.env[NIM_ENABLE_OTEL]`,
      `${NIM}.env[OTEL_EXPORTER_OTLP_ENDPOINT]`,
      `${NIM}.env[OTEL_METRICS_EXPORTER]`,
      `${NIM}.env[OTEL_SERVICE_NAME]`,
      `${NIM}.env[OTEL_TRACES_EXPORTER]`,
    ]),
    logLevel: nim({ logLevel: LogLevel.DEBUG }, [`${NIM}.env[NIM_LOG_LEVEL].value`]),
    jsonLogs: nim({ jsonLogs: false }, [`${NIM}.env[NIM_JSONL_LOGGING].value`]),
    maxQueueSize: nim({ maxQueueSize: 64 }, [`${NIM}.env[NIM_TRITON_MAX_QUEUE_SIZE]`]),
    requestTimeout: nim(
      { requestTimeout: Duration.seconds(30) },
      [`${NIM}.env[NIM_SERVER_REQUEST_TIMEOUT_S]`, `${POD}.terminationGracePeriodSeconds`],
      { image: taggedImage('2.3.0') },
    ),
    startupTimeout: nim({ startupTimeout: Duration.hours(1) }, [
      'Deployment spec.progressDeadlineSeconds',
      `${NIM}.startupProbe.failureThreshold`,
    ]),
    drainDelay: nim({ drainDelay: Duration.seconds(15) }, [`${NIM}.lifecycle`, `${POD}.terminationGracePeriodSeconds`]),
    env: nim({ env: { EXTRA: 'x' } }, [`${NIM}.env[EXTRA]`]),
    secretEnv: nim(
      (chart) => ({ secretEnv: { EXTRA: { secret: secretIn(chart, 'extra'), key: 'k' } } }),
      [`${NIM}.env[EXTRA]`],
    ),
    initContainers: nim({ initContainers: [container] }, [`${POD}.initContainers`]),
    securityProfile: nim({ securityProfile: SecurityProfile.OPENSHIFT }, [
      `${POD}.securityContext.*`,
      `${NIM}.securityContext.*`,
    ]),
  },
  NimPodOptions: {
    serviceAccount: nim(
      (chart) => ({ serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'account', 'embedder') }),
      ['-ServiceAccount text-embedding', `${POD}.serviceAccountName`],
    ),
    schedulerName: nim({ schedulerName: 'kai-scheduler' }, [`${POD}.schedulerName`]),
    nodeAffinity: nim(
      {
        nodeAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 50, preference: { matchExpressions: [{ key: 'rack', operator: 'Exists' }] } },
          ],
        },
      },
      [`${POD}.affinity.nodeAffinity`],
      { replicas: 2, modelCache: ModelCache.ephemeral() },
    ),
    volumes: nim({ volumes: { settings: NimVolume.emptyDir('/settings', Size.gibibytes(1)) } }, [
      `${NIM}.resources.limits.ephemeral-storage`,
      `${NIM}.resources.requests.ephemeral-storage`,
      `${NIM}.volumeMounts[settings]`,
      `${POD}.volumes[settings]`,
    ]),
    sidecars: nim({ sidecars: [container] }, [`${POD}.initContainers`]),
    podLabels: nim({ podLabels: { 'example.com/team': 'search' } }, [
      'Deployment spec.template.metadata.labels.example.com/team',
    ]),
    runtimeClassName: nim({ runtimeClassName: 'nvidia' }, [`${POD}.runtimeClassName`]),
    priorityClassName: nim({ priorityClassName: 'high' }, [`${POD}.priorityClassName`]),
    nodeSelector: nim({ nodeSelector: { zone: 'a' } }, [`${POD}.nodeSelector`]),
    tolerations: nim({ tolerations: [{ key: 'spot', operator: 'Exists' }] }, [`${POD}.tolerations[1]`]),
    podAnnotations: nim({ podAnnotations: { team: 'search' } }, ['Deployment spec.template.metadata.annotations']),
  },
  NimDeploymentProps: {
    model: nim({ model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_300M_V2 }, [
      'Deployment metadata.annotations.cdk8s-nim/model',
      ...MODEL_LABEL,
      `${NIM}.image`,
    ]),
    httpsProxy: nim({ httpsProxy: 'http://proxy.egress.svc:3128' }, PROXY_VARIABLES),
    noProxy: nim({ noProxy: ['.corp.example'] }, [`${NIM}.env[NO_PROXY].value`, `${NIM}.env[no_proxy].value`], {
      httpsProxy: 'http://proxy.egress.svc:3128',
    }),
  },
  RestrictedNamespaceProps: {
    podSecurityVersion: {
      without: (chart) => new RestrictedNamespace(chart, 'namespace'),
      with: (chart) => new RestrictedNamespace(chart, 'namespace', { podSecurityVersion: 'v1.30' }),
      changes: ['enforce', 'audit', 'warn'].map(
        (mode) => `Namespace metadata.labels.pod-security.kubernetes.io/${mode}-version`,
      ),
    },
  },
};
