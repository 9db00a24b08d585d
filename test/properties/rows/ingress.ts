import { type Chart, Duration, Size } from 'cdk8s';
import {
  ClientAddress,
  type ClientCertificateOptions,
  type ClientRateLimitOptions,
  type ExternalAuthenticationOptions,
  IngressAuthentication,
  IngressController,
  type IngressControllerOptions,
  IngressFeature,
  IngressPath,
  IngressTls,
  type IssuedTlsOptions,
  HttpMethod,
  type Oauth2ProxyOptions,
  Peer,
  RateLimit,
  RateLimitScope,
  SecureIngress,
  type SecureIngressOptions,
  TextEmbeddingNim,
  TlsVersion,
  type UnenforcedFeature,
} from 'cdk8s-nim';
import { testChart } from '../../support/manifests';
import { credentialsOf, type Given, given, ingressOptions, secretIn, textEmbeddingNim } from '../../support/nims';
import { ANNOTATION, type PropRow, type PropRows } from './row';

function ingress(
  props: Given<SecureIngressOptions>,
  changes: string[],
  base: Given<SecureIngressOptions> = {},
): PropRow {
  const make =
    (...all: Given<SecureIngressOptions>[]) =>
    (chart: Chart) => {
      const options = all.map((one) => given(one, chart)).reduce((sum, one) => ({ ...sum, ...one }), {});
      textEmbeddingNim({ ingress: { ...ingressOptions(chart), ...options } }, chart);
    };
  return { without: make(base), with: make(base, props), changes };
}

const nginxNoLimits = { controller: IngressController.ingressNginx() };

function rate(
  options: ClientRateLimitOptions,
  changes: string[],
  base: ClientRateLimitOptions = { requestsPerSecond: 20, burst: 60 },
  more: Partial<SecureIngressOptions> = {},
): PropRow {
  return ingress({ rateLimit: RateLimit.perClient(options) }, changes, {
    ...more,
    rateLimit: RateLimit.perClient(base),
  });
}

function issued(options: IssuedTlsOptions, changes: string[]): PropRow {
  return ingress({ tls: IngressTls.fromIssuer('letsencrypt', options) }, changes, {
    tls: IngressTls.fromIssuer('letsencrypt'),
  });
}

function controller(
  options: IngressControllerOptions,
  changes: string[],
  authentication = IngressAuthentication.none('the gateway in front authenticates'),
): PropRow {
  return ingress({ controller: IngressController.f5Nginx(options) }, changes, { authentication });
}

/** An ingress that asks for methods, which no nginx controller can tell apart. */
function postOnly(acceptUnenforced: UnenforcedFeature[]): (chart: Chart) => void {
  return (chart) => {
    const paths = [IngressPath.exact('/v1/embeddings', [HttpMethod.POST])];
    textEmbeddingNim({ ingress: { ...ingressOptions(chart), paths, acceptUnenforced } }, chart);
  };
}

/** An ingress before one of two NIMs. */
function doorTo(name: string): (chart: Chart) => void {
  return (chart) => {
    const { model } = textEmbeddingNim({}, testChart());
    const credentials = credentialsOf(chart);
    const nims = ['text-embedding', 'other'].map((id) => new TextEmbeddingNim(chart, id, { model, credentials }));
    const service = nims.map((nim) => nim.service).find((candidate) => candidate.name === name);
    if (service !== undefined) {
      new SecureIngress(chart, 'door', { ...ingressOptions(chart), name: 'door', service });
    }
  };
}

function external(options: Partial<ExternalAuthenticationOptions>, changes: string[]): PropRow {
  const base = { url: 'http://auth.auth.svc.cluster.local/check' };
  return ingress({ authentication: IngressAuthentication.external({ ...base, ...options }) }, changes, {
    ...nginxNoLimits,
    authentication: IngressAuthentication.external(base),
  });
}

function oauth2Proxy(
  options: Partial<Oauth2ProxyOptions>,
  changes: string[],
  controller = IngressController.f5Nginx(),
): PropRow {
  const base = { namespace: 'auth' };
  return ingress({ controller, authentication: IngressAuthentication.oauth2Proxy({ ...base, ...options }) }, changes, {
    controller,
    authentication: IngressAuthentication.oauth2Proxy(base),
  });
}

function certificates(options: ClientCertificateOptions, changes: string[]): PropRow {
  return ingress(
    (chart) => ({
      authentication: IngressAuthentication.clientCertificates(secretIn(chart, 'clients', 'with'), options),
    }),
    changes,
    (chart) => ({ authentication: IngressAuthentication.clientCertificates(secretIn(chart, 'clients')) }),
  );
}

const rateHeader = { requestsPerSecond: 20, burst: 60, header: 'Authorization' };

