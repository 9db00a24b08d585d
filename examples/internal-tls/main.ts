import { App, Chart, YamlOutputType } from 'cdk8s';
import {
  EmbeddingModel,
  IngressAuthentication,
  IngressController,
  IngressTls,
  InternalTls,
  NgcCredentials,
  Peer,
  RateLimit,
  RotationRestart,
  TextEmbeddingNim,
} from 'cdk8s-nim';

const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });

const chart = new Chart(app, 'embeddings', { namespace: 'embeddings' });

new TextEmbeddingNim(chart, 'text-embedding', {
  model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2,
  credentials: NgcCredentials.fromSecretNames(chart, 'ngc'),

  // From Traefik, and from clients inside, to the pods: a certificate of the company's own authority.
  internalTls: InternalTls.fromCertManager({ clusterIssuer: 'internal-ca' }),
  // A NIM reads its certificate when it starts.
  rotationRestart: RotationRestart.reloader(),
  clients: [Peer.pods({ labels: { 'app.kubernetes.io/name': 'retriever' }, namespace: 'rag' })],

  // From outside to Traefik: a certificate that everybody knows.
  ingress: {
    host: 'embeddings.example.com',
    controller: IngressController.traefik(),
    tls: IngressTls.fromClusterIssuer('letsencrypt'),
    rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 60 }),
    authentication: IngressAuthentication.oauth2Proxy({ namespace: 'auth' }),
  },
});

app.synth();
