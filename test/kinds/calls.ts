import type { Chart } from 'cdk8s';
import { PersistentVolumeClaim } from 'cdk8s-plus-28';
import * as nim from 'cdk8s-nim';
import { construct, peer, persistentVolumeClaim, secret } from '../../lib/common/cdk8s-kinds';
import { instanceOf } from '../../lib/common/class-kinds';
import { type AnyKind, enumOf, listOf, port, text, wholeNumber } from '../../lib/common/kinds';
import { type PropTable, struct } from '../../lib/common/props';
import { GUARDRAILS_OPTIONS } from '../../lib/guardrails/guardrails-options';
import * as authentication from '../../lib/ingress/authentication';
import { INGRESS_CONTROLLER_OPTIONS } from '../../lib/ingress/controller-profile';
import { AWS_ALB_OPTIONS } from '../../lib/ingress/controllers/aws-alb/options';
import { ENVOY_GATEWAY_OPTIONS } from '../../lib/ingress/controllers/envoy-gateway/options';
import { HA_PROXY_OPTIONS } from '../../lib/ingress/controllers/ha-proxy/options';
import { OPENSHIFT_ROUTE_OPTIONS } from '../../lib/ingress/controllers/openshift-route/options';
import { TRAEFIK_OPTIONS } from '../../lib/ingress/controllers/traefik/options';
import { CLIENT_RATE_LIMIT_OPTIONS } from '../../lib/ingress/rate-limit';
import { SECURE_INGRESS_PROPS } from '../../lib/ingress/secure-ingress-props';
import { INGRESS_TLS_OPTIONS, ISSUED_TLS_OPTIONS } from '../../lib/ingress/tls';
import { POD_PEER_OPTIONS } from '../../lib/network/peer';
import { RESTRICTED_SERVICE_PROPS } from '../../lib/network/restricted-service';
import { EMBEDDING_MODEL_PROPS } from '../../lib/nim/embedding-model';
import * as cache from '../../lib/nim/model-cache';
import { NIM_DEPLOYMENT_PROPS } from '../../lib/nim/nim-deployment-props';
import * as credentials from '../../lib/secrets/ngc-credentials-props';
import { RESTRICTED_NAMESPACE_PROPS } from '../../lib/security/restricted-namespace';
import { TEXT_EMBEDDING_NIM_PROPS } from '../../lib/text-embedding-nim';
import { credentialsOf, ingressOptions, nimDeployment, secretIn } from '../support/nims';

/** One argument: what it has to be, and one that is right. */
type Argument = readonly [kind: AnyKind, right: unknown];

/** A factory or a constructor of the public API, with right arguments. */
export interface Call {
  readonly run: (...values: never[]) => unknown;
  readonly withArguments: (chart: Chart) => readonly Argument[];
}

const call = (run: Call['run'], ...values: readonly Argument[]): Call => ({ run, withArguments: () => values });
const callIn = (run: Call['run'], withArguments: Call['withArguments']): Call => ({ run, withArguments });
const props = <Props extends object>(table: PropTable<Props>, right: Partial<Props> = {}): Argument => [
  struct(table) as AnyKind,
  right,
];
const place = (chart: Chart): Argument[] => [
  [construct, chart],
  [text, 'x'],
];
const reference = (chart: Chart): Argument => [secret, secretIn(chart, 'a-secret')];
const image = nim.ContainerImage.fromReference('registry.example.com/embed:2.3.0');
const peers: Argument = [listOf(peer), [nim.Peer.cidr('10.0.0.0/24')]];
const controllers = nim.IngressController;
const tls = nim.IngressTls;
const auth = nim.IngressAuthentication;

const model = nim.EmbeddingModel.NV_EMBEDQA_E5_V5;

