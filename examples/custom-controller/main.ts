import { App, Chart, YamlOutputType } from 'cdk8s';
import {
  EmbeddingModel,
  Guardrails,
  IngressAuthentication,
  IngressController,
  IngressTls,
  NgcCredentials,
  RateLimit,
  TextEmbeddingNim,
} from 'cdk8s-nim';
import { CompanyEdge } from './company-edge';

const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });

const chart = new Chart(app, 'embeddings', { namespace: 'embeddings' });

const edge = new CompanyEdge();

new TextEmbeddingNim(chart, 'text-embedding', {
  model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2,
  credentials: NgcCredentials.fromSecretNames(chart, 'ngc'),
  ingress: {
    host: 'embeddings.example.com',
    controller: IngressController.custom(edge),
    tls: IngressTls.fromClusterIssuer('letsencrypt'),
    rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 60 }),
    authentication: IngressAuthentication.external({ url: 'http://authn.auth.svc.cluster.local/check' }),
    sourceRanges: ['203.0.113.0/24'],
  },
});

// With what the objects of the controller say, the guardrails judge its front doors like any other.
Guardrails.of(app, { controllers: [edge.language], strict: true });

app.synth();
