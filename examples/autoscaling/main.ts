import { App, Chart, Duration, YamlOutputType } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-28';
import {
  Autoscaling,
  EmbeddingModel,
  IngressAuthentication,
  IngressController,
  IngressTls,
  KedaAuthentication,
  KedaAuthMode,
  ModelCache,
  NgcCredentials,
  Peer,
  RateLimit,
  ScalingMetric,
  TextEmbeddingNim,
} from 'cdk8s-nim';

const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });

const chart = new Chart(app, 'embeddings', { namespace: 'embeddings' });

const credentials = NgcCredentials.fromSecretNames(chart, 'ngc');
const model = EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2;
// Filled once, and mounted by every pod: a new one downloads nothing.
const modelCache = ModelCache.prefetched(ModelCache.claim({ accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY }));

// Queries of people: never without pods, and more of them before the GPUs are full.
new TextEmbeddingNim(chart, 'queries', {
  model,
  credentials,
  modelCache,
  drainDelay: Duration.seconds(15),
  clients: [Peer.pods({ labels: { 'app.kubernetes.io/name': 'retriever' }, namespace: 'rag' })],
  autoscaling: Autoscaling.horizontal({
    minReplicas: 2,
    maxReplicas: 6,
    metrics: [ScalingMetric.gpuUtilization(60)],
  }),
});

/** As Traefik calls the Service of `documents`. */
const SERVICE = 'embeddings-documents-http-api@kubernetes';

// Batches of documents: no pod while there are none.
new TextEmbeddingNim(chart, 'documents', {
  model,
  credentials,
  modelCache,
  drainDelay: Duration.seconds(15),
  autoscaling: Autoscaling.keda({
    minReplicas: 0,
    maxReplicas: 4,
    metrics: [
      // Traefik's routers count without pods too. They also count what login and limit refuse, so each status is asked for:
      // what a pod has answered,
      ScalingMetric.requestRate('traefik_router_requests_total', 10, { service: SERVICE, code: '200' }),
      // and what was let in and found no pod (it starts the first one), or pods with a full queue.
      ScalingMetric.requestRate('traefik_router_requests_total', 10, { service: SERVICE, code: '503' }),
      ScalingMetric.gpuUtilization(90),
    ],
    scaleDownStabilization: Duration.minutes(15),
    prometheus: {
      serverAddress: 'http://prometheus.monitoring.svc:9090',
      authentication: KedaAuthentication.cluster('prometheus', [KedaAuthMode.BEARER]),
    },
  }),
  ingress: {
    host: 'documents.example.com',
    controller: IngressController.traefik(),
    tls: IngressTls.fromClusterIssuer('letsencrypt'),
    rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 60 }),
    authentication: IngressAuthentication.oauth2Proxy({ namespace: 'auth' }),
  },
});

app.synth();