/** Everything public that takes arguments, by its name in the API. */
export const CALLS: Record<string, Call> = {
  'ContainerImage.fromReference': call(nim.ContainerImage.fromReference, [text, image.reference]),
  'EmbeddingModel.custom': call(
    (value: never) => nim.EmbeddingModel.custom(value),
    props(EMBEDDING_MODEL_PROPS, { id: 'example/embed', image, maxTokens: 10, dimensions: 10 }),
  ),
  'Gpu.whole': call(nim.Gpu.whole, [wholeNumber(), 1]),
  'Gpu.mig': call(nim.Gpu.mig, [text, '1g.10gb'], [wholeNumber(), 1]),
  'Gpu.resource': call(nim.Gpu.resource, [text, 'nvidia.com/gpu.shared'], [wholeNumber(), 1]),
  'ModelCache.claim': call(nim.ModelCache.claim, props(cache.MODEL_CACHE_CLAIM_OPTIONS)),
  'ModelCache.existingClaim': callIn(nim.ModelCache.existingClaim, (chart) => [
    [persistentVolumeClaim, PersistentVolumeClaim.fromClaimName(chart, 'claim', 'filled')],
    props(cache.MODEL_CACHE_EXISTING_CLAIM_OPTIONS),
  ]),
  'ModelCache.ephemeral': call(nim.ModelCache.ephemeral, props(cache.MODEL_CACHE_EPHEMERAL_OPTIONS)),
  'NimRuntime.of': call(
    nim.NimRuntime.of,
    [instanceOf(nim.ContainerImage), image],
    [instanceOf(nim.NimRuntime), undefined],
  ),
  'SecretStoreRef.cluster': call(nim.SecretStoreRef.cluster, [text, 'vault']),
  'SecretStoreRef.namespaced': call(nim.SecretStoreRef.namespaced, [text, 'vault']),
  'NgcCredentials.fromSecretNames': callIn(
    (...values: [never, never, never]) => nim.NgcCredentials.fromSecretNames(...values),
    (chart) => [...place(chart), props(credentials.NGC_SECRET_NAMES_PROPS)],
  ),
  'NgcCredentials.fromExternalSecrets': callIn(
    (...values: [never, never, never]) => nim.NgcCredentials.fromExternalSecrets(...values),
    (chart) => [
      ...place(chart),
      props(credentials.NGC_EXTERNAL_SECRETS_PROPS, {
        store: nim.SecretStoreRef.cluster('vault'),
        apiKey: { key: 'nvidia/ngc' },
      }),
    ],
  ),
  'ClusterDns.custom': call(nim.ClusterDns.custom, peers, [port, 53]),
  'Egress.httpsTo': call(nim.Egress.httpsTo, peers),
  'Egress.viaProxy': call(nim.Egress.viaProxy, [text, 'http://proxy.egress.svc:3128'], peers),
  'Peer.pods': call(nim.Peer.pods, props(POD_PEER_OPTIONS, { labels: { app: 'rag' } })),
  'Peer.cidr': call(nim.Peer.cidr, [text, '10.0.0.0/24']),
  'ClientAddress.forwardedFor': call(nim.ClientAddress.forwardedFor, [wholeNumber(), 1]),
  'IngressPath.exact': call(
    nim.IngressPath.exact,
    [text, '/v1/embeddings'],
    [listOf(enumOf({ HttpMethod: nim.HttpMethod })), []],
  ),
  'RateLimit.perClient': call(
    nim.RateLimit.perClient,
    props(CLIENT_RATE_LIMIT_OPTIONS, { requestsPerSecond: 1, burst: 1 }),
  ),
  'IngressTls.fromSecret': callIn(tls.fromSecret, (chart) => [reference(chart), props(INGRESS_TLS_OPTIONS)]),
  'IngressTls.fromClusterIssuer': call(tls.fromClusterIssuer, [text, 'letsencrypt'], props(ISSUED_TLS_OPTIONS)),
  'IngressTls.fromIssuer': call(tls.fromIssuer, [text, 'letsencrypt'], props(ISSUED_TLS_OPTIONS)),
  'IngressTls.fromGatewayListener': call(tls.fromGatewayListener, props(INGRESS_TLS_OPTIONS)),
  'IngressTls.fromAcmCertificate': call(
    tls.fromAcmCertificate,
    [text, 'arn:aws:acm:eu-central-1:123456789012:certificate/a'],
    props(INGRESS_TLS_OPTIONS),
  ),
  'IngressAuthentication.external': call(
    auth.external,
    props(authentication.EXTERNAL_AUTHENTICATION_OPTIONS, { url: 'http://auth.auth.svc/oauth2/auth' }),
  ),
  'IngressAuthentication.oauth2Proxy': call(
    auth.oauth2Proxy,
    props(authentication.OAUTH2_PROXY_OPTIONS, { namespace: 'auth' }),
  ),
  'IngressAuthentication.jwt': call(
    auth.jwt,
    props(authentication.JWT_AUTHENTICATION_OPTIONS, {
      issuer: 'https://login.example.com',
      jwksUri: 'https://login.example.com/keys',
      audiences: ['embeddings'],
    }),
  ),
  'IngressAuthentication.apiKey': callIn(auth.apiKey, (chart) => [
    reference(chart),
    props(authentication.API_KEY_AUTHENTICATION_OPTIONS),
  ]),
  'IngressAuthentication.basic': callIn(auth.basic, (chart) => [reference(chart)]),
  'IngressAuthentication.clientCertificates': callIn(auth.clientCertificates, (chart) => [
    reference(chart),
    props(authentication.CLIENT_CERTIFICATE_OPTIONS),
  ]),
  'IngressAuthentication.none': call(auth.none, [text, 'the gateway in front authenticates']),
  'IngressController.f5Nginx': call(controllers.f5Nginx, props(INGRESS_CONTROLLER_OPTIONS)),
  'IngressController.ingressNginx': call(controllers.ingressNginx, props(INGRESS_CONTROLLER_OPTIONS)),
  'IngressController.haProxy': call(controllers.haProxy, props(HA_PROXY_OPTIONS)),
  'IngressController.traefik': call(controllers.traefik, props(TRAEFIK_OPTIONS)),
  'IngressController.awsAlb': call(
    controllers.awsAlb,
    props(AWS_ALB_OPTIONS, {
      webAclArn: 'arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/a/b',
      loadBalancerSubnets: ['10.0.0.0/24'],
    }),
  ),
  'IngressController.envoyGateway': call(
    controllers.envoyGateway,
    props(ENVOY_GATEWAY_OPTIONS, { gateway: { name: 'public', namespace: 'gateways' } }),
  ),
  'IngressController.openShiftRoute': call(controllers.openShiftRoute, props(OPENSHIFT_ROUTE_OPTIONS)),
  'Guardrails.of': callIn(
    (...values: [never, never]) => nim.Guardrails.of(...values),
    (chart) => [[construct, chart], props(GUARDRAILS_OPTIONS)],
  ),
  GuardrailsValidation: call((value: never) => new nim.GuardrailsValidation(value), props(GUARDRAILS_OPTIONS)),
  TextEmbeddingNim: callIn(
    (...values: [never, never, never]) => new nim.TextEmbeddingNim(...values),
    (chart) => [
      ...place(chart),
      props(TEXT_EMBEDDING_NIM_PROPS, {
        model,
        credentials: credentialsOf(chart),
        ingress: ingressOptions(chart),
      }),
    ],
  ),
  NimDeployment: callIn(
    (...values: [never, never, never]) => new nim.NimDeployment(...values),
    (chart) => [...place(chart), props(NIM_DEPLOYMENT_PROPS, { model, credentials: credentialsOf(chart) })],
  ),
  RestrictedService: callIn(
    (...values: [never, never, never]) => new nim.RestrictedService(...values),
    (chart) => [...place(chart), props(RESTRICTED_SERVICE_PROPS, { pods: nimDeployment({}, chart) })],
  ),
  SecureIngress: callIn(
    (...values: [never, never, never]) => new nim.SecureIngress(...values),
    (chart) => [
      ...place(chart),
      props(SECURE_INGRESS_PROPS, {
        ...ingressOptions(chart),
        service: new nim.RestrictedService(chart, 'service', { pods: nimDeployment({}, chart) }),
      }),
    ],
  ),
  RestrictedNamespace: callIn(
    (...values: [never, never, never]) => new nim.RestrictedNamespace(...values),
    (chart) => [...place(chart), props(RESTRICTED_NAMESPACE_PROPS)],
  ),
};
