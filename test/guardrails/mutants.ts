import type { Path } from '../../lib/manifests/fields';
import { REMOVED } from '../support/rules';

/** One weakening of a render. It is applied to every place that the path stands for, one at a time. */
export interface Mutant {
  readonly kind: string;
  /** "*" is any index or name; an empty path is the whole object. */
  readonly path: Path;
  readonly value: unknown;
}

const DEPLOYMENT = 'Deployment';
const POD: Path = ['spec', 'template', 'spec'];
const CONTAINER: Path = [...POD, 'containers', '*'];
const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'];
const RESOURCES = ['cpu', 'memory', 'ephemeral-storage'];
/** The namespaces of the renders: each lets in its own. */
const OWN_AND_OTHER = {
  matchExpressions: [
    {
      key: 'kubernetes.io/metadata.name',
      operator: 'In',
      values: [
        'embeddings',
        ...['staging', 'eu', 'us', 'vault', 'sealed', 'csi', 'eso'].map((name) => `embeddings-${name}`),
      ],
    },
  ],
};
const INGRESS_PATH: Path = ['spec', 'rules', '*', 'http', 'paths', '*'];

function mutants(kind: string, ...changes: (readonly [Path, ...unknown[]])[]): Mutant[] {
  return changes.flatMap(([path, ...values]) => values.map((value) => ({ kind, path, value })));
}

const annotation = (name: string): Path => ['metadata', 'annotations', name];

