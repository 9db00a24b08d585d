// A program of another team, as an ES module: it knows only the published package.
import { App, Chart } from 'cdk8s';
import {
  EmbeddingModel,
  IngressAuthentication,
  IngressController,
  IngressTls,
  NgcCredentials,
  RateLimit,
  SecretStoreRef,
  TextEmbeddingNim,
} from 'cdk8s-nim';

const app = new App();
const chart = new Chart(app, 'production', { namespace: 'embeddings' });

const credentials = NgcCredentials.fromExternalSecrets(chart, 'ngc', {
  store: SecretStoreRef.cluster('vault'),
  apiKey: { key: 'nvidia/ngc', property: 'api-key' },
});

new TextEmbeddingNim(chart, 'text-embedding', {
  model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2,
  credentials,
  ingress: {
    host: 'embeddings.example.com',
    controller: IngressController.f5Nginx(),
    tls: IngressTls.fromClusterIssuer('letsencrypt'),
    rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 60 }),
    authentication: IngressAuthentication.external({ url: 'http://oauth2-proxy.auth.svc/oauth2/auth' }),
  },
});

app.synth();
