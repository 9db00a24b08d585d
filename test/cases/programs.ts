import type { Chart } from 'cdk8s';
import { ConfigMap, k8s, NetworkPolicyIpBlock, PersistentVolumeAccessMode, Pods } from 'cdk8s-plus-28';
import {
  CaBundle,
  ClusterDns,
  ContainerImage,
  Egress,
  EmbeddingModel,
  Gpu,
  IngressAuthentication,
  IngressController,
  IngressFeature,
  IngressTls,
  ModelCache,
  NgcCredentials,
  Peer,
  RateLimit,
  SecretStoreRef,
  type TextEmbeddingNimProps,
} from 'cdk8s-nim';
import { type Given, given, ingressOptions, textEmbeddingNim } from '../support/nims';

/** A program from the field, and what is right for it. */
export interface Program {
  readonly about: string;
  readonly build: (chart: Chart) => unknown;
  /** A part of the error. Without it the program renders. */
  readonly refused?: string;
  /** The rules that find something; none by default. */
  readonly findings?: readonly string[];
  /** Parts of the YAML. */
  readonly renders?: readonly string[];
}

const clients = [Peer.pods({ labels: { app: 'rag' }, namespace: 'rag' })];

/** A NIM with a client. */
function nim(props: Given<TextEmbeddingNimProps>): Program['build'] {
  return (chart) => textEmbeddingNim({ clients, ...given(props, chart) }, chart);
}

const LONG_NAME = 'n'.repeat(63);
const authorities = (chart: Chart): CaBundle =>
  CaBundle.fromConfigMap(ConfigMap.fromConfigMapName(chart, 'authorities', 'corp-ca'), 'ca.crt');
const proxyAt = (chart: Chart): NetworkPolicyIpBlock => NetworkPolicyIpBlock.ipv4(chart, 'proxy', '10.1.2.3/32');