/** Every weakening of the fields that security and reliability hang on. */
export const MUTANTS: readonly Mutant[] = [
  // Kinds that the rules do not know
  ...mutants(DEPLOYMENT, [['apiVersion'], 'argoproj.io/v1alpha1']),
  ...mutants('PersistentVolumeClaim', [[], REMOVED], [['metadata', 'name'], 'other']),
  ...mutants('Ingress', [['apiVersion'], 'extensions/v1beta1']),
  ...mutants(
    DEPLOYMENT,
    // Identity and privileges
    [[...POD, 'securityContext', 'runAsNonRoot'], false],
    [[...POD, 'securityContext', 'runAsUser'], 0],
    [[...POD, 'securityContext', 'seccompProfile', 'type'], 'Unconfined', REMOVED],
    [[...POD, 'securityContext', 'fsGroup'], REMOVED],
    [[...POD, 'securityContext', 'fsGroupChangePolicy'], REMOVED, 'Always'],
    [[...CONTAINER, 'envFrom'], [{ secretRef: { name: 'ngc-api-secret' } }]],
    [[...POD, 'securityContext', 'sysctls'], [{ name: 'kernel.msgmax', value: '1' }]],
    [[...POD, 'securityContext', 'seLinuxOptions'], { type: 'spc_t' }, { user: 'system_u' }, { role: 'sysadm_r' }],
    [[...POD, 'securityContext', 'appArmorProfile'], { type: 'Unconfined' }],
    [[...POD, 'securityContext', 'windowsOptions'], { hostProcess: true }],
    [[...CONTAINER, 'securityContext'], REMOVED],
    [[...CONTAINER, 'securityContext', 'runAsNonRoot'], false],
    [[...CONTAINER, 'securityContext', 'runAsUser'], 0],
    [[...CONTAINER, 'securityContext', 'privileged'], true],
    [[...CONTAINER, 'securityContext', 'allowPrivilegeEscalation'], true, REMOVED],
    [[...CONTAINER, 'securityContext', 'capabilities'], REMOVED, { drop: ['ALL'], add: ['SYS_ADMIN'] }],
    [[...CONTAINER, 'securityContext', 'capabilities', 'drop', 0], REMOVED, 'NET_RAW'],
    [[...CONTAINER, 'securityContext', 'seccompProfile', 'type'], 'Unconfined', REMOVED],
    [[...CONTAINER, 'securityContext', 'procMount'], 'Unmasked'],
    [[...CONTAINER, 'securityContext', 'seLinuxOptions'], { type: 'spc_t' }],
    [[...CONTAINER, 'securityContext', 'appArmorProfile'], { type: 'Unconfined' }],
    [
      ['spec', 'template', 'metadata', 'annotations', 'container.apparmor.security.beta.kubernetes.io/nim'],
      'unconfined',
    ],
    [[...POD, 'hostNetwork'], true],
    [[...POD, 'hostPID'], true],
    [[...POD, 'hostIPC'], true],
    [[...POD, 'automountServiceAccountToken'], REMOVED, true],
    [[...POD, 'serviceAccountName'], REMOVED, 'default'],
    [[...POD, 'enableServiceLinks'], REMOVED, true],
    [[...POD, 'ephemeralContainers'], [{ name: 'debug', image: 'registry.example.com/debug:1.0.0' }]],
    [[...POD, 'initContainers', 0], { name: 'init', image: 'registry.example.com/init:1.0.0' }],
    [[...CONTAINER, 'ports', '*', 'hostPort'], 8000],
    [[...CONTAINER, 'lifecycle'], { preStop: { httpGet: { host: '169.254.169.254', port: 80 } } }],

    // Volumes
    [[...POD, 'volumes', '*', 'emptyDir', 'sizeLimit'], REMOVED, '0'],
    [[...CONTAINER, 'volumeMounts'], REMOVED],
    [[...POD, 'volumes', '*', 'csi', 'volumeAttributes', 'secretProviderClass'], 'other'],
    [['metadata', 'labels', 'app.kubernetes.io/version'], '0.9.0'],
    [['spec', 'template', 'metadata', 'labels', 'app.kubernetes.io/version'], '0.9.0'],
    [[...POD, 'volumes', '*', 'emptyDir', 'medium'], REMOVED],
    [
      [...POD, 'volumes', '*'],
      { name: 'node', hostPath: { path: '/' } },
      { name: 'nfs', nfs: { server: 'a', path: '/' } },
    ],
    [[...POD, 'volumes', '*'], { name: 'token', projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } }],

    // Image, settings, secrets
    [
      [...CONTAINER, 'image'],
      'nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2',
      'nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2:latest',
      'nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2:main',
      'nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2:latest-cuda',
      'localhost:5000/nim/nvidia/llama-nemotron-embed-1b-v2',
    ],
    [[...CONTAINER, 'env', 0], { name: 'NIM_SERVER_BIND_ADDR', value: '0.0.0.0:8000' }],
    [[...CONTAINER, 'env', 0], { name: 'NIM_CACHE_PATH', value: '/elsewhere' }],
    [[...CONTAINER, 'env', 2], { name: 'NIM_HTTP_API_PORT', value: '9000' }],
    [[...CONTAINER, 'env', 0], { name: 'NIM_TRITION_MAX_QUEUE_SIZE', value: '256' }],
    [[...CONTAINER, 'env', 0], { name: 'NGC_API_KEY', value: 'c29tZXRoaW5n' }],
    [[...CONTAINER, 'env', 0], { name: 'DB_PASS', value: 'hunter2' }],
    [
      [...CONTAINER, 'env', 0],
      { name: 'NGC_API_KEY', valueFrom: { configMapKeyRef: { name: 'settings', key: 'NGC_API_KEY' } } },
    ],
    [[...CONTAINER, 'env', 0], { name: 'EXTRA', value: `nvapi-${'x'.repeat(64)}` }],
    [[...CONTAINER, 'env', 0], { name: 'HTTPS_PROXY', value: 'http://user:pass@proxy.example.com:3128' }],
    [
      [...CONTAINER, 'args'],
      ['--key', Buffer.from(`nvapi-${'x'.repeat(64)}`).toString('base64')],
      ['--api-key=hunter2'],
    ],
    [annotation('note'), '-----BEGIN RSA PRIVATE KEY-----'],

    // Resources
    ...RESOURCES.flatMap((name): [Path, ...unknown[]][] => [
      [[...CONTAINER, 'resources', 'requests', name], REMOVED, '1000Ti'],
      [[...CONTAINER, 'resources', 'limits', name], REMOVED],
    ]),
    [[...CONTAINER, 'resources'], REMOVED],
    [[...CONTAINER, 'resources', 'limits', 'nvidia.com/gpu'], REMOVED, '0'],

    // Probes, start and stop
    ...PROBES.flatMap((probe): [Path, ...unknown[]][] => [
      [[...CONTAINER, probe], REMOVED],
      [[...CONTAINER, probe, 'httpGet'], REMOVED],
      [[...CONTAINER, probe, 'httpGet', 'port'], 'grpc', 8002],
      [[...CONTAINER, probe, 'httpGet', 'host'], 'metadata.google.internal'],
      [[...CONTAINER, probe, 'httpGet', 'path'], REMOVED, '/v1/models'],
      [[...CONTAINER, probe, 'httpGet', 'scheme'], 'HTTPS', REMOVED],
      [[...CONTAINER, probe, 'timeoutSeconds'], REMOVED, 1],
      [[...CONTAINER, probe, 'httpGet', 'httpHeaders'], [{ name: 'Authorization', value: 'Bearer hunter2' }]],
    ]),
    [[...CONTAINER, 'startupProbe', 'failureThreshold'], REMOVED, 3, 100_000],
    [[...CONTAINER, 'startupProbe', 'periodSeconds'], 1, 100],
    [[...CONTAINER, 'livenessProbe', 'httpGet', 'path'], '/v1/health/ready'],
    [[...CONTAINER, 'readinessProbe'], { tcpSocket: { port: 'http-api' }, timeoutSeconds: 5 }],
    [[...CONTAINER, 'livenessProbe', 'failureThreshold'], 1],
    [[...CONTAINER, 'livenessProbe', 'periodSeconds'], 1],
    [['spec', 'progressDeadlineSeconds'], REMOVED, 600],
    [[...POD, 'terminationGracePeriodSeconds'], REMOVED, 5],
    [[...CONTAINER, 'ports', '*', 'name'], 'grpc'],
    [[...CONTAINER, 'ports', '*', 'containerPort'], 8001],
    [[...CONTAINER, 'ports'], REMOVED],

    // Replicas and updates
    [['spec', 'strategy'], REMOVED],
    [['spec', 'strategy', 'rollingUpdate', 'maxSurge'], REMOVED, 1, '25%'],
    [['spec', 'selector', 'matchLabels', '*'], 'other'],
    [['spec', 'selector'], REMOVED],
    [['spec', 'template', 'metadata', 'labels', 'app.kubernetes.io/instance'], REMOVED, 'other'],
    [['spec', 'template', 'metadata', 'labels', 'app.kubernetes.io/name'], REMOVED, 'other'],
    [[...POD, 'topologySpreadConstraints', '*', 'labelSelector'], REMOVED, { matchLabels: { app: 'other' } }],
    [['metadata', 'name'], REMOVED],
  ),

  ...mutants(
    'Service',
    [[], REMOVED],
    [['spec', 'type'], 'NodePort', 'LoadBalancer', 'ExternalName'],
    [['spec', 'externalIPs'], ['203.0.113.7']],
    [['spec', 'ports', 1], { name: 'metrics', port: 8002, targetPort: 8002 }],
    [['spec', 'ports', 0], REMOVED],
    [['spec', 'ports', 0, 'targetPort'], 8002, 'grpc'],
    [['spec', 'selector', '*'], 'other'],
    [['spec', 'selector'], REMOVED],
  ),

  ...mutants(
    'NetworkPolicy',
    [[], REMOVED],
    [['spec', 'policyTypes', '*'], REMOVED],
    [['spec', 'podSelector', 'matchLabels', '*'], 'other'],
    [['spec', 'ingress'], []],
    [['spec', 'ingress', '*', 'from'], REMOVED, [], [{}]],
    [['spec', 'ingress', '*', 'from', 0], { ipBlock: { cidr: '0.0.0.0/0' } }, { ipBlock: { cidr: '::/0' } }],
    [['spec', 'ingress', '*', 'from', 0], { ipBlock: { cidr: '0.0.0.0/1' } }, { podSelector: {} }],
    [['spec', 'ingress', '*', 'from', 0], { namespaceSelector: {}, podSelector: { matchLabels: { app: 'a' } } }],
    [['spec', 'ingress', '*', 'from', 0], { namespaceSelector: {} }, { namespaceSelector: OWN_AND_OTHER }],
    [['spec', 'ingress', '*', 'ports'], REMOVED, []],
    [['spec', 'ingress', '*', 'ports', 0, 'port'], REMOVED, 8001],
    [['spec', 'ingress', '*', 'ports', 0, 'endPort'], 9000],
    [['spec', 'ingress', '*', 'ports', 1], { port: 8002, protocol: 'TCP' }],
    [['spec', 'egress', '*', 'to'], REMOVED, []],
    [['spec', 'egress', '*', 'ports'], REMOVED, []],
    [['spec', 'egress', '*', 'to', '*', 'ipBlock', 'except'], REMOVED],
    [
      ['spec', 'egress', '*'],
      { to: [{ ipBlock: { cidr: '169.254.169.254/32' } }], ports: [{ port: 80, protocol: 'TCP' }] },
    ],
    [['spec', 'egress', 0], {}],
  ),

  ...mutants(
    'Ingress',
    [['spec', 'tls'], REMOVED],
    [['spec', 'tls', 0, 'secretName'], REMOVED],
    [['spec', 'tls', 0, 'hosts', 0], 'other.example.com'],
    [['spec', 'rules', 0, 'host'], REMOVED, '*.example.com', 'other.example.com'],
    [['spec', 'defaultBackend'], { service: { name: 'text-embedding', port: { name: 'http-api' } } }],
    [[...INGRESS_PATH, 'pathType'], 'Prefix', 'ImplementationSpecific'],
    [[...INGRESS_PATH, 'path'], '/', '/v1/metrics', '/v1/metadata', '/metrics'],
    [['spec', 'rules', 0, 'http', 'paths'], REMOVED],
    [[...INGRESS_PATH, 'backend', 'service', 'name'], 'other'],
    [[...INGRESS_PATH, 'backend', 'service', 'port', 'name'], 'grpc'],
    [annotation('traefik.ingress.kubernetes.io/router.middlewares'), REMOVED, 'other@kubernetescrd'],
    [annotation('nginx.ingress.kubernetes.io/limit-rps'), REMOVED],
    [annotation('nginx.ingress.kubernetes.io/auth-url'), REMOVED],
    [annotation('nginx.ingress.kubernetes.io/auth-secret'), REMOVED],
    [annotation('nginx.ingress.kubernetes.io/proxy-body-size'), REMOVED],
    [annotation('nginx.ingress.kubernetes.io/proxy-read-timeout'), REMOVED],
    [annotation('haproxy.org/rate-limit-requests'), REMOVED],
    [annotation('haproxy.org/auth-secret'), REMOVED],
    [annotation('haproxy.org/auth-type'), REMOVED],
    [annotation('haproxy.org/timeout-server'), REMOVED],
    [annotation('alb.ingress.kubernetes.io/wafv2-acl-arn'), REMOVED],
    [annotation('alb.ingress.kubernetes.io/jwt-validation'), REMOVED],
    [annotation('alb.ingress.kubernetes.io/ssl-policy'), REMOVED],
    [annotation('alb.ingress.kubernetes.io/ssl-redirect'), REMOVED],
    [annotation('alb.ingress.kubernetes.io/certificate-arn'), REMOVED],
    [annotation('alb.ingress.kubernetes.io/load-balancer-attributes'), REMOVED],
    [annotation('cdk8s-nim/exception-authentication'), REMOVED],
    [annotation('nginx.org/limit-req-rate'), REMOVED, '0r/s', ''],
    [annotation('nginx.org/basic-auth-secret'), REMOVED],
    [annotation('nginx.org/policies'), REMOVED, 'other'],
    [annotation('nginx.org/ssl-redirect'), 'false'],
    [annotation('nginx.org/client-max-body-size'), REMOVED, '0'],
    [annotation('nginx.org/proxy-read-timeout'), REMOVED],
    [['spec', 'ingressClassName'], 'traefik', 'haproxy', 'nginx', 'alb'],
    [annotation('nginx.org/limit-req-dry-run'), 'true'],
    [annotation('nginx.org/server-snippets'), 'satisfy any;'],
    [annotation('haproxy.org/auth-type'), 'none'],
  ),

  ...mutants('Policy', [[], REMOVED], [['spec', 'externalAuth'], REMOVED]),

  ...mutants(
    'HTTPRoute',
    [['spec', 'hostnames'], REMOVED, ['*.example.com']],
    [['spec', 'parentRefs', 0, 'sectionName'], REMOVED, 'http'],
    [['spec', 'rules', '*', 'matches', '*', 'path', 'type'], 'PathPrefix', REMOVED],
    [['spec', 'rules', '*', 'matches', '*', 'path', 'value'], '/', '/v1/metrics'],
    [['spec', 'rules', '*', 'matches'], REMOVED],
    [['spec', 'rules', '*', 'backendRefs', 0, 'name'], 'other'],
    [['spec', 'rules', '*', 'timeouts'], REMOVED],
  ),
  ...mutants(
    'BackendTrafficPolicy',
    [[], REMOVED],
    [['spec', 'rateLimit'], REMOVED],
    [['spec', 'rateLimit', '*', 'rules', '*', 'shadowMode'], true],
    [['spec', 'requestBuffer'], REMOVED],
    [['spec', 'targetRefs', 0, 'name'], 'other'],
  ),
  ...mutants(
    'SecurityPolicy',
    [[], REMOVED],
    [['spec', 'extAuth'], REMOVED],
    [['spec', 'extAuth', 'failOpen'], true],
    [['spec', 'extAuth', 'http'], REMOVED],
    [['spec', 'targetRefs', 0, 'sectionName'], 'other'],
    [['spec', 'apiKeyAuth'], REMOVED],
    [['spec', 'basicAuth'], REMOVED],
    [['spec', 'jwt'], REMOVED],
    [['spec', 'targetRefs', 0, 'name'], 'other'],
  ),
  ...mutants('ClientTrafficPolicy', [['spec', 'tls', 'minVersion'], '1.0', '1.1', 'Auto']),
  ...mutants(
    'Route',
    [['spec', 'host'], REMOVED],
    [['spec', 'wildcardPolicy'], 'Subdomain'],
    [['spec', 'tls'], REMOVED],
    [['spec', 'tls', 'insecureEdgeTerminationPolicy'], 'Allow'],
    [['spec', 'path'], REMOVED, '/', '/v1', '/metrics'],
    [['spec', 'to', 'name'], 'other'],
    [annotation('haproxy.router.openshift.io/rate-limit-connections'), REMOVED, 'false'],
    [annotation('haproxy.router.openshift.io/rate-limit-connections.rate-http'), REMOVED, '0'],
    [annotation('haproxy.router.openshift.io/timeout'), REMOVED],
    [annotation('cdk8s-nim/exception-authentication'), REMOVED, ' '],
  ),
  ...mutants(
    'Middleware',
    [['spec', 'rateLimit'], REMOVED],
    [['spec', 'forwardAuth'], REMOVED],
    [['spec', 'buffering'], REMOVED],
  ),
  ...mutants('TLSOption', [['spec', 'minVersion'], 'VersionTLS10', 'VersionTLS11']),

  ...mutants(
    'PodDisruptionBudget',
    [[], REMOVED],
    [['spec', 'maxUnavailable'], 0, '0%'],
    [['spec'], { minAvailable: '100%', unhealthyPodEvictionPolicy: 'AlwaysAllow' }],
    [['spec', 'minAvailable'], 3],
    [['spec', 'unhealthyPodEvictionPolicy'], REMOVED, 'IfHealthyBudget'],
    [['spec', 'selector', 'matchLabels', '*'], 'other'],
  ),
  ...mutants('ServiceAccount', [['automountServiceAccountToken'], REMOVED, true]),
  ...mutants('ExternalSecret', [['spec', 'target', 'template', 'data'], { other: '{{ .KEY }}' }]),
  ...mutants('ExternalSecret', [
    ['spec', 'target', 'template', 'data', '*'],
    `nvapi-${'x'.repeat(64)}`,
    'postgres://{{ .USER }}:hunter2@database',
    '{"auths":{"nvcr.io":{"username":"$oauthtoken","password":"hunter2"}}}',
    '{"auths":{"nvcr.io":{"username":"$oauthtoken","password":"hunter2","auth":{{ .KEY | toJson }}}}}',
  ]),
  ...mutants('Namespace', [
    ['metadata', 'labels', 'pod-security.kubernetes.io/enforce'],
    REMOVED,
    'baseline',
    'privileged',
  ]),
  ...mutants('Deployment', [['spec', 'replicas'], 3]),
  ...mutants('PodMonitor', [['spec', 'podMetricsEndpoints', '*', 'port'], 'metrics']),
];

