/** A program for every feature that a controller has, by its own table of capabilities. */
import type { Chart } from 'cdk8s';
import {
  CapabilityLevel,
  ClientAddress,
  GatewayImplementation,
  HttpMethod,
  IngressAuthentication,
  IngressController,
  IngressFeature,
  IngressPath,
  IngressTls,
  Peer,
  RateLimit,
  type ClientRateLimitOptions,
  RateLimitScope,
  type SecureIngressOptions,
  TlsVersion,
  type UnenforcedFeature,
} from 'cdk8s-nim';
import { requestedFeatures } from '../../../lib/ingress/capabilities';
import { CONTROLLERS } from '../../../lib/ingress/controllers';
import { apiService } from '../../ingress/support';
import { INTERNAL_TLS } from '../../support/internal-tls';
import { testChart } from '../../support/manifests';
import { secretIn, textEmbeddingNim } from '../../support/nims';
import { type Program, program } from './programs';

/** How a controller is chosen, and what differs with it. */
interface FrontDoor {
  readonly controller: () => IngressController;
  /** @default - a certificate of cert-manager */
  readonly tls?: (minimumVersion: TlsVersion) => IngressTls;
  /** The burst that the controller can keep at a number of requests in a period. */
  readonly burst: (requests: number, periodSeconds: number) => number;
  /** @default 'second' */
  readonly period?: 'second' | 'minute';
}

const GATEWAY = { name: 'public', namespace: 'gateways' };

const FRONT_DOORS: Readonly<Record<string, FrontDoor>> = {
  'IngressController.f5Nginx()': { controller: () => IngressController.f5Nginx(), burst: (requests) => requests * 3 },
  'IngressController.ingressNginx()': {
    controller: () => IngressController.ingressNginx(),
    burst: (requests) => requests * 3,
  },
  'IngressController.haProxy()': { controller: () => IngressController.haProxy(), burst: (requests) => requests * 3 },
  'IngressController.traefik()': {
    controller: () => IngressController.traefik({ redis: { endpoints: ['redis.traefik.svc.cluster.local:6379'] } }),
    burst: (requests) => requests * 3,
  },
  'IngressController.awsAlb()': {
    controller: () =>
      IngressController.awsAlb({
        webAclArn: 'arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/embeddings/3ab78708',
        loadBalancerSubnets: ['10.0.0.0/20'],
        trustStoreArn: 'arn:aws:elasticloadbalancing:eu-central-1:123456789012:truststore/embeddings/3ab78708',
      }),
    tls: (minimumVersion) =>
      IngressTls.fromAcmCertificate('arn:aws:acm:eu-central-1:123456789012:certificate/12345678', { minimumVersion }),
    burst: (requests) => requests,
    period: 'minute',
  },
  'IngressController.envoyGateway()': {
    controller: () => IngressController.envoyGateway({ gateway: GATEWAY, ownsListener: true }),
    tls: (minimumVersion) => IngressTls.fromGatewayListener({ minimumVersion }),
    burst: (requests) => requests,
  },
  'IngressController.gatewayApi()': {
    controller: () =>
      IngressController.gatewayApi({
        implementation: GatewayImplementation.ISTIO,
        gateway: GATEWAY,
        proxies: [Peer.cidr('10.0.0.0/24')],
      }),
    tls: (minimumVersion) => IngressTls.fromGatewayListener({ minimumVersion }),
    burst: (requests) => requests,
  },
  'IngressController.openShiftRoute()': {
    controller: () => IngressController.openShiftRoute(),
    burst: (requests, periodSeconds) => (requests * 10) / periodSeconds,
  },
};

/** What the options of a program are made from. */
interface Making {
  readonly chart: Chart;
  readonly rate: (options?: Partial<ClientRateLimitOptions>) => RateLimit;
  readonly has: (feature: IngressFeature) => boolean;
}

type Ask = (making: Making) => Partial<SecureIngressOptions>;

/** For what every door has. */
const EVERY_DOOR: Ask = () => ({});
/** For what is asked by the version of TLS or the period of the rate, below. */
const BY_ITSELF: Ask = () => ({});

/** For what is asked by the NIM, below. */
const BY_THE_NIM: Ask = () => ({});

