import { type Chart, Duration, Size } from 'cdk8s';
import { type INetworkPolicyPeer, Namespaces, Pods, Secret } from 'cdk8s-plus-28';
import {
  ApiScheme,
  type CertManagerTlsOptions,
  ClusterDns,
  Egress,
  EmbeddingModel,
  type HttpApi,
  type IApiPods,
  IngressAuthentication,
  IngressController,
  IngressFeature,
  IngressPath,
  IngressTls,
  InternalTls,
  type InternalTlsOptions,
  OpenShiftEgressFirewall,
  Peer,
  type PodPeerOptions,
  type ProxyEgressOptions,
  RateLimit,
  RestrictedService,
  type RestrictedServiceProps,
  SecureIngress,
  ServiceMesh,
  type SecureIngressOptions,
  type TextEmbeddingNimProps,
} from 'cdk8s-nim';
import { AUTHORITY, INTERNAL_TLS } from '../../support/internal-tls';
import { testChart } from '../../support/manifests';
import { routeOptions } from '../../support/openshift-route';
import { airGapped, type Given, given, ingressOptions, nimDeployment, textEmbeddingNim } from '../../support/nims';
import { NIM, ANNOTATION, MODEL_LABEL, PROXY_VARIABLES, type PropRow, type PropRows, type RefusalRow } from './row';

function peer(chart: Chart, name: string): INetworkPolicyPeer {
  return Pods.select(chart, name, {
    labels: { app: name },
    namespaces: Namespaces.select(chart, `${name}-namespace`, { names: [name] }),
  });
}

function service(props: Given<RestrictedServiceProps>, changes: string[]): PropRow {
  const make = (more: Given<RestrictedServiceProps>) => (chart: Chart) => {
    new RestrictedService(chart, 'api', { pods: nimDeployment({}, chart), ...given(more, chart) });
  };
  return { without: make({}), with: make(props), changes };
}

function proxyEgress(options: ProxyEgressOptions = {}): Egress {
  return Egress.viaProxy('http://proxy.egress.svc:3128', [Peer.pods({ labels: { app: 'proxy' } })], options);
}

function client(options: PodPeerOptions): (chart: Chart) => void {
  return (chart) => textEmbeddingNim({ clients: [Peer.pods(options)] }, chart);
}

function whole(
  props: Given<TextEmbeddingNimProps>,
  changes: string[],
  base: Given<TextEmbeddingNimProps> = {},
): PropRow {
  return {
    without: (chart) => textEmbeddingNim(base, chart),
    with: (chart) => textEmbeddingNim({ ...given(base, chart), ...given(props, chart) }, chart),
    changes,
  };
}

/** A SecureIngress before pods that are no NIM. */
function apiOf(api: Partial<HttpApi>, options: Partial<SecureIngressOptions> = {}): (chart: Chart) => void {
  return (chart) => {
    const nim = nimDeployment({}, chart);
    const pods = Object.create(nim, {
      api: { value: { paths: ['/v1/embed'], internalPaths: ['/metrics'], readinessPath: '/ready', ...api } },
    }) as IApiPods;
    new SecureIngress(chart, 'ingress', {
      ...ingressOptions(chart),
      ...options,
      service: new RestrictedService(chart, 'api', { pods }),
    });
  };
}

function api(part: Partial<HttpApi>, changes: string[]): PropRow {
  return { without: apiOf({}), with: apiOf(part), changes };
}

/** An Application Load Balancer: the one controller that probes the pods itself. */
function behindLoadBalancer(readinessPath: string): (chart: Chart) => void {
  return apiOf(
    { readinessPath },
    {
      controller: IngressController.awsAlb({
        webAclArn:
          'arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/embeddings/3ab78708-85b0-49d3-b4e1-7a9615a6613b',
        loadBalancerSubnets: ['10.0.0.0/20'],
      }),
      tls: IngressTls.fromAcmCertificate(
        'arn:aws:acm:eu-central-1:123456789012:certificate/12345678-1234-1234-1234-123456789012',
      ),
      rateLimit: RateLimit.perClient({ requestsPerMinute: 600, burst: 600 }),
      authentication: IngressAuthentication.none('the load balancer is internal'),
      acceptUnenforced: [{ feature: IngressFeature.BODY_SIZE, reason: 'the clients are ours' }],
    },
  );
}

/** A certificate of cert-manager for pods that are no NIM. */
function issued(options: CertManagerTlsOptions, changes: string[]): PropRow {
  const made = (given: CertManagerTlsOptions): ((chart: Chart) => void) =>
    apiOf({ tls: InternalTls.fromCertManager(given) }, { controller: IngressController.ingressNginx() });
  return { without: made({ clusterIssuer: 'internal-ca' }), with: made(options), changes };
}

function throughTraefik(options: InternalTlsOptions, changes: string[]): PropRow {
  const made = (given: InternalTlsOptions): ((chart: Chart) => void) =>
    apiOf({ tls: InternalTls.fromSecretName('api-certificate', given) }, { controller: IngressController.traefik() });
  return { without: made({}), with: made(options), changes };
}

