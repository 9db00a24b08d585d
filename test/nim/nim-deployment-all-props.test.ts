import { Duration, Size } from 'cdk8s';
import {
  ContainerImage,
  Gpu,
  LogLevel,
  ModelCache,
  type NimDeploymentProps,
  NimRuntime,
  SecurityProfile,
} from 'cdk8s-nim';
import { Cpu } from 'cdk8s-plus-28';
import { describe, expect, it } from 'vitest';
import { at, find, inventory } from '../support/manifests';
import { type Given, renderNimDeployment, secretIn } from '../support/nims';
import { restrictedContainer } from '../support/restricted-container';
import { literalsOf, nimOf, podOf, secretRefsOf } from '../support/workload';

describe('a NimDeployment with all props', () => {
  const all: Given<NimDeploymentProps> = (chart) => ({
    name: 'rag-embed',
    image: ContainerImage.fromReference('mirror.example.com/nim/embed:2.3.0'),
    runtime: NimRuntime.NATIVE_2_2,
    replicas: 3,
    gpu: Gpu.mig('1g.10gb'),
    resources: {
      cpu: { request: Cpu.units(8), limit: Cpu.units(8) },
      memory: { request: Size.gibibytes(24), limit: Size.gibibytes(24) },
      ephemeralStorage: { request: Size.gibibytes(64), limit: Size.gibibytes(64) },
    },
    modelCache: ModelCache.ephemeral({ sizeLimit: Size.gibibytes(20) }),
    sharedMemorySize: Size.gibibytes(2),
    tmpSize: Size.gibibytes(1),
    port: 9000,
    logLevel: LogLevel.DEBUG,
    jsonLogs: false,
    maxQueueSize: 64,
    requestTimeout: Duration.seconds(30),
    startupTimeout: Duration.hours(1),
    env: { RAYON_NUM_THREADS: '4' },
    secretEnv: { HF_TOKEN: { secret: secretIn(chart, 'hugging-face'), key: 'token' } },
    initContainers: [
      { name: 'check', image: ContainerImage.fromReference('mirror.example.com/check:1.0.0'), withModelCache: true },
    ],
    securityProfile: SecurityProfile.RESTRICTED,
    runtimeClassName: 'nvidia',
    priorityClassName: 'inference',
    nodeSelector: { 'nvidia.com/gpu.product': 'NVIDIA-L40S' },
    tolerations: [{ key: 'dedicated', operator: 'Equal', value: 'inference', effect: 'NoSchedule' }],
    podAnnotations: { 'example.com/team': 'search' },
    httpsProxy: 'http://proxy.egress.svc:3128',
    noProxy: ['.corp.example'],
  });
  const objects = renderNimDeployment(all);
  const pod = podOf(objects);
  const nim = nimOf(objects);

  it('puts the workload together as asked', () => {
    expect(inventory(objects)).toEqual([
      'Deployment rag-embed',
      'PodDisruptionBudget rag-embed',
      'ServiceAccount rag-embed',
    ]);
    const deployment = find(objects, 'Deployment');
    expect(at(deployment, 'spec.replicas')).toBe(3);
    expect(at(deployment, 'spec.progressDeadlineSeconds')).toBe(3600 + 1800);
    expect(at(deployment, 'spec.template.metadata.annotations')).toEqual({ 'example.com/team': 'search' });
    expect(pod).toMatchObject({
      serviceAccountName: 'rag-embed',
      runtimeClassName: 'nvidia',
      priorityClassName: 'inference',
      nodeSelector: { 'nvidia.com/gpu.product': 'NVIDIA-L40S' },
      tolerations: [
        { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' },
        { key: 'dedicated', operator: 'Equal', value: 'inference', effect: 'NoSchedule' },
      ],
      terminationGracePeriodSeconds: 40,
    });
  });

  it('configures the NIM as asked', () => {
    expect(nim.image).toBe('mirror.example.com/nim/embed:2.3.0');
    expect(literalsOf(nim)).toEqual({
      NIM_SERVER_BIND_ADDR: '0.0.0.0:9000',
      RUST_LOG: 'debug',
      LOG_FORMAT: 'pretty',
      NIM_ENGINE_MODEL_DOWNLOAD_PROVIDER: 'ngc',
      NIM_SERVER_MAX_QUEUE_SIZE: '64',
      NIM_SERVER_REQUEST_TIMEOUT_S: '30',
      HTTP_PROXY: 'http://proxy.egress.svc:3128',
      HTTPS_PROXY: 'http://proxy.egress.svc:3128',
      NO_PROXY: 'localhost,127.0.0.1,.svc,.cluster.local,.corp.example',
      http_proxy: 'http://proxy.egress.svc:3128',
      https_proxy: 'http://proxy.egress.svc:3128',
      no_proxy: 'localhost,127.0.0.1,.svc,.cluster.local,.corp.example',
      RAYON_NUM_THREADS: '4',
    });
    expect(secretRefsOf(nim)).toEqual({
      NGC_API_KEY: 'ngc-api-secret/NGC_API_KEY',
      HF_TOKEN: 'hugging-face/token',
    });
    expect(nim.ports).toEqual([{ name: 'http-api', containerPort: 9000, protocol: 'TCP' }]);
    expect(nim.startupProbe).toMatchObject({ failureThreshold: 360, periodSeconds: 10 });
    expect(nim.resources).toEqual({
      requests: { cpu: '8', memory: '24Gi', 'ephemeral-storage': '64Gi', 'nvidia.com/mig-1g.10gb': '1' },
      limits: { cpu: '8', memory: '24Gi', 'ephemeral-storage': '64Gi', 'nvidia.com/mig-1g.10gb': '1' },
    });
    expect(pod.volumes).toEqual([
      { name: 'model-cache', emptyDir: { sizeLimit: '20Gi' } },
      { name: 'scratch-0', emptyDir: { sizeLimit: '4Gi' } },
      { name: 'tmp', emptyDir: { sizeLimit: '1Gi' } },
      { name: 'shared-memory', emptyDir: { medium: 'Memory', sizeLimit: '2Gi' } },
    ]);
    expect(pod.initContainers?.map(({ name }) => name)).toEqual(['check']);
  });

  it('spreads its replicas over nodes and zones', () => {
    const labelSelector = {
      matchLabels: { 'app.kubernetes.io/name': 'text-embedding-nim', 'app.kubernetes.io/instance': 'rag-embed' },
    };
    expect(at(pod, 'affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution')).toEqual([
      { weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector } },
    ]);
    expect(pod['topologySpreadConstraints']).toEqual(
      ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => ({
        topologyKey,
        maxSkew: 1,
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector,
      })),
    );
  });

  it('locks every container down', () => {
    for (const container of [nim, ...(pod.initContainers ?? [])]) {
      expect(container['securityContext']).toEqual(restrictedContainer);
    }
  });
});