/** The options that ask for a feature. */
const ASKED: Readonly<Record<IngressFeature, Ask>> = {
  [IngressFeature.TLS_1_2]: BY_ITSELF,
  [IngressFeature.TLS_1_3]: BY_ITSELF,
  [IngressFeature.HTTPS_REDIRECT]: EVERY_DOOR,
  [IngressFeature.HSTS]: EVERY_DOOR,
  [IngressFeature.EXACT_PATHS]: EVERY_DOOR,
  [IngressFeature.METHODS]: () => ({ paths: [IngressPath.exact('/v1/embeddings', [HttpMethod.POST])] }),
  [IngressFeature.CLIENT_ADDRESS_DIRECT]: EVERY_DOOR,
  [IngressFeature.CLIENT_ADDRESS_FORWARDED]: () => ({ clientAddress: ClientAddress.forwardedFor() }),
  [IngressFeature.CLIENT_ADDRESS_PROXY_PROTOCOL]: () => ({ clientAddress: ClientAddress.proxyProtocol() }),
  [IngressFeature.RATE_PER_SECOND]: EVERY_DOOR,
  [IngressFeature.RATE_PER_MINUTE]: BY_ITSELF,
  [IngressFeature.RATE_BURST]: EVERY_DOOR,
  [IngressFeature.CONCURRENT_CONNECTIONS]: ({ rate }) => ({ rateLimit: rate({ concurrentConnections: 4 }) }),
  [IngressFeature.RATE_BY_HEADER]: ({ chart, rate, has }) => ({
    rateLimit: rate({ header: 'Authorization' }),
    authentication: has(IngressFeature.AUTH_BASIC) ? basic(chart) : jwt(),
  }),
  [IngressFeature.RATE_SCOPE_CLUSTER]: ({ rate }) => ({ rateLimit: rate({ scope: RateLimitScope.CLUSTER }) }),
  [IngressFeature.STATUS_429]: EVERY_DOOR,
  [IngressFeature.BODY_SIZE]: EVERY_DOOR,
  [IngressFeature.TIMEOUTS]: EVERY_DOOR,
  [IngressFeature.BACKEND_TLS]: BY_THE_NIM,
  [IngressFeature.SOURCE_RANGES]: () => ({ sourceRanges: ['203.0.113.0/24', '198.51.100.0/24'] }),
  [IngressFeature.RESPONSE_HEADERS]: () => ({ responseHeaders: { 'X-Content-Type-Options': 'nosniff' } }),
  [IngressFeature.AUTH_EXTERNAL]: () => ({
    authentication: IngressAuthentication.external({ url: 'http://auth.auth.svc.cluster.local/check' }),
  }),
  [IngressFeature.AUTH_BASIC]: ({ chart }) => ({ authentication: basic(chart) }),
  [IngressFeature.AUTH_CLIENT_CERTIFICATES]: ({ chart }) => ({
    authentication: IngressAuthentication.clientCertificates(secretIn(chart, 'client-ca')),
  }),
  [IngressFeature.AUTH_JWT]: () => ({ authentication: jwt() }),
  [IngressFeature.AUTH_API_KEY]: ({ chart }) => ({
    authentication: IngressAuthentication.apiKey(secretIn(chart, 'api-keys')),
  }),
};

function basic(chart: Chart): IngressAuthentication {
  return IngressAuthentication.basic(secretIn(chart, 'users'));
}

function jwt(): IngressAuthentication {
  return IngressAuthentication.jwt({
    issuer: 'https://login.example.com',
    jwksUri: 'https://login.example.com/keys',
    audiences: ['embeddings'],
  });
}

/** Every controller with every feature that a door may ask of it, and that it does not call unsupported. */
export function frontDoorPrograms(namespaceOf: (name: string) => string): Program[] {
  return CONTROLLERS.flatMap(({ name }) =>
    Object.values(IngressFeature)
      .filter((feature) => ASKED[feature] !== EVERY_DOOR && has(name, feature))
      .map((feature) =>
        program(`${name.replace(/^IngressController\.|\(\)$/g, '')} ${feature}`, namespaceOf, (chart) => {
          const tls = ASKED[feature] === BY_THE_NIM ? { internalTls: INTERNAL_TLS } : {};
          textEmbeddingNim({ ingress: ingressWith(chart, name, feature), ...tls }, chart);
        }),
      ),
  );
}

function ingressWith(chart: Chart, name: string, feature: IngressFeature): SecureIngressOptions {
  const door = FRONT_DOORS[name];
  if (door === undefined) {
    throw new Error(`no front door of ${name}: add it to FRONT_DOORS`);
  }
  const period = feature === IngressFeature.RATE_PER_MINUTE ? 'minute' : (door.period ?? 'second');
  const requests = period === 'minute' ? 600 : 20;
  const rate = (options: Partial<ClientRateLimitOptions> = {}): RateLimit =>
    RateLimit.perClient({
      ...(period === 'minute' ? { requestsPerMinute: requests } : { requestsPerSecond: requests }),
      burst: door.burst(requests, period === 'minute' ? 60 : 1),
      ...options,
    });
  const tls =
    door.tls ?? ((minimumVersion: TlsVersion) => IngressTls.fromClusterIssuer('letsencrypt', { minimumVersion }));
  const options: SecureIngressOptions = {
    host: 'embeddings.example.com',
    controller: door.controller(),
    tls: tls(feature === IngressFeature.TLS_1_3 ? TlsVersion.TLS_1_3 : TlsVersion.TLS_1_2),
    rateLimit: rate(),
    authentication: IngressAuthentication.none('the test'),
    ...ASKED[feature]({ chart, rate, has: (other) => has(name, other) }),
  };
  return { ...options, acceptUnenforced: unenforced(name, options) };
}

/** What every door of a controller has to go without. */
function unenforced(name: string, options: SecureIngressOptions): UnenforcedFeature[] {
  return requestedFeatures({ ...options, service: apiService(testChart()) })
    .filter((feature) => !has(name, feature))
    .map((feature) => ({ feature, reason: 'the test' }));
}

function has(name: string, feature: IngressFeature): boolean {
  const controller = CONTROLLERS.find((candidate) => candidate.name === name);
  return controller?.capabilities[feature].level !== CapabilityLevel.UNSUPPORTED;
}
