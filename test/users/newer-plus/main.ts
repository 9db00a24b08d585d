// A team whose app is made by `cdk8s init typescript-app`, which brings cdk8s-plus-33: its own pods call the NIM.
import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-33';
import * as nim from 'cdk8s-nim';

const app = new App();
const rag = new Chart(app, 'rag', { namespace: 'rag' });
const retriever = new kplus.Deployment(rag, 'retriever', {
  containers: [{ image: 'registry.example.com/retriever:1.0.0' }],
});

const chart = new Chart(app, 'production', { namespace: 'embeddings' });
const embedding = new nim.TextEmbeddingNim(chart, 'text-embedding', {
  model: nim.EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2,
  credentials: nim.NgcCredentials.fromSecretNames(chart, 'ngc'),
  clients: [nim.Peer.fromCdk8sPlus(retriever)],
  monitoring: [
    nim.Peer.fromCdk8sPlus(
      kplus.Pods.select(chart, 'prometheus', {
        labels: { 'app.kubernetes.io/name': 'prometheus' },
        namespaces: kplus.Namespaces.select(chart, 'monitoring', { labels: { team: 'monitoring' } }),
      }),
    ),
  ],
  ingress: {
    host: 'embeddings.example.com',
    controller: nim.IngressController.traefik(),
    tls: nim.IngressTls.fromSecret(kplus.Secret.fromSecretName(chart, 'tls', 'embeddings-tls')),
    rateLimit: nim.RateLimit.perClient({ requestsPerSecond: 20, burst: 60 }),
    authentication: nim.IngressAuthentication.oauth2Proxy({ namespace: 'auth' }),
  },
});
retriever.connections.allowTo(embedding.deployment as never, { isolation: kplus.PodConnectionsIsolation.POD });

app.synth();