/** Mutants that weaken nothing, and why. They are left out. */
export const HARMLESS: readonly { readonly program: RegExp; readonly mutant: RegExp; readonly because: string }[] = [
  {
    program: /pod-options/,
    mutant: /(\.ports\[1\]\.name = "grpc"|^Service \S+: object = removed)$/,
    because: 'nothing refers to the port by its name, and no door to the Service',
  },
  {
    program: /secrets/,
    mutant: /^Service \S+: object = removed$/,
    because: 'no door refers to the Service',
  },
  {
    program: /pod-options|observability/,
    mutant: /^NetworkPolicy \S+: spec\.ingress\[2\]\.ports\[1\] = \{"port":8002/,
    because: 'the rule opens this port already, to Prometheus',
  },
  {
    program: /autoscaling/,
    mutant: /^Service embeddings\/queries: object = removed$/,
    because: 'no door leads to the Service',
  },
  {
    program: /prefetched/,
    mutant: /^Deployment embeddings\/text-embedding: .*\.emptyDir\.medium/,
    because: 'only the generation 1.x is known to fail without shared memory',
  },
  {
    program: /./,
    mutant: /^Ingress \S+-redirect: (?!metadata\.annotations\["traefik)/,
    because: 'this Ingress only sends clients on to HTTPS',
  },
  {
    program: /./,
    mutant: /^HTTPRoute \S+-redirect: spec\.rules/,
    because: 'this HTTPRoute only sends clients on to HTTPS',
  },
  {
    program: /aws-alb/,
    mutant: /certificate-arn"\] = removed/,
    because:
      'a load balancer that listens for HTTPS without an ARN takes a certificate for the host, or does not start',
  },
  {
    program: /aws-alb/,
    mutant: /^Ingress \S+: spec\.rules\[0\]\.host = "other/,
    because: 'the ARN of a certificate does not say for which host it is',
  },
];
