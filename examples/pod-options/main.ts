import { App, Chart, Size, YamlOutputType } from 'cdk8s';
import { ConfigMap, Cpu, ServiceAccount } from 'cdk8s-plus-28';
import {
  CaBundle,
  ContainerImage,
  Egress,
  EmbeddingModel,
  NgcCredentials,
  NimVolume,
  Peer,
  TextEmbeddingNim,
} from 'cdk8s-nim';

const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });

const chart = new Chart(app, 'embeddings', { namespace: 'embeddings' });

new TextEmbeddingNim(chart, 'text-embedding', {
  model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2,
  credentials: NgcCredentials.fromSecretNames(chart, 'ngc'),
  clients: [Peer.pods({ labels: { 'app.kubernetes.io/name': 'retriever' }, namespace: 'rag' })],

  // Queue, requests and batches of Triton on port 8002: for Prometheus, and for nobody else.
  tritonMetrics: true,
  monitoring: [Peer.pods({ labels: { 'app.kubernetes.io/name': 'prometheus' }, namespace: 'monitoring' })],

  // The model comes through the proxy of the company; the collector is inside, on its own port.
  egress: Egress.viaProxy(
    'http://proxy.egress.svc.cluster.local:3128',
    [Peer.pods({ labels: { app: 'proxy' }, namespace: 'egress' })],
    { noProxy: ['.corp.example'] },
  ),
  // The proxy inspects TLS: it answers with certificates of the company.
  caBundle: CaBundle.fromConfigMap(ConfigMap.fromConfigMapName(chart, 'authorities', 'authorities'), 'ca-bundle.pem'),
  furtherEgress: Egress.tcpTo(
    [Peer.pods({ labels: { 'app.kubernetes.io/name': 'opentelemetry-collector' }, namespace: 'observability' })],
    [4318],
  ),

  // Where the platform has its own account, scheduler, queues and kinds of nodes.
  serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'account', 'embeddings'),
  schedulerName: 'kai-scheduler',
  podLabels: { 'kai.scheduler/queue': 'search', 'example.com/cost-center': '4711' },
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [
        {
          matchExpressions: [{ key: 'nvidia.com/gpu.product', operator: 'In', values: ['NVIDIA-L40S', 'NVIDIA-H100'] }],
        },
      ],
    },
  },

  // A collector beside the NIM, as locked down as the NIM. The version is an example: write the one that you have tried.
  sidecars: [
    {
      name: 'telemetry',
      image: ContainerImage.fromReference('registry.example.com/otel/opentelemetry-collector:0.140.0'),
      args: ['--config=/etc/telemetry/collector.yaml'],
      resources: {
        cpu: { request: Cpu.millis(50), limit: Cpu.millis(500) },
        memory: { request: Size.mebibytes(128), limit: Size.mebibytes(256) },
        ephemeralStorage: { request: Size.gibibytes(1), limit: Size.gibibytes(1) },
      },
      volumes: {
        'telemetry-queue': NimVolume.emptyDir('/var/lib/telemetry', Size.gibibytes(1)),
        'telemetry-settings': NimVolume.fromConfigMap(
          '/etc/telemetry',
          ConfigMap.fromConfigMapName(chart, 'telemetry-settings', 'telemetry-settings'),
        ),
      },
    },
  ],
});

app.synth();
