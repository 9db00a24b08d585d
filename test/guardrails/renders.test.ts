import { Duration, Size } from 'cdk8s';
import { PersistentVolumeAccessMode, PersistentVolumeClaim, Pods, ServiceAccount } from 'cdk8s-plus-28';
import {
  ContainerImage,
  Egress,
  Gpu,
  IngressAuthentication,
  IngressController,
  IngressFeature,
  IngressPath,
  IngressTls,
  ModelCache,
  NimVolume,
  Peer,
  RateLimit,
  type SecureIngressOptions,
  SecurityProfile,
  type TextEmbeddingNimProps,
} from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { showFinding } from '../../lib/guardrails/finding';
import type { GuardrailsOptions } from '../../lib/guardrails/guardrails-options';
import { isManifest } from '../../lib/manifests/manifest';
import { airGapped, type Given, given, renderTextEmbeddingNim, secretIn, taggedImage } from '../support/nims';
import { check, goldenRenders } from '../support/rules';

function findings(objects: readonly unknown[], options: GuardrailsOptions = {}): string[] {
  const report = check(objects.filter(isManifest), options);
  expect(report.notChecked.filter(({ kind }) => !['Role', 'RoleBinding'].includes(kind))).toEqual([]);
  return report.findings.map(showFinding);
}

describe.each(goldenRenders())('the render of $name', ({ objects, options }) => {
  it('has no findings', () => {
    expect(objects.length).toBeGreaterThan(0);
    expect(findings(objects, options)).toEqual([]);
  });
});

it('a NIM that nobody may call is noticed', () => {
  expect(findings(renderTextEmbeddingNim())).toEqual([
    expect.stringMatching(/^nim-has-callers: .*: no NetworkPolicy lets anybody call the NIM; /),
  ]);
});

describe('a NIM with a client and', () => {
  const clients = [Peer.pods({ labels: { app: 'rag' }, namespace: 'rag' })];
  const cases: Record<string, Given<TextEmbeddingNimProps>> = {
    'the least possible props': {},
    'several replicas on a shared volume': {
      replicas: 3,
      modelCache: ModelCache.claim({ accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY }),
    },
    ...Object.fromEntries(
      (['RESTRICTED', 'STRICT', 'OPENSHIFT'] as const).map((profile) => [
        `a cache that a Job fills, with the profile ${profile}`,
        { securityProfile: SecurityProfile[profile], modelCache: ModelCache.prefetched(ModelCache.claim()) },
      ]),
    ),
    'a cache that a Job fills with an image 2.3, and the next one ahead': {
      image: taggedImage('2.3.0'),
      modelCache: ModelCache.prefetched(ModelCache.claim(), { ahead: [taggedImage('2.4.0')] }),
    },
    'several replicas without a volume': { replicas: 2, modelCache: ModelCache.ephemeral() },
    'a filled cache and no key': (chart) => ({ credentials: airGapped(chart), egress: Egress.none() }),
    'an image 2.0': { image: taggedImage('2.0.0') },
    'an image 2.4 and a long request timeout': { image: taggedImage('2.4.0'), requestTimeout: Duration.minutes(5) },
    'an image 2.3 on IPv6, on another port': { image: taggedImage('2.3.0'), listenOnIpv6: true, port: 9000 },
    'an account, a scheduler, labels and affinity of the platform': (chart) => ({
      replicas: 2,
      modelCache: ModelCache.ephemeral(),
      serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'account', 'embedder'),
      schedulerName: 'kai-scheduler',
      podLabels: { 'kai.scheduler/queue': 'search' },
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: 'spot', operator: 'DoesNotExist' }] }],
        },
      },
    }),
    'further volumes and a sidecar': (chart) => ({
      volumes: {
        data: NimVolume.fromClaim('/data', PersistentVolumeClaim.fromClaimName(chart, 'data', 'data')),
        spool: NimVolume.emptyDir('/spool', Size.gibibytes(2)),
      },
      sidecars: [
        {
          name: 'logs',
          image: ContainerImage.fromReference('registry.example.com/logs:1.0.0'),
          volumes: { login: NimVolume.fromSecret('/login', secretIn(chart, 'logs')) },
        },
      ],
    }),
    'a GPU by a claim': { gpu: Gpu.fromResourceClaimTemplate('one-gpu') },
    'metrics of Triton for Prometheus': (chart) => ({
      tritonMetrics: true,
      monitoring: [Pods.select(chart, 'prometheus', { labels: { app: 'prometheus' } })],
    }),
    'a proxy': (chart) => ({
      egress: Egress.viaProxy('http://proxy.egress.svc:3128', [
        Pods.select(chart, 'proxy', { labels: { app: 'proxy' } }),
      ]),
    }),
  };

  it.each(Object.entries(cases))('%s has no findings', (_, props) => {
    expect(findings(renderTextEmbeddingNim((chart) => ({ clients, ...given(props, chart) })))).toEqual([]);
  });
});

