import { App, Chart, YamlOutputType } from 'cdk8s';
import {
  ClusterDns,
  EmbeddingModel,
  IngressAuthentication,
  IngressController,
  IngressFeature,
  IngressTls,
  NgcCredentials,
  RateLimit,
  SecurityProfile,
  TextEmbeddingNim,
} from 'cdk8s-nim';

const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });

const chart = new Chart(app, 'embeddings', { namespace: 'embeddings' });

new TextEmbeddingNim(chart, 'text-embedding', {
  model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2,
  securityProfile: SecurityProfile.OPENSHIFT,
  credentials: NgcCredentials.fromSecretNames(chart, 'ngc'),
  // The name servers of OpenShift: without this the NIM finds no name, and cannot download its model.
  dns: ClusterDns.OPENSHIFT,
  ingress: {
    host: 'embeddings.apps.example.com',
    controller: IngressController.openShiftRoute(),
    tls: IngressTls.fromClusterIssuer('letsencrypt'),
    // The router counts over ten seconds, and the requests of ten seconds may come at once.
    rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 200, concurrentConnections: 16 }),
    authentication: IngressAuthentication.none('reachable from the office network only, see sourceRanges'),
    sourceRanges: ['203.0.113.0/24'],
    acceptUnenforced: [
      { feature: IngressFeature.BODY_SIZE, reason: 'the callers are our own batch jobs' },
      { feature: IngressFeature.STATUS_429, reason: 'the callers retry closed connections' },
    ],
  },
});

app.synth();
