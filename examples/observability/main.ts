import { App, Chart, Duration, YamlOutputType } from 'cdk8s';
import {
  EmbeddingModel,
  Guardrails,
  IngressAuthentication,
  IngressController,
  IngressTls,
  NgcCredentials,
  OpenTelemetry,
  Peer,
  RateLimit,
  SecretStoreRef,
  TextEmbeddingNim,
} from 'cdk8s-nim';

const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });

const chart = new Chart(app, 'embeddings', { namespace: 'embeddings' });

new TextEmbeddingNim(chart, 'text-embedding', {
  model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2,
  credentials: NgcCredentials.fromExternalSecrets(chart, 'ngc', {
    store: SecretStoreRef.cluster('vault'),
    apiKey: { key: 'nvidia/ngc', property: 'api-key' },
  }),
  ingress: {
    host: 'embeddings.example.com',
    controller: IngressController.traefik(),
    tls: IngressTls.fromClusterIssuer('letsencrypt'),
    rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 60 }),
    authentication: IngressAuthentication.oauth2Proxy({ namespace: 'auth' }),
  },

  // The pods of Prometheus reach the port of the API and, with tritonMetrics, the one of Triton. Nobody else reaches the second one.
  monitoring: [Peer.pods({ labels: { 'app.kubernetes.io/name': 'prometheus' }, namespace: 'monitoring' })],
  tritonMetrics: true,

  // A PodMonitor, alerts and a dashboard, as the Helm chart kube-prometheus-stack finds them.
  observability: {
    prometheusLabels: { release: 'kube-prometheus-stack' },
    scrapeInterval: Duration.seconds(30),
    runbookUrl: 'https://docs.example.com/nim/alerts',
  },

  // Traces, and once more the metrics, for a collector.
  openTelemetry: OpenTelemetry.otlpHttp('http://collector.observability.svc:4318', [
    Peer.pods({ labels: { 'app.kubernetes.io/name': 'opentelemetry-collector' }, namespace: 'observability' }),
  ]),
});

Guardrails.of(app);
app.synth();
