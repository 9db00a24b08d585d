// The parts of the benchmark programs: environments with one NIM or many, on the built package.
const { Chart } = require('cdk8s');
const nim = require('cdk8s-nim');

function addChart(app, name) {
  const chart = new Chart(app, name, { namespace: name });
  const credentials = nim.NgcCredentials.fromExternalSecrets(chart, 'ngc', {
    store: nim.SecretStoreRef.cluster('vault'),
    apiKey: { key: 'nvidia/ngc', property: 'api-key' },
  });
  return { chart, credentials };
}

function addNim({ chart, credentials }, name) {
  return new nim.TextEmbeddingNim(chart, name, {
    model: nim.EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2,
    credentials,
    ingress: {
      host: `${name}.${chart.node.id}.example.com`,
      controller: nim.IngressController.f5Nginx(),
      tls: nim.IngressTls.fromClusterIssuer('letsencrypt'),
      rateLimit: nim.RateLimit.perClient({ requestsPerSecond: 20, burst: 60 }),
      authentication: nim.IngressAuthentication.external({ url: 'http://oauth2-proxy.auth.svc/oauth2/auth' }),
    },
  });
}

module.exports = { addChart, addNim };
