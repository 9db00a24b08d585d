import { App, Chart, YamlOutputType } from 'cdk8s';
import {
  AlbScheme,
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
    controller: IngressController.awsAlb({
      scheme: AlbScheme.INTERNET_FACING,
      // The rate limit is a rule of this web ACL.
      webAclArn:
        'arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/embeddings/3ab78708-85b0-49d3-b4e1-7a9615a6613b',
      // The public subnets; the load balancer connects to the pods from there.
      loadBalancerSubnets: ['10.0.0.0/20', '10.0.16.0/20', '10.0.32.0/20'],
    }),
    tls: IngressTls.fromAcmCertificate(
      'arn:aws:acm:eu-central-1:123456789012:certificate/12345678-1234-1234-1234-123456789012',
    ),
    // AWS WAF admits all requests of its window at once, so the burst is the rate of a minute.
    rateLimit: RateLimit.perClient({ requestsPerMinute: 600, burst: 600 }),
    authentication: IngressAuthentication.jwt({
      issuer: 'https://login.example.com/',
      jwksUri: 'https://login.example.com/.well-known/jwks.json',
      audiences: ['https://embeddings.example.com'],
    }),
    responseHeaders: { 'X-Content-Type-Options': 'nosniff' },
    acceptUnenforced: [
      { feature: IngressFeature.BODY_SIZE, reason: 'only our own services have tokens, and they send small batches' },
    ],
  },
});

app.synth();
