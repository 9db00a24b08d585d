import { App, Chart, Duration, Size } from 'cdk8s';
import { ConfigMap, Namespaces, PersistentVolumeClaim, Pods, Secret, ServiceAccount } from 'cdk8s-plus-28';
import { describe, expect, it } from 'vitest';
import {
  CaBundle,
  Autoscaling,
  ContainerImage,
  EmbeddingModel,
  Egress,
  Gpu,
  Guardrails,
  IngressAuthentication,
  IngressController,
  IngressFeature,
  IngressPath,
  IngressTls,
  ModelCache,
  NgcCredentials,
  NimVolume,
  OpenTelemetry,
  type ObservabilityOptions,
  Peer,
  RateLimit,
  RestrictedNamespace,
  ScalingMetric,
  type SecureIngressOptions,
  SecretStoreRef,
  TextEmbeddingNim,
  type TextEmbeddingNimProps,
} from 'cdk8s-nim';
import { credentialsOf, ingressOptions } from '../support/nims';

const CANARY = 'canary0123456789';

/** A credential in one of its shapes, as somebody could paste it. */
const CREDENTIALS = [
  `nvapi-${CANARY}`,
  `x nvapi-${CANARY} y`,
  `{"auths":{"nvcr.io":{"password":"${CANARY}"}}}`,
  `https://user:${CANARY}@example.com/path`,
  `-----BEGIN PRIVATE KEY-----${CANARY}`,
];

type Build = (text: string, chart: Chart) => void;

function nim(props: (text: string, chart: Chart) => Partial<TextEmbeddingNimProps>): Build {
  return (text, chart) => {
    new TextEmbeddingNim(chart, 'nim', {
      model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2,
      credentials: credentialsOf(chart),
      ...props(text, chart),
    });
  };
}

function ingress(options: (text: string, chart: Chart) => Partial<SecureIngressOptions>): Build {
  return nim((text, chart) => ({ ingress: { ...ingressOptions(chart), ...options(text, chart) } }));
}

const secret = (chart: Chart, name: string): ReturnType<typeof Secret.fromSecretName> =>
  Secret.fromSecretName(chart, 'secret', name);
const image = ContainerImage.fromReference('registry.example.com/prepare:1.0.0');

function scaled(metric: ScalingMetric): Partial<TextEmbeddingNimProps> {
  return {
    autoscaling: Autoscaling.horizontal({ maxReplicas: 2, metrics: [metric] }),
    modelCache: ModelCache.ephemeral(),
  };
}

function watched(options: (text: string) => ObservabilityOptions): Build {
  const monitoring = [Peer.pods({ labels: { app: 'prometheus' } })];
  return nim((text) => ({ monitoring, observability: options(text) }));
}

