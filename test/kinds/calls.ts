import { type Chart, Duration, Size } from 'cdk8s';
import { ConfigMap, PersistentVolumeClaim } from 'cdk8s-plus-28';
import * as nim from 'cdk8s-nim';
import { CompanyEdge } from '../../examples/custom-controller/company-edge';
import { configMap, construct, peer, persistentVolumeClaim, secret, size } from '../../lib/common/cdk8s-kinds';
import { instanceOf } from '../../lib/common/class-kinds';
import { enumOf, flag, listOf, port, recordOf, text, wholeNumber } from '../../lib/common/kinds';
import { struct } from '../../lib/common/props';
import { ARGO_CD_APPLICATION_PROPS } from '../../lib/gitops/argo-cd-application';
import { ARGO_CD_APPLICATION_SET_PROPS } from '../../lib/gitops/argo-cd-application-set';
import { ARGO_CD_DESTINATION } from '../../lib/gitops/argo-cd-cluster';
import { ARGO_CD_PROJECT_PROPS } from '../../lib/gitops/argo-cd-project';
import { ARGO_CD_SYNC_WINDOW_OPTIONS } from '../../lib/gitops/argo-cd-sync-window';
import { chartKind } from '../../lib/gitops/chart-contents';
import { GUARDRAILS_OPTIONS } from '../../lib/guardrails/guardrails-options';
import { fieldPath } from '../../lib/guardrails/rendered-object';
import { rendered } from '../../lib/guardrails/rendered-objects';
import * as authentication from '../../lib/ingress/authentication';
import { INGRESS_CONTROLLER_OPTIONS } from '../../lib/ingress/controller-profile';
import { AWS_ALB_OPTIONS } from '../../lib/ingress/controllers/aws-alb/options';
import { ENVOY_GATEWAY_OPTIONS } from '../../lib/ingress/controllers/envoy-gateway/options';
import { GATEWAY_API_OPTIONS } from '../../lib/ingress/controllers/gateway-api/options';
import { HA_PROXY_OPTIONS } from '../../lib/ingress/controllers/ha-proxy/options';
import { OPENSHIFT_ROUTE_OPTIONS } from '../../lib/ingress/controllers/openshift-route/options';
import { TRAEFIK_OPTIONS } from '../../lib/ingress/controllers/traefik/options';
import { ownProfile } from '../../lib/ingress/own-profile';
import { CLIENT_RATE_LIMIT_OPTIONS } from '../../lib/ingress/rate-limit';
import { SECURE_INGRESS_PROPS } from '../../lib/ingress/secure-ingress-props';
import { INGRESS_TLS_OPTIONS, ISSUED_TLS_OPTIONS } from '../../lib/ingress/tls';
import { PROXY_EGRESS_OPTIONS } from '../../lib/network/egress';
import { CERT_MANAGER_TLS_OPTIONS, INTERNAL_TLS_OPTIONS } from '../../lib/network/internal-tls';
import { OPEN_SHIFT_EGRESS_FIREWALL_PROPS } from '../../lib/network/open-shift-egress-firewall';
import { POD_PEER_OPTIONS } from '../../lib/network/peer';
import { MESH_OPTIONS } from '../../lib/network/service-mesh';
import { RESTRICTED_SERVICE_PROPS } from '../../lib/network/restricted-service';
import { AUTOSCALING_OPTIONS, KEDA_AUTOSCALING_OPTIONS } from '../../lib/nim/autoscaling';
import { EMBEDDING_MODEL_PROPS } from '../../lib/nim/embedding-model';
import * as cache from '../../lib/nim/model-cache-options';
import { NIM_DEPLOYMENT_PROPS } from '../../lib/nim/nim-deployment-props';
import { NIM_ATTRIBUTES } from '../../lib/nim/nim-reference';
import { NIM_VOLUME_CLAIM_OPTIONS } from '../../lib/nim/nim-volume';
import { OBSERVABILITY_PROPS } from '../../lib/observability/observability';
import { RESTRICTED_NAMESPACE_PROPS } from '../../lib/security/restricted-namespace';
import { TEXT_EMBEDDING_NIM_PROPS } from '../../lib/text-embedding-nim';
import { deployedChart, REPOSITORY } from '../support/argo-cd';
import { testChart } from '../support/manifests';
import { credentialsOf, ingressOptions, nimDeployment, secretIn } from '../support/nims';
import { type Argument, type Arguments, call, place, props } from './arguments';
import { SECRETS_CALLS } from './secrets-calls';