function throughRoutes(options: InternalTlsOptions): (chart: Chart) => void {
  return apiOf({ tls: InternalTls.fromSecretName('api-certificate', options) }, routeOptions());
}

function apiRefusal(part: Partial<HttpApi>, options: Partial<SecureIngressOptions>, message: string): RefusalRow {
  return { without: apiOf({}, options), with: apiOf(part, options), refused: { with: message } };
}

export const NETWORK_ROWS: Record<string, PropRows> = {
  RestrictedServiceProps: {
    pods: {
      without: (chart) => new RestrictedService(chart, 'api', { pods: nimDeployment({}, chart) }),
      with: (chart) => new RestrictedService(chart, 'api', { pods: nimDeployment({ name: 'other' }, chart) }),
      changes: [
        '+Deployment other',
        '+PersistentVolumeClaim other-model-cache',
        '+PodDisruptionBudget other',
        '+ServiceAccount other',
        '-Deployment text-embedding',
        '-PersistentVolumeClaim text-embedding-model-cache',
        '-PodDisruptionBudget text-embedding',
        '-ServiceAccount text-embedding',
        'NetworkPolicy metadata.labels.app.kubernetes.io/instance',
        'NetworkPolicy spec.podSelector.matchLabels.app.kubernetes.io/instance',
        'Service metadata.labels.app.kubernetes.io/instance',
        'Service spec.selector.app.kubernetes.io/instance',
      ],
    },
    name: service({ name: 'other' }, ['+NetworkPolicy other', '+Service other', '-NetworkPolicy api', '-Service api']),
    ingressControllers: service(
      (chart) => ({ ingressControllers: [peer(chart, 'controller')] }),
      ['NetworkPolicy spec.ingress[0]'],
    ),
    clients: service((chart) => ({ clients: [peer(chart, 'rag')] }), ['NetworkPolicy spec.ingress[0]']),
    monitoring: service((chart) => ({ monitoring: [peer(chart, 'prometheus')] }), ['NetworkPolicy spec.ingress[0]']),
    egress: service((chart) => ({ egress: Egress.httpsTo([peer(chart, 'store')]) }), ['NetworkPolicy spec.egress[2]']),
    dns: service({ dns: ClusterDns.OPENSHIFT }, ['NetworkPolicy spec.egress[0].*', 'NetworkPolicy spec.egress[1]']),
  },
  TextEmbeddingNimProps: {
    model: whole({ model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_300M_V2 }, [
      'Deployment metadata.annotations.cdk8s-nim/model',
      ...MODEL_LABEL,
      `${NIM}.image`,
    ]),
  },
  NimBaseProps: {
    ingress: whole(
      (chart) => ({ ingress: ingressOptions(chart) }),
      ['+Certificate text-embedding-tls', '+Ingress text-embedding', 'NetworkPolicy spec.ingress[0]'],
    ),
    ingressControllers: whole(
      (chart) => ({ ingressControllers: [peer(chart, 'controller')] }),
      [
        'NetworkPolicy spec.ingress[0].from[0].namespaceSelector.matchLabels.kubernetes.io/metadata.name',
        'NetworkPolicy spec.ingress[0].from[0].podSelector.matchLabels.app',
        'NetworkPolicy spec.ingress[0].from[0].podSelector.matchLabels.app.kubernetes.io/name',
      ],
      (chart) => ({ ingress: ingressOptions(chart) }),
    ),
    clients: whole((chart) => ({ clients: [peer(chart, 'rag')] }), ['NetworkPolicy spec.ingress[0]']),
    monitoring: whole((chart) => ({ monitoring: [peer(chart, 'prometheus')] }), ['NetworkPolicy spec.ingress[0]']),
    observability: whole(
      { observability: {} },
      ['+ConfigMap text-embedding-dashboard', '+PodMonitor text-embedding', '+PrometheusRule text-embedding'],
      (chart) => ({
        monitoring: [peer(chart, 'prometheus')],
      }),
    ),
    egress: whole(
      (chart) => ({ egress: Egress.viaProxy('http://proxy.egress.svc:3128', [peer(chart, 'proxy')]) }),
      [...PROXY_VARIABLES, 'NetworkPolicy spec.egress[2]'],
      (chart) => ({ credentials: airGapped(chart) }),
    ),
    furtherEgress: whole({ furtherEgress: Egress.tcpTo([Peer.cidr('10.1.2.3/32')], [4318]) }, [
      'NetworkPolicy spec.egress[4]',
    ]),
    dns: whole({ dns: ClusterDns.OPENSHIFT }, ['NetworkPolicy spec.egress[0].*', 'NetworkPolicy spec.egress[1]'], {
      egress: Egress.none(),
    }),
  },
  OpenShiftEgressFirewallProps: {
    furtherHosts: {
      without: (chart) => new OpenShiftEgressFirewall(chart, 'firewall'),
      with: (chart) => new OpenShiftEgressFirewall(chart, 'firewall', { furtherHosts: ['huggingface.co'] }),
      changes: ['EgressFirewall spec.egress[3].*', 'EgressFirewall spec.egress[4].*', 'EgressFirewall spec.egress[5]'],
    },
    furtherNetworks: {
      without: (chart) => new OpenShiftEgressFirewall(chart, 'firewall'),
      with: (chart) => new OpenShiftEgressFirewall(chart, 'firewall', { furtherNetworks: ['10.1.2.0/24'] }),
      changes: ['EgressFirewall spec.egress[3].*', 'EgressFirewall spec.egress[4].*', 'EgressFirewall spec.egress[5]'],
    },
  },
  ProxyEgressOptions: {
    noProxy: whole(
      { egress: proxyEgress({ noProxy: ['.corp.example'] }) },
      [`${NIM}.env[NO_PROXY].value`, `${NIM}.env[no_proxy].value`],
      { egress: proxyEgress() },
    ),
  },
  PodPeerOptions: {
    labels: {
      without: client({ labels: { app: 'rag' } }),
      with: client({ labels: { app: 'search' } }),
      changes: ['NetworkPolicy spec.ingress[0].from[0].podSelector.matchLabels.app'],
    },
    namespace: {
      without: client({ labels: { app: 'rag' } }),
      with: client({ labels: { app: 'rag' }, namespace: 'rag' }),
      changes: ['NetworkPolicy spec.ingress[0].from[0].namespaceSelector'],
    },
  },
  InternalTlsOptions: {
    caSecret: throughTraefik({ caSecret: Secret.fromSecretName(testChart(), 'authority', 'api-authority') }, [
      'ServersTransport spec.rootCAs[0].secret',
    ]),
    caCertificate: {
      without: throughRoutes({}),
      with: throughRoutes({ caCertificate: AUTHORITY }),
      refused: { without: 'InternalTls caCertificate: "api-certificate" is refused' },
    },
  },
  CertManagerTlsOptions: {
    issuer: issued({ issuer: 'team-ca' }, [
      'Certificate api-internal-tls spec.issuerRef.kind',
      'Certificate api-internal-tls spec.issuerRef.name',
    ]),
    clusterIssuer: issued({ clusterIssuer: 'other-ca' }, ['Certificate api-internal-tls spec.issuerRef.name']),
    secretName: issued({ clusterIssuer: 'internal-ca', secretName: 'api' }, [
      '+Certificate api',
      '-Certificate api-internal-tls',
      `${ANNOTATION}nginx.ingress.kubernetes.io/proxy-ssl-secret`,
    ]),
    duration: issued({ clusterIssuer: 'internal-ca', duration: Duration.days(30) }, [
      'Certificate api-internal-tls spec.duration',
    ]),
    renewBefore: issued({ clusterIssuer: 'internal-ca', renewBefore: Duration.days(9) }, [
      'Certificate api-internal-tls spec.renewBefore',
    ]),
  },
  MeshOptions: {
    controlPlaneNamespace: whole(
      { mesh: ServiceMesh.istioSidecar({ controlPlaneNamespace: 'mesh' }) },
      ['NetworkPolicy spec.egress[4].to[0].namespaceSelector.matchLabels.kubernetes.io/metadata.name'],
      { mesh: ServiceMesh.istioSidecar() },
    ),
  },
  HttpApi: {
    paths: api({ paths: ['/v1/rank'] }, ['Ingress spec.rules[0].http.paths[0].path']),
    internalPaths: apiRefusal(
      { internalPaths: ['/v1/secret'] },
      { paths: [IngressPath.exact('/v1/secret')] },
      'SecureIngress paths: "/v1/secret" is refused',
    ),
    scheme: apiRefusal({ scheme: ApiScheme.HTTPS }, {}, 'SecureIngress service scheme: "https" is refused'),
    tls: api({ tls: INTERNAL_TLS }, [
      '+Policy api-backend-tls',
      `${ANNOTATION}nginx.org/policies`,
      `${ANNOTATION}nginx.org/ssl-services`,
    ]),
    metricsPath: apiRefusal(
      { metricsPath: '/v1/numbers' },
      { paths: [IngressPath.exact('/v1/numbers')] },
      'SecureIngress paths: "/v1/numbers" is refused',
    ),
    readinessPath: {
      without: behindLoadBalancer('/ready'),
      with: behindLoadBalancer('/health'),
      changes: [`${ANNOTATION}alb.ingress.kubernetes.io/healthcheck-path`],
    },
    requestTimeout: api({ requestTimeout: Duration.minutes(5) }, [
      `${ANNOTATION}nginx.org/proxy-read-timeout`,
      `${ANNOTATION}nginx.org/proxy-send-timeout`,
    ]),
    minBodySize: apiRefusal({ minBodySize: Size.mebibytes(16) }, {}, 'SecureIngress maxBodySize: "8Mi" is refused'),
    maxBodySize: api({ maxBodySize: Size.mebibytes(64) }, [`${ANNOTATION}nginx.org/client-max-body-size`]),
  },
};
