import { App, Chart, YamlOutputType } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import {
  EmbeddingModel,
  HttpMethod,
  IngressAuthentication,
  IngressController,
  IngressPath,
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
    // The Gateway, its listeners and their certificate belong to the platform team.
    controller: IngressController.envoyGateway({
      gateway: { name: 'public', namespace: 'gateways', listener: 'https', httpListener: 'http' },
    }),
    tls: IngressTls.fromGatewayListener(),
    paths: [IngressPath.exact('/v1/embeddings', [HttpMethod.POST]), IngressPath.exact('/v1/models', [HttpMethod.GET])],
    // Envoy Gateway admits the rate of a whole period at once, so the burst is the rate.
    rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 20, header: 'X-Api-Key' }),
    authentication: IngressAuthentication.apiKey(Secret.fromSecretName(chart, 'api-keys', 'embeddings-api-keys')),
    sourceRanges: ['203.0.113.0/24', '2001:db8:10::/48'],
    responseHeaders: { 'X-Content-Type-Options': 'nosniff' },
  },
});

app.synth();