const reference = (chart: Chart): Argument => [secret, secretIn(chart, 'a-secret')];
const image = nim.ContainerImage.fromReference('registry.example.com/embed:2.3.0');
const peers: Argument = [listOf(peer), [nim.Peer.cidr('10.0.0.0/24')]];
const renderedObjects = (): nim.RenderedObjects => nim.RenderedObjects.of([{ apiVersion: 'v1', kind: 'Service' }]);
const model = nim.EmbeddingModel.NV_EMBEDQA_E5_V5;
const project = nim.ArgoCdProject.fromProjectName('embeddings', REPOSITORY);
const syncWindow = props(ARGO_CD_SYNC_WINDOW_OPTIONS, { schedule: '0 22 * * *', duration: Duration.hours(8) });

/** Everything public that takes arguments, by its name in the API. */
export const CALLS: Record<string, Arguments> = {
  'CaBundle.fromConfigMap': (chart) => [
    [configMap, ConfigMap.fromConfigMapName(chart, 'authorities', 'authorities')],
    [text, 'ca.crt'],
  ],
  'ContainerImage.fromReference': call([text, image.reference]),
  'EmbeddingModel.custom': call(
    props(EMBEDDING_MODEL_PROPS, { id: 'example/embed', image, maxTokens: 10, dimensions: 10 }),
  ),
  'Autoscaling.horizontal': call(
    props(AUTOSCALING_OPTIONS, { maxReplicas: 3, metrics: [nim.ScalingMetric.gpuUtilization(70)] }),
  ),
  'Autoscaling.keda': call(
    props(KEDA_AUTOSCALING_OPTIONS, {
      maxReplicas: 3,
      metrics: [nim.ScalingMetric.gpuUtilization(70)],
      prometheus: { serverAddress: 'http://prometheus.monitoring.svc:9090' },
    }),
  ),
  'KedaAuthentication.namespaced': call(
    [text, 'prometheus'],
    [listOf(enumOf({ KedaAuthMode: nim.KedaAuthMode })), [nim.KedaAuthMode.TLS]],
  ),
  'KedaAuthentication.cluster': call(
    [text, 'prometheus'],
    [listOf(enumOf({ KedaAuthMode: nim.KedaAuthMode })), [nim.KedaAuthMode.TLS]],
  ),
  'ServiceMesh.istioSidecar': call(props(MESH_OPTIONS)),
  'ServiceMesh.linkerd': call(props(MESH_OPTIONS)),
  'RotationRestart.version': call([text, '7']),
  'ScalingMetric.gpuUtilization': call([wholeNumber(1, 100, 'for example 70'), 70]),
  'ScalingMetric.tritonPendingRequests': call([wholeNumber(), 5]),
  'ScalingMetric.requestRate': call([text, 'requests_per_second'], [wholeNumber(), 20], [recordOf(text), {}]),
  'OpenTelemetry.otlpHttp': call([text, 'http://collector.observability.svc:4318'], peers),
  'Gpu.whole': call([wholeNumber(), 1]),
  'Gpu.mig': call([text, '1g.10gb'], [wholeNumber(), 1]),
  'Gpu.fromResourceClaimTemplate': call([text, 'gpu']),
  'Gpu.resource': call([text, 'nvidia.com/gpu.shared'], [wholeNumber(), 1]),
  'InternalTls.fromCertManager': call(props(CERT_MANAGER_TLS_OPTIONS, { clusterIssuer: 'internal-ca' })),
  'InternalTls.fromSecretName': call([text, 'api-certificate'], props(INTERNAL_TLS_OPTIONS)),
  'ModelCache.claim': call(props(cache.MODEL_CACHE_CLAIM_OPTIONS)),
  'ModelCache.existingClaim': (chart) => [
    [persistentVolumeClaim, PersistentVolumeClaim.fromClaimName(chart, 'claim', 'filled')],
    props(cache.MODEL_CACHE_EXISTING_CLAIM_OPTIONS),
  ],
  'ModelCache.fromNimOperator': (chart) => [
    [persistentVolumeClaim, PersistentVolumeClaim.fromClaimName(chart, 'operator', 'embed-pvc')],
    props(cache.MODEL_CACHE_NIM_OPERATOR_OPTIONS, { nimCache: 'embed' }),
  ],
  'ModelCache.prefetched': call(
    [instanceOf(nim.ModelCache), nim.ModelCache.claim()],
    props(cache.MODEL_CACHE_PREFETCH_OPTIONS),
  ),
  'ModelCache.ephemeral': call(props(cache.MODEL_CACHE_EPHEMERAL_OPTIONS)),
  ...SECRETS_CALLS,
  'NimVolume.fromConfigMap': (chart) => [
    [text, '/settings'],
    [configMap, ConfigMap.fromConfigMapName(chart, 'settings', 'settings')],
  ],
  'NimVolume.fromSecret': (chart) => [[text, '/login'], reference(chart)],
  'NimVolume.fromClaim': (chart) => [
    [text, '/data'],
    [persistentVolumeClaim, PersistentVolumeClaim.fromClaimName(chart, 'claim', 'filled')],
    props(NIM_VOLUME_CLAIM_OPTIONS),
  ],
  'NimVolume.emptyDir': call([text, '/scratch'], [size, Size.gibibytes(1)]),
  'ClusterDns.custom': call(peers, [port, 53]),
  'Egress.ciliumFqdns': call([listOf(text), ['huggingface.co']]),
  'Egress.httpsTo': call(peers),
  'Egress.tcpTo': call(peers, [listOf(port), [4318]]),
  'Egress.of': call([listOf(instanceOf(nim.Egress)), [nim.Egress.publicHttps()]]),
  'Egress.viaProxy': call([text, 'http://proxy.egress.svc:3128'], peers, props(PROXY_EGRESS_OPTIONS)),
  'Peer.pods': call(props(POD_PEER_OPTIONS, { labels: { app: 'rag' } })),
  'Peer.cidr': call([text, '10.0.0.0/24']),
  'Peer.fromCdk8sPlus': call([peer, nim.Peer.cidr('10.0.0.0/24')]),
  'ClientAddress.forwardedFor': call([wholeNumber(), 1]),
  'IngressPath.exact': call([text, '/v1/embeddings'], [listOf(enumOf({ HttpMethod: nim.HttpMethod })), []]),
  'RateLimit.perClient': call(props(CLIENT_RATE_LIMIT_OPTIONS, { requestsPerSecond: 1, burst: 1 })),
  'IngressTls.fromSecret': (chart) => [reference(chart), props(INGRESS_TLS_OPTIONS)],
  'IngressTls.fromClusterIssuer': call([text, 'letsencrypt'], props(ISSUED_TLS_OPTIONS)),
  'IngressTls.fromIssuer': call([text, 'letsencrypt'], props(ISSUED_TLS_OPTIONS)),
  'IngressTls.fromGatewayListener': call(props(INGRESS_TLS_OPTIONS)),
  'IngressTls.fromAcmCertificate': call(
    [text, 'arn:aws:acm:eu-central-1:123456789012:certificate/a'],
    props(INGRESS_TLS_OPTIONS),
  ),
  'IngressAuthentication.external': call(
    props(authentication.EXTERNAL_AUTHENTICATION_OPTIONS, { url: 'http://auth.auth.svc/oauth2/auth' }),
  ),
  'IngressAuthentication.oauth2Proxy': call(props(authentication.OAUTH2_PROXY_OPTIONS, { namespace: 'auth' })),
  'IngressAuthentication.jwt': call(
    props(authentication.JWT_AUTHENTICATION_OPTIONS, {
      issuer: 'https://login.example.com',
      jwksUri: 'https://login.example.com/keys',
      audiences: ['embeddings'],
    }),
  ),
  'IngressAuthentication.apiKey': (chart) => [reference(chart), props(authentication.API_KEY_AUTHENTICATION_OPTIONS)],
  'IngressAuthentication.basic': (chart) => [reference(chart)],
  'IngressAuthentication.clientCertificates': (chart) => [
    reference(chart),
    props(authentication.CLIENT_CERTIFICATE_OPTIONS),
  ],
  'IngressAuthentication.none': call([text, 'the gateway in front authenticates']),
  'IngressController.f5Nginx': call(props(INGRESS_CONTROLLER_OPTIONS)),
  'IngressController.ingressNginx': call(props(INGRESS_CONTROLLER_OPTIONS)),
  'IngressController.haProxy': call(props(HA_PROXY_OPTIONS)),
  'IngressController.traefik': call(props(TRAEFIK_OPTIONS)),
  'IngressController.awsAlb': call(
    props(AWS_ALB_OPTIONS, {
      webAclArn: 'arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/a/b',
      loadBalancerSubnets: ['10.0.0.0/24'],
    }),
  ),
  'IngressController.envoyGateway': call(
    props(ENVOY_GATEWAY_OPTIONS, { gateway: { name: 'public', namespace: 'gateways' } }),
  ),
  'IngressController.gatewayApi': call(
    props(GATEWAY_API_OPTIONS, {
      implementation: nim.GatewayImplementation.ISTIO,
      gateway: { name: 'public', namespace: 'gateways' },
      proxies: [nim.Peer.cidr('10.0.0.0/24')],
    }),
  ),
  'IngressController.openShiftRoute': call(props(OPENSHIFT_ROUTE_OPTIONS)),
  'ArgoCdCluster.named': call([text, 'eu-1']),
  'ArgoCdCluster.atServer': call([text, 'https://10.0.0.1:6443']),
  'ArgoCdClusters.listed': call([listOf(instanceOf(nim.ArgoCdCluster)), [nim.ArgoCdCluster.named('eu-1')]]),
  'ArgoCdClusters.labelled': call([recordOf(text), { environment: 'production' }]),
  'ArgoCdSyncWindow.allow': call(syncWindow),
  'ArgoCdSyncWindow.deny': call(syncWindow),
  'ArgoCdProject.fromProjectName': call([text, 'embeddings'], [text, REPOSITORY]),
  ArgoCdProject: (chart) => [...place(chart), props(ARGO_CD_PROJECT_PROPS, { repository: REPOSITORY })],
  ArgoCdApplication: (chart) => [
    ...place(chart),
    props(ARGO_CD_APPLICATION_PROPS, { project, chart: deployedChart(chart) }),
  ],
  ArgoCdApplicationSet: (chart) => [
    ...place(chart),
    props(ARGO_CD_APPLICATION_SET_PROPS, {
      project,
      chart: deployedChart(chart),
      clusters: nim.ArgoCdClusters.labelled({ environment: 'production' }),
    }),
  ],
  'IngressController.custom': call([ownProfile, new CompanyEdge()]),
  'Guardrails.of': (chart) => [[construct, chart], props(GUARDRAILS_OPTIONS)],
  'RenderedObjects.of': call([listOf(rendered), [{ apiVersion: 'v1', kind: 'Service' }]]),
  GuardrailsValidation: call(props(GUARDRAILS_OPTIONS)),
  'TextEmbeddingNim.fromAttributes': call(props(NIM_ATTRIBUTES, { name: 'text-embedding', namespace: 'embeddings' })),
  TextEmbeddingNim: (chart) => [
    ...place(chart),
    props(TEXT_EMBEDDING_NIM_PROPS, {
      model,
      credentials: credentialsOf(chart),
      ingress: ingressOptions(chart),
    }),
  ],
  NimDeployment: (chart) => [
    ...place(chart),
    props(NIM_DEPLOYMENT_PROPS, { model, credentials: credentialsOf(chart) }),
  ],
  RestrictedService: (chart) => [...place(chart), props(RESTRICTED_SERVICE_PROPS, { pods: nimDeployment({}, chart) })],
  SecureIngress: (chart) => [
    ...place(chart),
    props(SECURE_INGRESS_PROPS, {
      ...ingressOptions(chart),
      service: new nim.RestrictedService(chart, 'service', { pods: nimDeployment({}, chart) }),
    }),
  ],
  Observability: (chart) => [
    ...place(chart),
    props(OBSERVABILITY_PROPS, {
      service: new nim.RestrictedService(chart, 'service', {
        pods: nimDeployment({}, chart),
        monitoring: [nim.Peer.cidr('10.0.0.0/24')],
      }),
    }),
  ],
  OpenShiftEgressFirewall: (chart) => [...place(chart), props(OPEN_SHIFT_EGRESS_FIREWALL_PROPS)],
  RestrictedNamespace: (chart) => [...place(chart), props(RESTRICTED_NAMESPACE_PROPS)],
};

