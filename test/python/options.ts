// A program with the options that no example uses. `options.py` is the same in Python: CI compares what both render.
import { App, Chart, Duration, Size, YamlOutputType } from 'cdk8s';
import { ConfigMap, Cpu, Secret, ServiceAccount } from 'cdk8s-plus-28';
import {
  ClientAddress,
  ClusterDns,
  ContainerImage,
  Egress,
  EmbeddingModel,
  Gpu,
  IngressAuthentication,
  IngressController,
  IngressTls,
  LogLevel,
  ModelCache,
  NgcCredentials,
  NimRuntime,
  NimVolume,
  Peer,
  RateLimit,
  RestrictedService,
  SecretStoreRef,
  TextEmbeddingNim,
} from 'cdk8s-nim';

const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
const chart = new Chart(app, 'options', { namespace: 'options' });
const proxy = Peer.pods({ labels: { app: 'proxy' }, namespace: 'egress' });

new TextEmbeddingNim(chart, 'embedding', {
  model: EmbeddingModel.custom({
    id: 'example/embed',
    image: ContainerImage.fromReference('registry.example.com/embed:2.3.0'),
    maxTokens: 1000,
    dimensions: 10,
    acceptsImages: true,
    minGpuMemory: Size.gibibytes(8),
  }),
  credentials: NgcCredentials.fromExternalSecrets(chart, 'ngc', {
    store: SecretStoreRef.namespaced('team-store'),
    apiKey: { key: 'nvidia/ngc' },
    dockerConfig: { key: 'registry/pull', property: 'dockerconfigjson' },
  }),
  name: 'embed',
  runtime: NimRuntime.NATIVE_2_2,
  replicas: 2,
  gpu: Gpu.mig('1g.10gb', 2),
  resources: {
    cpu: { request: Cpu.units(2), limit: Cpu.millis(4500) },
    memory: { request: Size.gibibytes(24), limit: Size.mebibytes(30_000) },
  },
  modelCache: ModelCache.ephemeral({ sizeLimit: Size.gibibytes(30) }),
  sharedMemorySize: Size.gibibytes(1),
  tmpSize: Size.mebibytes(512),
  port: 9000,
  logLevel: LogLevel.DEBUG,
  jsonLogs: false,
  requestTimeout: Duration.minutes(2),
  startupTimeout: Duration.hours(1),
  env: { EXTRA: 'x' },
  secretEnv: { MORE: { secret: Secret.fromSecretName(chart, 'more', 'more'), key: 'k' } },
  initContainers: [
    {
      name: 'prepare',
      image: ContainerImage.fromReference('registry.example.com/prepare:1.0.0'),
      command: ['prepare'],
      args: ['--fast'],
      env: { MODE: 'fast' },
      resources: { cpu: { limit: Cpu.units(2) } },
      pullSecrets: [Secret.fromSecretName(chart, 'mirror', 'mirror')],
      withModelCache: true,
    },
  ],
  serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'account', 'embedder'),
  schedulerName: 'kai-scheduler',
  nodeSelector: { zone: 'a' },
  nodeAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: [
      { weight: 50, preference: { matchExpressions: [{ key: 'rack', operator: 'Exists' }] } },
    ],
  },
  tolerations: [{ key: 'spot', operator: 'Exists' }],
  volumes: {
    settings: NimVolume.fromConfigMap('/settings', ConfigMap.fromConfigMapName(chart, 'settings', 'settings')),
  },
  podLabels: { 'example.com/team': 'search' },
  podAnnotations: { team: 'search' },
  dns: ClusterDns.custom([Peer.cidr('10.0.0.10/32')], 5353),
  egress: Egress.of([Egress.httpsTo([Peer.cidr('203.0.113.0/24')]), Egress.tcpTo([proxy], [3128, 3129])]),
  clients: [proxy],
});

const second = new TextEmbeddingNim(chart, 'second', {
  model: EmbeddingModel.NV_EMBEDQA_E5_V5,
  credentials: NgcCredentials.fromSecretNames(chart, 'names', { apiKeySecretName: 'key', apiKeySecretKey: 'K' }),
  ingress: {
    host: 'embed.example.com',
    controller: IngressController.f5Nginx({ namespace: 'edge', podLabels: { app: 'edge' } }),
    tls: IngressTls.fromIssuer('team'),
    rateLimit: RateLimit.perClient({ requestsPerMinute: 600, burst: 20 }),
    clientAddress: ClientAddress.proxyProtocol(),
    authentication: IngressAuthentication.basic(Secret.fromSecretName(chart, 'users', 'users')),
  },
});
new RestrictedService(chart, 'other', { pods: second.deployment, name: 'other', clients: [proxy] });

app.synth();
