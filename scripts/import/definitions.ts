const ARGO_CD = { repository: 'argoproj/argo-cd', tag: 'v3.5.1', directory: 'manifests/crds' };
const CERT_MANAGER = { repository: 'cert-manager/cert-manager', tag: 'v1.21.1', directory: 'deploy/crds' };
const ENVOY_GATEWAY = {
  repository: 'envoyproxy/gateway',
  tag: 'v1.9.0',
  directory: 'charts/gateway-helm/charts/crds/crds/generated',
};
const EXTERNAL_SECRETS = {
  repository: 'external-secrets/external-secrets',
  tag: 'v2.9.0',
  directory: 'config/crds/bases',
};
const GATEWAY_API = { repository: 'kubernetes-sigs/gateway-api', tag: 'v1.6.1', directory: 'config/crd/standard' };
const KEDA = { repository: 'kedacore/keda', tag: 'v2.20.2', directory: 'config/crd/bases' };
const NGINX = { repository: 'nginx/kubernetes-ingress', tag: 'v5.5.4', directory: 'config/crd/bases' };
const OPENSHIFT = {
  repository: 'openshift/api',
  tag: '2a3d73913b5a7caec4c57d5c3d04f51106ec4da3', // this repository has no release tags
  directory: 'route/v1/zz_generated.crd-manifests',
};
const PROMETHEUS_OPERATOR = {
  repository: 'prometheus-operator/prometheus-operator',
  tag: 'v0.93.0',
  directory: 'example/prometheus-operator-crd',
};
const SEALED_SECRETS = {
  repository: 'bitnami-labs/sealed-secrets',
  tag: 'v0.36.6',
  directory: 'helm/sealed-secrets/crds',
};
const SECRETS_STORE_CSI = {
  repository: 'kubernetes-sigs/secrets-store-csi-driver',
  tag: 'v1.6.0',
  directory: 'config/crd/bases',
};
const TRAEFIK = {
  repository: 'traefik/traefik',
  tag: 'v3.7.9',
  directory: 'docs/content/reference/dynamic-configuration',
};

/** A custom resource, and the file of a repository that defines it. */
export interface Definition {
  readonly group: string;
  readonly plural: string;
  readonly kind: string;
  readonly version: string;
  readonly repository: string;
  readonly tag: string;
  readonly directory: string;
  /** Where it is not <group>_<plural>.yaml. */
  readonly upstreamFile?: string;
  /** Paths in the schema that no type is made of, because nothing here sets them and they are most of the file; "*" is the item of a list. */
  readonly leftOut?: readonly string[];
}

const APPLICATION_SOURCE = ['chart', 'helm', 'kustomize', 'plugin', 'ref', 'tagPrefix', 'name', 'directory.jsonnet'];
const below = (path: string, names: readonly string[]): string[] => names.map((name) => `${path}.${name}`);

/** The providers of External Secrets that nothing here logs in to. */
const OTHER_PROVIDERS =
  'akeyless barbican beyondtrust beyondtrustworkloadcredentials bitwardensecretsmanager chef cloudrusm conjur crd delinea doppler dvls fake fortanix github gitlab ibm infisical keepersecurity kubernetes nebiusmysterybox ngrok onboardbase onepassword onepasswordSDK openBao oracle ovh passbolt passworddepot previder pulumi scaleway secretserver senhasegura volcengine webhook yandexcertificatemanager yandexlockbox'.split(
    ' ',
  );

