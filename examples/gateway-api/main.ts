import { App, Chart, YamlOutputType } from 'cdk8s';
import {
  EmbeddingModel,
  GatewayImplementation,
  HttpMethod,
  IngressAuthentication,
  IngressController,
  IngressFeature,
  IngressPath,
  IngressTls,
  NgcCredentials,
  Peer,
  RateLimit,
  TextEmbeddingNim,
} from 'cdk8s-nim';

const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });

const chart = new Chart(app, 'embeddings', { namespace: 'embeddings' });

const mesh = 'the EnvoyFilter of the platform team limits every route of the Gateway';

new TextEmbeddingNim(chart, 'text-embedding', {
  model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2,
  credentials: NgcCredentials.fromSecretNames(chart, 'ngc'),
  ingress: {
    host: 'embeddings.example.com',
    // The Gateway, its listeners and their certificate belong to the platform team.
    controller: IngressController.gatewayApi({
      implementation: GatewayImplementation.ISTIO,
      gateway: { name: 'public', namespace: 'gateways' },
      proxies: [Peer.pods({ labels: { 'gateway.networking.k8s.io/gateway-name': 'public' }, namespace: 'gateways' })],
    }),
    tls: IngressTls.fromGatewayListener(),
    paths: [IngressPath.exact('/v1/embeddings', [HttpMethod.POST]), IngressPath.exact('/v1/models', [HttpMethod.GET])],
    // Gateway API has no limits and no logins. Each gap is accepted with its reason, which the HTTPRoute carries.
    rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 60 }),
    authentication: IngressAuthentication.none(
      'RequestAuthentication and AuthorizationPolicy on the Gateway ask for a token',
    ),
    acceptUnenforced: [
      { feature: IngressFeature.RATE_PER_SECOND, reason: mesh },
      { feature: IngressFeature.RATE_BURST, reason: mesh },
      { feature: IngressFeature.STATUS_429, reason: mesh },
      { feature: IngressFeature.BODY_SIZE, reason: 'only our own services call, with batches of a known size' },
    ],
  },
});

app.synth();