describe('a NIM behind', () => {
  const rateLimit = RateLimit.perClient({ requestsPerSecond: 20, burst: 60 });
  const none = IngressAuthentication.none('a gateway in front authenticates');
  const issuer = IngressTls.fromClusterIssuer('letsencrypt');
  const external = IngressAuthentication.external({ url: 'http://authn.auth.svc/check' });
  const host = 'embeddings.example.com';
  const accept = (...features: IngressFeature[]): { feature: IngressFeature; reason: string }[] =>
    features.map((feature) => ({ feature, reason: 'the test' }));
  const ingress = (
    options: Partial<SecureIngressOptions> & Pick<SecureIngressOptions, 'controller'>,
  ): SecureIngressOptions => ({
    host,
    rateLimit,
    tls: issuer,
    authentication: none,
    ...options,
  });
  const gateway = { name: 'public', namespace: 'gateways' };

  const cases: Record<string, Given<TextEmbeddingNimProps>> = {
    'F5 NGINX with external authentication': {
      ingress: ingress({ controller: IngressController.f5Nginx(), authentication: external }),
    },
    'F5 NGINX with client certificates and source ranges': (chart) => ({
      ingress: ingress({
        controller: IngressController.f5Nginx(),
        authentication: IngressAuthentication.clientCertificates(secretIn(chart, 'ca')),
        sourceRanges: ['203.0.113.0/24'],
      }),
    }),
    'ingress-nginx with a password': (chart) => ({
      ingress: ingress({
        controller: IngressController.ingressNginx(),
        authentication: IngressAuthentication.basic(secretIn(chart, 'users')),
      }),
    }),
    'ingress-nginx with client certificates and a rate a minute': (chart) => ({
      ingress: ingress({
        controller: IngressController.ingressNginx(),
        authentication: IngressAuthentication.clientCertificates(secretIn(chart, 'ca')),
        rateLimit: RateLimit.perClient({ requestsPerMinute: 60, burst: 120 }),
      }),
    }),
    'ingress-nginx with external authentication': {
      ingress: ingress({ controller: IngressController.ingressNginx(), authentication: external }),
    },
    'Traefik with external authentication': {
      ingress: ingress({ controller: IngressController.traefik(), authentication: external }),
    },
    'Traefik with client certificates': (chart) => ({
      ingress: ingress({
        controller: IngressController.traefik(),
        authentication: IngressAuthentication.clientCertificates(secretIn(chart, 'ca')),
      }),
    }),
    'HAProxy with a password': (chart) => ({
      ingress: ingress({
        controller: IngressController.haProxy(),
        authentication: IngressAuthentication.basic(secretIn(chart, 'users')),
        acceptUnenforced: accept(IngressFeature.BODY_SIZE),
      }),
    }),
    'an Application Load Balancer with tokens': {
      ingress: ingress({
        controller: IngressController.awsAlb({
          loadBalancerSubnets: ['10.0.0.0/20'],
          webAclArn: 'arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/nim/0123-4567',
        }),
        rateLimit: RateLimit.perClient({ requestsPerMinute: 600, burst: 600 }),
        tls: IngressTls.fromAcmCertificate('arn:aws:acm:eu-central-1:123456789012:certificate/0123-4567'),
        authentication: IngressAuthentication.jwt({
          issuer: 'https://login.example.com',
          jwksUri: 'https://login.example.com/keys',
          audiences: ['embeddings'],
        }),
        acceptUnenforced: accept(IngressFeature.BODY_SIZE),
      }),
    },
    'Envoy Gateway with API keys': (chart) => ({
      ingress: ingress({
        controller: IngressController.envoyGateway({ gateway }),
        tls: IngressTls.fromGatewayListener(),
        rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 20 }),
        authentication: IngressAuthentication.apiKey(secretIn(chart, 'keys')),
      }),
    }),
    'Envoy Gateway with external authentication and methods': {
      ingress: ingress({
        controller: IngressController.envoyGateway({ gateway, localRateLimits: true, ownsListener: true }),
        tls: IngressTls.fromGatewayListener(),
        rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 20 }),
        authentication: external,
        paths: [IngressPath.exact('/v1/embeddings')],
      }),
    },
    'a Route of OpenShift': {
      ingress: ingress({
        controller: IngressController.openShiftRoute(),
        rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 200 }),
        acceptUnenforced: accept(IngressFeature.STATUS_429, IngressFeature.BODY_SIZE),
      }),
    },
  };

  it.each(Object.entries(cases))('%s has no findings', (_, props) => {
    expect(findings(renderTextEmbeddingNim(props))).toEqual([]);
  });
});