/** Every definition to import. */
export const DEFINITIONS: readonly Definition[] = [
  {
    group: 'argoproj.io',
    plural: 'applications',
    kind: 'Application',
    version: 'v1alpha1',
    upstreamFile: 'application-crd.yaml',
    leftOut: ['operation', 'spec.sources', 'spec.sourceHydrator', ...below('spec.source', APPLICATION_SOURCE)],
    ...ARGO_CD,
  },
  {
    group: 'argoproj.io',
    plural: 'applicationsets',
    kind: 'ApplicationSet',
    version: 'v1alpha1',
    upstreamFile: 'applicationset-crd.yaml',
    leftOut: [
      ...below('spec.generators.*', ['matrix', 'merge', 'git', 'scmProvider', 'pullRequest', 'plugin']),
      ...below('spec.generators.*', ['clusterDecisionResource', 'clusters.template', 'list.template']),
      ...below('spec.template.spec', ['sources', 'sourceHydrator']),
      ...below('spec.template.spec.source', APPLICATION_SOURCE),
    ],
    ...ARGO_CD,
  },
  {
    group: 'argoproj.io',
    plural: 'appprojects',
    kind: 'AppProject',
    version: 'v1alpha1',
    upstreamFile: 'appproject-crd.yaml',
    ...ARGO_CD,
  },
  { group: 'bitnami.com', plural: 'sealedsecrets', kind: 'SealedSecret', version: 'v1alpha1', ...SEALED_SECRETS },
  { group: 'cert-manager.io', plural: 'certificates', kind: 'Certificate', version: 'v1', ...CERT_MANAGER },
  {
    group: 'external-secrets.io',
    plural: 'externalsecrets',
    kind: 'ExternalSecret',
    version: 'v1',
    ...EXTERNAL_SECRETS,
  },
  {
    group: 'external-secrets.io',
    plural: 'secretstores',
    kind: 'SecretStore',
    version: 'v1',
    leftOut: below('spec.provider', OTHER_PROVIDERS),
    ...EXTERNAL_SECRETS,
  },
  {
    group: 'gateway.envoyproxy.io',
    plural: 'backendtrafficpolicies',
    kind: 'BackendTrafficPolicy',
    version: 'v1alpha1',
    ...ENVOY_GATEWAY,
  },
  {
    group: 'gateway.envoyproxy.io',
    plural: 'clienttrafficpolicies',
    kind: 'ClientTrafficPolicy',
    version: 'v1alpha1',
    ...ENVOY_GATEWAY,
  },
  {
    group: 'gateway.envoyproxy.io',
    plural: 'securitypolicies',
    kind: 'SecurityPolicy',
    version: 'v1alpha1',
    ...ENVOY_GATEWAY,
  },
  {
    group: 'gateway.networking.k8s.io',
    plural: 'backendtlspolicies',
    kind: 'BackendTLSPolicy',
    version: 'v1',
    ...GATEWAY_API,
  },
  { group: 'gateway.networking.k8s.io', plural: 'httproutes', kind: 'HTTPRoute', version: 'v1', ...GATEWAY_API },
  { group: 'keda.sh', plural: 'scaledobjects', kind: 'ScaledObject', version: 'v1alpha1', ...KEDA },
  { group: 'k8s.nginx.org', plural: 'policies', kind: 'Policy', version: 'v1', ...NGINX },
  {
    group: 'monitoring.coreos.com',
    plural: 'podmonitors',
    kind: 'PodMonitor',
    version: 'v1',
    ...PROMETHEUS_OPERATOR,
  },
  {
    group: 'monitoring.coreos.com',
    plural: 'prometheusrules',
    kind: 'PrometheusRule',
    version: 'v1',
    ...PROMETHEUS_OPERATOR,
  },
  {
    group: 'route.openshift.io',
    plural: 'routes',
    kind: 'Route',
    version: 'v1',
    upstreamFile: 'routes.crd.yaml',
    ...OPENSHIFT,
  },
  {
    group: 'secrets-store.csi.x-k8s.io',
    plural: 'secretproviderclasses',
    kind: 'SecretProviderClass',
    version: 'v1',
    ...SECRETS_STORE_CSI,
  },
  { group: 'traefik.io', plural: 'middlewares', kind: 'Middleware', version: 'v1alpha1', ...TRAEFIK },
  { group: 'traefik.io', plural: 'serverstransports', kind: 'ServersTransport', version: 'v1alpha1', ...TRAEFIK },
  { group: 'traefik.io', plural: 'tlsoptions', kind: 'TLSOption', version: 'v1alpha1', ...TRAEFIK },
];
