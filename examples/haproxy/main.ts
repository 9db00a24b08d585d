import { App, Chart, YamlOutputType } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import {
  EmbeddingModel,
  IngressAuthentication,
  IngressController,
  IngressFeature,
  IngressTls,
  NgcCredentials,
  RateLimit,
  TextEmbeddingNim,
} from 'cdk8s-nim';

const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });

const chart = new Chart(app, 'embeddings', { namespace: 'embeddings' });

new TextEmbeddingNim(chart, 'text-embedding', {
  model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2,
  credentials: NgcCredentials.fromSecretNames(chart, 'ngc'),
  ingress: {
    host: 'embeddings.example.com',
    // The pods of the Helm chart; for the plain manifests add podLabels: { run: 'haproxy-ingress' }.
    controller: IngressController.haProxy(),
    tls: IngressTls.fromClusterIssuer('letsencrypt'),
    // 60 requests in a sliding window of three seconds, which is 20 a second in the long run.
    rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 60 }),
    authentication: IngressAuthentication.basic(Secret.fromSecretName(chart, 'users', 'embeddings-users')),
    sourceRanges: ['203.0.113.0/24', '198.51.100.0/24'],
    responseHeaders: { 'X-Content-Type-Options': 'nosniff' },
    acceptUnenforced: [{ feature: IngressFeature.BODY_SIZE, reason: 'only the two offices call, with a password' }],
  },
});

app.synth();