/** By the number of the case. */
export const PROGRAMS: Readonly<Record<string, readonly Program[]>> = {
  '01': [
    {
      about: 'Cloud DNS of GKE answers at the address of the metadata service, at port 53 only',
      build: nim({ dns: ClusterDns.GKE_CLOUD_DNS }),
      renders: ['169.254.169.254/32'],
    },
    {
      about: 'the same by hand',
      build: nim((chart) => ({
        dns: ClusterDns.custom([NetworkPolicyIpBlock.ipv4(chart, 'dns', '169.254.169.254/32')]),
      })),
    },
  ],
  '02': [
    {
      about: 'a cluster with IPv6 only',
      build: nim({ model: EmbeddingModel.NEMOTRON_3_EMBED_1B, listenOnIpv6: true }),
      renders: ['[::]:8000'],
    },
    {
      about: 'IPv6 with an image that documents no address to listen on',
      build: nim({ listenOnIpv6: true }),
      refused: 'listenOnIpv6',
    },
  ],
  '03': [
    ...['1g.24gb', '1g.24gb+me', '1g.24gb+gfx', '1g.24gb+me.all', '1g.24gb-me'].map((profile) => ({
      about: `the MIG profile ${profile}`,
      build: nim({ gpu: Gpu.mig(profile) }),
      renders: [`nvidia.com/mig-${profile.replace('+', '.')}: "1"`],
    })),
    { about: 'no MIG profile', build: (): unknown => Gpu.mig('1c.3g.40gb'), refused: 'nvidia-smi mig -lgip' },
  ],
  '15': [
    {
      about: 'an External Secrets Operator that writes a default into the object',
      build: (chart) =>
        NgcCredentials.fromExternalSecrets(chart, 'ngc', {
          store: SecretStoreRef.cluster('vault'),
          apiKey: { key: 'nvidia/ngc' },
          operatorVersion: '2.4.0',
        }),
      renders: ['nullBytePolicy: Ignore'],
    },
  ],
  '16': [
    {
      about: 'the certificates of a proxy that inspects TLS',
      build: nim((chart) => ({
        egress: Egress.viaProxy('http://proxy.corp.example:3128', [proxyAt(chart)]),
        caBundle: authorities(chart),
      })),
      renders: ['name: corp-ca', 'mountPath: /etc/ca-bundle', 'value: /etc/ca-bundle/ca-bundle.crt'],
    },
    {
      about: 'such certificates for an image that documents no variable for them',
      build: nim((chart) => ({ model: EmbeddingModel.NEMOTRON_3_EMBED_1B, caBundle: authorities(chart) })),
      refused: 'caBundle',
    },
  ],
  '17': [
    {
      about: 'a pod label that keeps a sidecar out',
      build: nim({ podLabels: { 'sidecar.istio.io/inject': 'false' } }),
      renders: ['sidecar.istio.io/inject: "false"'],
    },
  ],
  '18': [
    {
      about: 'an autoscaler beside the fixed number of replicas',
      build: (chart: Chart): void => {
        nim({ modelCache: ModelCache.claim({ accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY }) })(chart);
        new k8s.KubeHorizontalPodAutoscalerV2(chart, 'autoscaler', {
          metadata: { name: 'text-embedding' },
          spec: {
            scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'text-embedding' },
            maxReplicas: 4,
          },
        });
      },
      findings: ['replicas-left-to-autoscaler', 'replicas-spread'],
    },
  ],
  '19': [
    {
      about: 'GPUs past the device plugin',
      build: nim({ env: { NVIDIA_VISIBLE_DEVICES: 'all' } }),
      refused: 'use the prop gpu instead',
    },
  ],
  '24': [
    ...Object.entries({
      f5: IngressController.f5Nginx(),
      traefik: IngressController.traefik(),
      'ingress-nginx': IngressController.ingressNginx(),
      haproxy: IngressController.haProxy(),
    }).map(([about, controller]) => ({
      about: `a name of 63 characters behind ${about}`,
      build: nim((chart) => ({
        name: LONG_NAME,
        ingress: {
          ...ingressOptions(chart),
          host: `${'h'.repeat(63)}.example.com`,
          controller,
          rateLimit: RateLimit.perClient({ requestsPerSecond: 5, burst: 25 }),
          authentication: IngressAuthentication.none('a gateway in front authenticates'),
          ...(about === 'haproxy'
            ? { acceptUnenforced: [{ feature: IngressFeature.BODY_SIZE, reason: 'short' }] }
            : {}),
        },
      })),
      renders: [`name: ${LONG_NAME}\n`],
    })),
    { about: 'a name of 64 characters', build: nim({ name: `${LONG_NAME}n` }), refused: '63' },
  ],
  '27': [
    { about: 'a profile of 1.x', build: nim({ env: { NIM_MODEL_PROFILE: 'f7391ddb' } }) },
    {
      about: 'a profile for an image 2.x, which has none',
      build: nim({ model: EmbeddingModel.NEMOTRON_3_EMBED_1B, env: { NIM_MODEL_PROFILE: 'a' } }),
      refused: 'NIM_MODEL_PROFILE',
    },
    {
      about: 'taints of AKS',
      build: nim({ tolerations: [{ key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' }] }),
    },
    { about: 'an architecture', build: nim({ nodeSelector: { 'kubernetes.io/arch': 'amd64' } }) },
    { about: 'a note for Karpenter', build: nim({ podAnnotations: { 'karpenter.sh/do-not-disrupt': 'true' } }) },
    {
      about: 'a slice that the model does not fit',
      build: nim({ model: EmbeddingModel.NV_EMBEDQA_MISTRAL_7B_V2, gpu: Gpu.mig('1g.5gb') }),
      refused: 'such a slice has 5Gi',
    },
    {
      about: 'DNS of Kubespray',
      build: nim({ dns: ClusterDns.custom([Peer.cidr('169.254.25.10/32')]) }),
    },
    {
      about: 'DNS of Cilium',
      build: nim((chart) => ({
        dns: ClusterDns.custom([Pods.select(chart, 'dns', { labels: { 'k8s-app': 'node-local-dns' } })]),
      })),
    },
    { about: 'DNS of EKS with IPv6', build: nim({ dns: ClusterDns.custom([Peer.cidr('fd00::a/128')]) }) },
  ],
  '28': [
    'nvidia.com/gpu.shared',
    'nvidia.com/a100-80gb',
    'nvidia.com/vgpu',
    'volcano.sh/vgpu-number',
    'aliyun.com/gpu-mem',
  ].map((resource) => ({
    about: `GPUs as ${resource}`,
    build: nim({ gpu: Gpu.resource(resource) }),
    renders: [`${resource}: "1"`],
  })),
  '29': [
    {
      about: 'an image of a mirror with a login for nvcr.io',
      build: nim((chart) => ({
        image: ContainerImage.fromReference('registry.example.com/nim/nvidia/llama-nemotron-embed-1b-v2:1.13.0'),
        credentials: NgcCredentials.fromExternalSecrets(chart, 'mirror', {
          store: SecretStoreRef.cluster('vault'),
          apiKey: { key: 'nvidia/ngc' },
        }),
      })),
      refused: 'registry.example.com',
    },
  ],
  '30': [
    {
      about: 'the metrics of Triton for monitoring',
      build: nim({
        tritonMetrics: true,
        monitoring: [Peer.pods({ labels: { app: 'prometheus' }, namespace: 'monitoring' })],
      }),
      renders: ['port: 8002'],
    },
  ],
  '31': [
    {
      about: 'typos in tolerations',
      build: nim({ tolerations: [{ key: 'sku', operator: 'Exist', effect: 'NoSchedulee' }] }),
      refused: 'Exist',
    },
    {
      about: 'a value for what only exists',
      build: nim({ tolerations: [{ key: 'a', operator: 'Exists', value: 'b' }] }),
      refused: 'Exists',
    },
    {
      about: 'a value without a key',
      build: nim({ tolerations: [{ operator: 'Equal', value: 'x' }] }),
      refused: 'key',
    },
  ],
  '32': [
    {
      about: 'hosts that are reached without the proxy',
      build: nim((chart) => ({
        egress: Egress.viaProxy('http://proxy.corp.example:3128', [proxyAt(chart)], { noProxy: ['.corp.local'] }),
      })),
      renders: ['.corp.local'],
    },
    {
      about: 'the variable of a proxy in place of the prop',
      build: nim((chart) => ({
        egress: Egress.viaProxy('http://proxy.corp.example:3128', [proxyAt(chart)]),
        env: { NO_PROXY: '.svc' },
      })),
      refused: 'noProxy',
    },
  ],
  '33': [
    {
      about: 'a login in a cluster with a domain of its own',
      build: nim((chart) => ({
        ingress: {
          ...ingressOptions(chart),
          controller: IngressController.traefik(),
          tls: IngressTls.fromClusterIssuer('issuer'),
          authentication: IngressAuthentication.oauth2Proxy({ namespace: 'auth', clusterDomain: 'corp.local' }),
        },
      })),
      renders: ['.auth.svc.corp.local'],
    },
  ],
};