/** Every text that the public API takes. */
const TEXTS: Record<string, Build> = {
  'NIM name': nim((name) => ({ name })),
  'image reference': nim((text) => ({ image: ContainerImage.fromReference(text) })),
  'image repository': nim((text) => ({ image: ContainerImage.fromReference(`registry.example.com/${text}:1.13.0`) })),
  'image tag': nim((text) => ({ image: ContainerImage.fromReference(`registry.example.com/nim:${text}`) })),
  'model id': nim((id) => ({ model: EmbeddingModel.custom({ id, image, maxTokens: 512, dimensions: 1024 }) })),
  'GPU resource': nim((text) => ({ gpu: Gpu.resource(text) })),
  'claim template': nim((text) => ({ gpu: Gpu.fromResourceClaimTemplate(text) })),
  'MIG profile': nim((text) => ({ gpu: Gpu.mig(text) })),
  'storage class': nim((storageClassName) => ({ modelCache: ModelCache.claim({ storageClassName }) })),
  'claim name': nim((text, chart) => ({
    modelCache: ModelCache.existingClaim(PersistentVolumeClaim.fromClaimName(chart, 'claim', text)),
  })),
  'name of a metric': nim((text) => scaled(ScalingMetric.requestRate(text, 20))),
  'label key of a metric': nim((text) => scaled(ScalingMetric.requestRate('requests', 20, { [text]: 'x' }))),
  'label value of a metric': nim((text) => scaled(ScalingMetric.requestRate('requests', 20, { host: text }))),
  'env name': nim((text) => ({ env: { [text]: 'x' } })),
  'env value': nim((text) => ({ env: { EXTRA: text } })),
  'secretEnv name': nim((text, chart) => ({ secretEnv: { [text]: { secret: secret(chart, 's'), key: 'k' } } })),
  'secretEnv Secret': nim((text, chart) => ({ secretEnv: { EXTRA: { secret: secret(chart, text), key: 'k' } } })),
  'secretEnv key': nim((key, chart) => ({ secretEnv: { EXTRA: { secret: secret(chart, 's'), key } } })),
  'mount path': nim((text) => ({ volumes: { a: NimVolume.emptyDir(`/${text}`, Size.gibibytes(1)) } })),
  'volume name': nim((text) => ({ volumes: { [text]: NimVolume.emptyDir('/a', Size.gibibytes(1)) } })),
  'volume Secret': nim((text, chart) => ({ volumes: { a: NimVolume.fromSecret('/a', secret(chart, text)) } })),
  'CA bundle ConfigMap': nim((text, chart) => ({
    caBundle: CaBundle.fromConfigMap(ConfigMap.fromConfigMapName(chart, 'ca', text), 'ca.crt'),
  })),
  'CA bundle key': nim((key, chart) => ({
    caBundle: CaBundle.fromConfigMap(ConfigMap.fromConfigMapName(chart, 'ca', 'corp-ca'), key),
  })),
  'telemetry endpoint': nim((text) => ({ openTelemetry: OpenTelemetry.otlpHttp(text, [Peer.cidr('10.1.2.3/32')]) })),
  'sidecar env': nim((text) => ({ sidecars: [{ name: 'a', image, env: { EXTRA: text } }] })),
  'sidecar args': nim((text) => ({ sidecars: [{ name: 'a', image, args: [text] }] })),
  'init container name': nim((name) => ({ initContainers: [{ name, image }] })),
  'init container command': nim((text) => ({ initContainers: [{ name: 'a', image, command: [text] }] })),
  'init container args': nim((text) => ({ initContainers: [{ name: 'a', image, args: [text] }] })),
  'init container env': nim((text) => ({ initContainers: [{ name: 'a', image, env: { EXTRA: text } }] })),
  'init container pull secret': nim((text, chart) => ({
    initContainers: [{ name: 'a', image, pullSecrets: [secret(chart, text)] }],
  })),
  'Prometheus label key': watched((text) => ({ prometheusLabels: { [text]: 'x' } })),
  'Prometheus label value': watched((text) => ({ prometheusLabels: { release: text } })),
  'dashboard label value': watched((text) => ({ dashboardLabels: { grafana: text } })),
  'runbook URL': watched((runbookUrl) => ({ runbookUrl })),
  runtimeClassName: nim((runtimeClassName) => ({ runtimeClassName })),
  priorityClassName: nim((priorityClassName) => ({ priorityClassName })),
  'nodeSelector key': nim((text) => ({ nodeSelector: { [text]: 'x' } })),
  'nodeSelector value': nim((text) => ({ nodeSelector: { zone: text } })),
  'toleration key': nim((key) => ({ tolerations: [{ key }] })),
  'toleration value': nim((value) => ({ tolerations: [{ key: 'a', value }] })),
  'pod label key': nim((text) => ({ podLabels: { [text]: 'x' } })),
  'pod label value': nim((text) => ({ podLabels: { team: text } })),
  'service account': nim((text, chart) => ({
    serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'account', text),
  })),
  'scheduler name': nim((schedulerName) => ({ schedulerName })),
  'node affinity': nim((text) => ({
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'zone', operator: 'In', values: [text] }] }],
      },
    },
  })),
  'pod annotation key': nim((text) => ({ podAnnotations: { [text]: 'x' } })),
  'pod annotation value': nim((text) => ({ podAnnotations: { note: text } })),
  'proxy URL': nim((url, chart) => ({
    egress: Egress.viaProxy(url, [Pods.select(chart, 'p', { labels: { a: 'b' } })]),
  })),
  'proxy exception': nim((text) => ({
    egress: Egress.viaProxy('http://proxy:3128', [Peer.cidr('10.0.0.0/24')], { noProxy: [text] }),
  })),
  'peer label': nim((text, chart) => ({ clients: [Pods.select(chart, 'p', { labels: { app: text } })] })),
  'peer namespace': nim((text, chart) => ({ clients: [Namespaces.select(chart, 'p', { names: [text] })] })),
  host: ingress((host) => ({ host })),
  path: ingress((text) => ({ paths: [IngressPath.exact(text)] })),
  'source range': ingress((text) => ({ sourceRanges: [text] })),
  'response header name': ingress((text) => ({ responseHeaders: { [text]: 'x' } })),
  'response header value': ingress((text) => ({ responseHeaders: { 'X-Note': text } })),
  'reason to go without a feature': ingress((reason) => ({
    rateLimit: RateLimit.perClient({ requestsPerSecond: 1, burst: 1, concurrentConnections: 1 }),
    acceptUnenforced: [{ feature: IngressFeature.CONCURRENT_CONNECTIONS, reason }],
  })),
  'reason for no authentication': ingress((text) => ({ authentication: IngressAuthentication.none(text) })),
  'authentication URL': ingress((url) => ({ authentication: IngressAuthentication.external({ url }) })),
  'authentication header': ingress((text) => ({
    controller: IngressController.traefik(),
    authentication: IngressAuthentication.external({ url: 'http://a.b.svc/c', responseHeaders: [text] }),
  })),
  'oauth2-proxy namespace': ingress((namespace) => ({
    authentication: IngressAuthentication.oauth2Proxy({ namespace }),
  })),
  'oauth2-proxy Service': ingress((serviceName) => ({
    authentication: IngressAuthentication.oauth2Proxy({ namespace: 'a', serviceName }),
  })),
  'basic Secret': ingress((text, chart) => ({ authentication: IngressAuthentication.basic(secret(chart, text)) })),
  'client CA Secret': ingress((text, chart) => ({
    authentication: IngressAuthentication.clientCertificates(secret(chart, text)),
  })),
  'JWT issuer': ingress((issuer) => ({
    authentication: IngressAuthentication.jwt({ issuer, jwksUri: 'https://a.example.com', audiences: ['a'] }),
  })),
  'JWT keys': ingress((jwksUri) => ({
    authentication: IngressAuthentication.jwt({ issuer: 'https://a.example.com', jwksUri, audiences: ['a'] }),
  })),
  'JWT audience': ingress((text) => ({
    controller: IngressController.envoyGateway({
      gateway: { name: 'g', namespace: 'g', listener: 'h', httpListener: 'i' },
    }),
    tls: IngressTls.fromGatewayListener(),
    rateLimit: RateLimit.perClient({ requestsPerSecond: 5, burst: 5 }),
    authentication: IngressAuthentication.jwt({
      issuer: 'https://a.example.com',
      jwksUri: 'https://a.example.com',
      audiences: [text],
    }),
  })),
  'API key header': ingress((header, chart) => ({
    authentication: IngressAuthentication.apiKey(secret(chart, 's'), { header }),
  })),
  'rate limit header': ingress((header) => ({
    rateLimit: RateLimit.perClient({ requestsPerSecond: 1, burst: 1, header }),
  })),
  'certificate Secret': ingress((text, chart) => ({ tls: IngressTls.fromSecret(secret(chart, text)) })),
  'certificate ARN': ingress((text) => ({ tls: IngressTls.fromAcmCertificate(text) })),
  'certificate issuer': ingress((text) => ({ tls: IngressTls.fromClusterIssuer(text) })),
  'issued Secret': ingress((secretName) => ({
    tls: IngressTls.fromIssuer('a', { secretName, duration: Duration.days(1) }),
  })),
  'controller version': ingress((version) => ({ controller: IngressController.f5Nginx({ version }) })),
  'controller class': ingress((ingressClassName) => ({ controller: IngressController.f5Nginx({ ingressClassName }) })),
  'controller namespace': ingress((namespace) => ({ controller: IngressController.f5Nginx({ namespace }) })),
  'controller label': ingress((text) => ({ controller: IngressController.f5Nginx({ podLabels: { app: text } }) })),
  'store name': (text, chart) => {
    NgcCredentials.fromExternalSecrets(chart, 'ngc', { store: SecretStoreRef.cluster(text), apiKey: { key: 'a' } });
  },
  'remote key': (key, chart) => {
    NgcCredentials.fromExternalSecrets(chart, 'ngc', { store: SecretStoreRef.cluster('a'), apiKey: { key } });
  },
  'remote property': (property, chart) => {
    NgcCredentials.fromExternalSecrets(chart, 'n', {
      store: SecretStoreRef.cluster('a'),
      apiKey: { key: 'a', property },
    });
  },
  'remote version': (version, chart) => {
    NgcCredentials.fromExternalSecrets(chart, 'n', {
      store: SecretStoreRef.cluster('a'),
      apiKey: { key: 'a', version },
    });
  },
  pullSecretName: (pullSecretName, chart) => {
    new TextEmbeddingNim(chart, 'nim', {
      model: EmbeddingModel.NV_EMBEDQA_E5_V5,
      credentials: NgcCredentials.fromSecretNames(chart, 'ngc', { pullSecretName }),
    });
  },
  apiKeySecretName: (apiKeySecretName, chart) => {
    NgcCredentials.fromSecretNames(chart, 'ngc', { apiKeySecretName });
  },
  apiKeySecretKey: (apiKeySecretKey, chart) => {
    NgcCredentials.fromSecretNames(chart, 'ngc', { apiKeySecretKey });
  },
  podSecurityVersion: (podSecurityVersion, chart) => {
    new RestrictedNamespace(chart, 'namespace', { podSecurityVersion });
  },
};

/** What a guarded program writes, or nothing when it ends with an error. */
function written(build: Build, text: string): string {
  const app = new App();
  try {
    build(text, new Chart(app, 'test', { namespace: 'embeddings' }));
    Guardrails.of(app);
    return app.synthYaml();
  } catch {
    return '';
  }
}

describe('a credential that somebody pastes', () => {
  it.each(Object.entries(TEXTS))('is not written out: %s', (_, build) => {
    for (const text of CREDENTIALS) expect(written(build, text)).not.toContain(CANARY);
  });

  it('would be noticed in the output', () => {
    expect(
      written(
        nim(() => ({ env: { EXTRA: CANARY } })),
        '',
      ),
    ).toContain(CANARY);
  });
});
