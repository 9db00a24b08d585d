import { App, Chart, YamlOutputType } from 'cdk8s';
import {
  ClientAddress,
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
    // Three replicas of Traefik that count together, in Redis.
    controller: IngressController.traefik({ redis: { endpoints: ['redis.traefik.svc.cluster.local:6379'] } }),
    tls: IngressTls.fromClusterIssuer('letsencrypt'),
    rateLimit: RateLimit.perClient({
      requestsPerSecond: 20,
      burst: 60,
      concurrentConnections: 10,
      scope: RateLimitScope.CLUSTER,
    }),
    // One load balancer stands in front of Traefik and writes X-Forwarded-For.
    clientAddress: ClientAddress.forwardedFor(1),
    sourceRanges: ['203.0.113.0/24', '2001:db8:10::/48'],
    authentication: IngressAuthentication.external({
      url: 'http://oauth2-proxy.auth.svc.cluster.local/oauth2/auth',
      responseHeaders: ['X-Auth-Request-User'],
    }),
    responseHeaders: { 'X-Content-Type-Options': 'nosniff' },
  },
});

app.synth();