export const INGRESS_ROWS: Record<string, PropRows> = {
  SecureIngressOptions: {
    host: ingress({ host: 'other.example.com' }, [
      'Certificate spec.dnsNames[0]',
      `${ANNOTATION}nginx.org/basic-auth-realm`,
      'Ingress spec.rules[0].host',
      'Ingress spec.tls[0].hosts[0]',
    ]),
    controller: ingress({ controller: IngressController.ingressNginx() }, [
      `${ANNOTATION}cdk8s-nim/*`,
      `${ANNOTATION}nginx.ingress.kubernetes.io/*`,
      `${ANNOTATION}nginx.org/*`,
      'NetworkPolicy spec.ingress[0].from[0].*',
    ]),
    tls: ingress(
      (chart) => ({ tls: IngressTls.fromSecret(secretIn(chart, 'certificate')) }),
      ['-Certificate text-embedding-tls', 'Ingress spec.tls[0].secretName'],
    ),
    rateLimit: ingress({ rateLimit: RateLimit.perClient({ requestsPerSecond: 10, burst: 30 }) }, [
      `${ANNOTATION}nginx.org/limit-req-burst`,
      `${ANNOTATION}nginx.org/limit-req-rate`,
    ]),
    authentication: ingress({ authentication: IngressAuthentication.none('the gateway in front authenticates') }, [
      `${ANNOTATION}cdk8s-nim/exception-authentication`,
      `${ANNOTATION}nginx.org/basic-auth-realm`,
      `${ANNOTATION}nginx.org/basic-auth-secret`,
    ]),
    paths: ingress({ paths: [IngressPath.exact('/v1/embeddings')] }, ['Ingress spec.rules[0].http.paths[1]']),
    clientAddress: ingress({ clientAddress: ClientAddress.proxyProtocol() }, [
      `${ANNOTATION}cdk8s-nim/prerequisite-client-address-direct`,
      `${ANNOTATION}cdk8s-nim/prerequisite-client-address-proxy-protocol`,
    ]),
    maxBodySize: ingress({ maxBodySize: Size.mebibytes(16) }, [`${ANNOTATION}nginx.org/client-max-body-size`]),
    timeout: ingress({ timeout: Duration.minutes(5) }, [
      `${ANNOTATION}nginx.org/proxy-read-timeout`,
      `${ANNOTATION}nginx.org/proxy-send-timeout`,
    ]),
    connectTimeout: ingress({ connectTimeout: Duration.seconds(5) }, [`${ANNOTATION}nginx.org/proxy-connect-timeout`]),
    sourceRanges: ingress({ sourceRanges: ['192.0.2.0/24'] }, [
      '+Policy text-embedding-source-ranges',
      `${ANNOTATION}nginx.org/policies`,
    ]),
    hstsMaxAge: ingress({ hstsMaxAge: Duration.days(1) }, [`${ANNOTATION}nginx.org/hsts-max-age`]),
    responseHeaders: ingress({ responseHeaders: { 'X-Content-Type-Options': 'nosniff' } }, [
      `${ANNOTATION}nginx.org/add-header`,
    ]),
    acceptUnenforced: {
      without: postOnly([]),
      with: postOnly([{ feature: IngressFeature.METHODS, reason: 'the NIM answers 405 itself' }]),
      refused: { without: 'F5 NGINX Ingress Controller 5.5.4 feature: "methods" is refused' },
    },
  },
  UnenforcedFeature: {
    feature: {
      without: postOnly([{ feature: IngressFeature.METHODS, reason: 'the NIM answers 405 itself' }]),
      with: postOnly([{ feature: IngressFeature.CONCURRENT_CONNECTIONS, reason: 'the NIM answers 405 itself' }]),
      refused: { with: 'SecureIngress acceptUnenforced: "concurrent-connections" is refused: it was not asked for' },
    },
    reason: {
      without: postOnly([{ feature: IngressFeature.METHODS, reason: 'the NIM answers 405 itself' }]),
      with: postOnly([{ feature: IngressFeature.METHODS, reason: 'the clients are ours' }]),
      changes: [`${ANNOTATION}cdk8s-nim/exception-methods`],
    },
  },
  SecureIngressProps: {
    service: {
      without: doorTo('text-embedding'),
      with: doorTo('other'),
      changes: [
        'Certificate metadata.labels.app.kubernetes.io/instance',
        'Ingress metadata.labels.app.kubernetes.io/instance',
        'Ingress spec.rules[0].http.paths[0].backend.service.name',
        'Ingress spec.rules[0].http.paths[1].backend.service.name',
        'NetworkPolicy other spec.ingress[0]',
        'NetworkPolicy text-embedding spec.ingress[0]',
      ],
    },
    ingressControllers: {
      without: (chart) => {
        const { service } = textEmbeddingNim({}, chart);
        new SecureIngress(chart, 'door', { ...ingressOptions(chart), service });
      },
      with: (chart) => {
        const { service } = textEmbeddingNim({}, chart);
        const ingressControllers = [Peer.cidr('10.1.2.0/24')];
        new SecureIngress(chart, 'door', { ...ingressOptions(chart), service, ingressControllers });
      },
      changes: ['NetworkPolicy spec.ingress[0].from*'],
    },
    name: {
      without: (chart) => {
        const { service } = textEmbeddingNim({}, chart);
        new SecureIngress(chart, 'door', { ...ingressOptions(chart), service });
      },
      with: (chart) => {
        const { service } = textEmbeddingNim({}, chart);
        new SecureIngress(chart, 'door', { ...ingressOptions(chart), service, name: 'door' });
      },
      changes: ['+Certificate door-tls', '+Ingress door', '-Certificate text-embedding-tls', '-Ingress text-embedding'],
    },
  },
  ClientRateLimitOptions: {
    requestsPerSecond: rate({ requestsPerSecond: 10, burst: 60 }, [`${ANNOTATION}nginx.org/limit-req-rate`]),
    requestsPerMinute: rate({ requestsPerMinute: 20, burst: 60 }, [
      `${ANNOTATION}nginx.org/limit-req-rate`,
      `${ANNOTATION}cdk8s-nim/approximate-rate-per-minute`,
      `${ANNOTATION}cdk8s-nim/approximate-rate-per-second`,
    ]),
    burst: rate({ requestsPerSecond: 20, burst: 40 }, [`${ANNOTATION}nginx.org/limit-req-burst`]),
    concurrentConnections: rate(
      { requestsPerSecond: 20, burst: 60, concurrentConnections: 5 },
      [
        `${ANNOTATION}nginx.ingress.kubernetes.io/limit-connections`,
        `${ANNOTATION}cdk8s-nim/approximate-concurrent-connections`,
      ],
      undefined,
      nginxNoLimits,
    ),
    header: rate(rateHeader, [`${ANNOTATION}nginx.org/limit-req-key`]),
    scope: rate({ requestsPerSecond: 20, burst: 60, scope: RateLimitScope.CLUSTER }, [
      `${ANNOTATION}cdk8s-nim/approximate-rate-scope-cluster`,
      `${ANNOTATION}nginx.org/limit-req-scale`,
    ]),
  },
  IngressTlsOptions: {
    minimumVersion: issued({ minimumVersion: TlsVersion.TLS_1_3 }, [
      `${ANNOTATION}cdk8s-nim/prerequisite-tls-1.2`,
      `${ANNOTATION}cdk8s-nim/prerequisite-tls-1.3`,
    ]),
  },
  IssuedTlsOptions: {
    secretName: issued({ secretName: 'certificate' }, [
      '+Certificate certificate',
      '-Certificate text-embedding-tls',
      'Ingress spec.tls[0].secretName',
    ]),
    duration: issued({ duration: Duration.days(30) }, ['Certificate spec.duration']),
    renewBefore: issued({ renewBefore: Duration.days(10) }, ['Certificate spec.renewBefore']),
  },
  IngressControllerOptions: {
    version: {
      ...controller({ version: '5.4.0' }, [], IngressAuthentication.oauth2Proxy({ namespace: 'auth' })),
      refused: { with: 'F5 NGINX Ingress Controller 5.4.0 feature: "auth-external" is refused' },
    },
    ingressClassName: controller({ ingressClassName: 'internal' }, ['Ingress spec.ingressClassName']),
    namespace: controller({ namespace: 'edge' }, [
      'NetworkPolicy spec.ingress[0].from[0].namespaceSelector.matchLabels.kubernetes.io/metadata.name',
    ]),
    podLabels: controller({ podLabels: { app: 'edge' } }, [
      'NetworkPolicy spec.ingress[0].from[0].podSelector.matchLabels.app',
      'NetworkPolicy spec.ingress[0].from[0].podSelector.matchLabels.app.kubernetes.io/name',
    ]),
  },
  ExternalAuthenticationOptions: {
    url: external({ url: 'http://other.auth.svc.cluster.local/check' }, [
      `${ANNOTATION}nginx.ingress.kubernetes.io/auth-url`,
    ]),
    responseHeaders: external({ responseHeaders: ['X-User'] }, [
      `${ANNOTATION}nginx.ingress.kubernetes.io/auth-response-headers`,
    ]),
  },
  Oauth2ProxyOptions: {
    namespace: oauth2Proxy({ namespace: 'login' }, ['Policy spec.externalAuth.authServiceName']),
    serviceName: oauth2Proxy({ serviceName: 'proxy' }, ['Policy spec.externalAuth.authServiceName']),
    port: oauth2Proxy({ port: 4180 }, ['Policy spec.externalAuth.authServicePorts[0]']),
    clusterDomain: oauth2Proxy(
      { clusterDomain: 'cluster.example' },
      ['Middleware text-embedding-authentication spec.forwardAuth.address'],
      IngressController.traefik(),
    ),
  },
  ClientCertificateOptions: {
    verifyDepth: certificates({ verifyDepth: 2 }, ['Policy spec.ingressMTLS.verifyDepth']),
  },
};
