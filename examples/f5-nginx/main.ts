import { App, Chart, YamlOutputType } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import {
  EmbeddingModel,
  IngressAuthentication,
  IngressController,
  IngressTls,
  NgcCredentials,
  RateLimit,
  RateLimitScope,
  TextEmbeddingNim,
} from 'cdk8s-nim';

const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });

const chart = new Chart(app, 'embeddings', { namespace: 'embeddings' });

new TextEmbeddingNim(chart, 'text-embedding', {
  model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2,
  credentials: NgcCredentials.fromSecretNames(chart, 'ngc'),
  ingress: {
    host: 'embeddings.example.com',
    controller: IngressController.f5Nginx(),
    tls: IngressTls.fromClusterIssuer('letsencrypt'),
    // The controller divides the rate by the number of its replicas.
    rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 60, scope: RateLimitScope.CLUSTER }),
    authentication: IngressAuthentication.clientCertificates(
      Secret.fromSecretName(chart, 'client-authority', 'embeddings-client-ca'),
    ),
    sourceRanges: ['203.0.113.0/24', '2001:db8:10::/48'],
    responseHeaders: { 'X-Content-Type-Options': 'nosniff' },
  },
});

app.synth();