/** Objects to call the public methods of, by their class. */
const OBJECTS: Record<string, (chart: Chart) => object> = {
  ArgoCdProject: (chart) => new nim.ArgoCdProject(chart, 'project', { repository: REPOSITORY }),
  IngressController: () => nim.IngressController.f5Nginx(),
  RenderedObject: () => renderedObjects().all()[0] ?? {},
  RenderedObjects: renderedObjects,
  RestrictedService: (chart) => new nim.RestrictedService(chart, 'api', { pods: nimDeployment({}, chart) }),
};

/** Every public method that takes arguments, as `Class#method`. */
export const METHODS: Record<string, Arguments> = {
  'ArgoCdProject#allow': (chart) => [
    [chartKind, chart],
    [listOf(struct(ARGO_CD_DESTINATION)), [nim.ArgoCdCluster.IN_CLUSTER.destination]],
    [flag, true],
  ],
  'IngressController#bind': (chart) => [[construct, chart]],
  'RenderedObject#count': call([fieldPath, 'spec.ports']),
  'RenderedObject#number': call([fieldPath, 'spec.ports[0].port']),
  'RenderedObject#text': call([fieldPath, 'metadata.name']),
  'RenderedObject#value': call([fieldPath, '']),
  'RenderedObjects#find': call([text, '/Service'], [text, ''], [text, 'embeddings']),
  'RenderedObjects#ofKind': call([text, '/Service']),
  'RenderedObjects#workloadsWith': call([text, ''], [recordOf(text), { app: 'embeddings' }]),
  'RestrictedService#addClients': call(peers),
  'RestrictedService#addIngressControllers': call(peers),
  'RestrictedService#addMonitoring': call(peers),
};

/** Calls a method of an object that is made for it, by its name in the API. */
function callMethod(name: string, values: readonly unknown[]): unknown {
  const [type = '', method = ''] = name.split('#');
  const object = OBJECTS[type]?.(testChart()) as Record<string, (...given: unknown[]) => unknown>;
  return object[method]?.(...values);
}

/** Calls a factory or a method, or makes an object of a class, by its name in the API. */
export function callPublic(name: string, values: readonly unknown[]): unknown {
  if (name in METHODS) {
    return callMethod(name, values);
  }
  const [type = '', factory] = name.split('.');
  const found = (nim as unknown as Record<string, new (...given: unknown[]) => Record<string, unknown>>)[type];
  if (found === undefined) {
    throw new Error(`there is no ${type}`);
  }
  const statics = found as unknown as Record<string, (...given: unknown[]) => unknown>;
  return factory === undefined ? new found(...values) : statics[factory]?.(...values);
}
