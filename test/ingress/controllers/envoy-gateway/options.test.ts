import { Secret } from 'cdk8s-plus-28';
import {
  CapabilityLevel,
  ClientAddress,
  IngressAuthentication,
  IngressFeature,
  IngressTls,
  RateLimit,
  RateLimitScope,
  type SecureIngressOptions,
  TlsVersion,
} from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { envoyGateway, envoyObjects, envoyOptions, envoySpec, GATEWAY } from '../../../support/envoy-gateway';
import { at, find, render, testChart } from '../../../support/manifests';
import { textEmbeddingNim } from '../../../support/nims';
import { secureIngress } from '../../../support/secure-ingress';

const users = Secret.fromSecretName(testChart(), 'users', 'embeddings-users');

function levelOf(feature: IngressFeature, options: Partial<SecureIngressOptions> = {}): CapabilityLevel | undefined {
  return secureIngress(envoyOptions(options)).capabilities.find((capability) => capability.feature === feature)?.level;
}

describe('EnvoyGateway options', () => {
  describe('with local rate limits', () => {
    const controller = envoyGateway({ localRateLimits: true });

    it('counts in each proxy', () => {
      const limit = { requests: 20, unit: 'Second' };
      expect(at(envoySpec('BackendTrafficPolicy', { controller }), 'rateLimit')).toEqual({
        local: {
          rules: [
            { clientSelectors: [{ sourceCIDR: { value: '0.0.0.0/0', type: 'Distinct', invert: false } }], limit },
            { clientSelectors: [{ sourceCIDR: { value: '::/0', type: 'Distinct', invert: false } }], limit },
          ],
        },
      });
    });

    it('reports that only 20 clients are told apart', () => {
      expect(find(envoyObjects({ controller }), 'HTTPRoute', 'text-embedding').metadata.annotations).toMatchObject({
        'cdk8s-nim/approximate-rate-per-second': expect.stringContaining('only 20 clients') as string,
      });
      expect(levelOf(IngressFeature.RATE_BURST, { controller })).toBe(CapabilityLevel.ENFORCED);
    });

    it.each([
      ['1.8.4', 'only 20 clients'],
      ['1.8.5', 'up to 10,000 clients'],
      ['1.9.1', 'only 20 clients'],
      ['1.9.2', 'up to 10,000 clients'],
      ['1.10.0', 'up to 10,000 clients'],
    ])('reports how many clients release %s tells apart: %s', (version, clients) => {
      const objects = envoyObjects({ controller: envoyGateway({ localRateLimits: true, version }) });
      expect(find(objects, 'HTTPRoute', 'text-embedding').metadata.annotations).toMatchObject({
        'cdk8s-nim/approximate-rate-per-second': expect.stringContaining(clients) as string,
      });
    });

    it('refuses to count over all proxies', () => {
      const rateLimit = RateLimit.perClient({ requestsPerSecond: 20, burst: 20, scope: RateLimitScope.CLUSTER });
      expect(() => envoyObjects({ controller, rateLimit })).toThrow(
        'Envoy Gateway 1.9.0 feature: "rate-scope-cluster" is refused: localRateLimits makes every proxy count for itself',
      );
    });
  });

  describe('with a listener of its own', () => {
    const controller = envoyGateway({ ownsListener: true });

    it('sets the TLS version in the namespace of the Gateway', () => {
      const policy = find(envoyObjects({ controller }), 'ClientTrafficPolicy');
      expect(policy.metadata).toMatchObject({ name: 'embeddings-text-embedding', namespace: 'gateways' });
      expect(policy['spec']).toEqual({
        targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'public', sectionName: 'https' }],
        tls: { minVersion: '1.2' },
      });
    });

    it('takes TLS 1.3, the client address and client certificates', () => {
      const tls = IngressTls.fromGatewayListener({ minimumVersion: TlsVersion.TLS_1_3 });
      const authentication = IngressAuthentication.clientCertificates(users);
      const clientAddress = ClientAddress.forwardedFor(2);
      expect(envoySpec('ClientTrafficPolicy', { controller, tls, authentication, clientAddress })).toMatchObject({
        tls: {
          minVersion: '1.3',
          clientValidation: { caCertificateRefs: [{ group: '', kind: 'Secret', name: 'embeddings-users' }] },
        },
        clientIPDetection: { xForwardedFor: { numTrustedHops: 2 } },
      });
      const proxyProtocol = envoySpec('ClientTrafficPolicy', {
        controller,
        clientAddress: ClientAddress.proxyProtocol(),
      });
      expect(proxyProtocol).toMatchObject({ proxyProtocol: {} });
    });

    it('reports what it enforces', () => {
      const tls = IngressTls.fromGatewayListener({ minimumVersion: TlsVersion.TLS_1_3 });
      const authentication = IngressAuthentication.clientCertificates(users);
      const options = { controller, tls, authentication, clientAddress: ClientAddress.forwardedFor() };
      expect(levelOf(IngressFeature.TLS_1_3, options)).toBe(CapabilityLevel.ENFORCED);
      expect(levelOf(IngressFeature.CLIENT_ADDRESS_FORWARDED, options)).toBe(CapabilityLevel.ENFORCED);
      expect(levelOf(IngressFeature.AUTH_CLIENT_CERTIFICATES, options)).toBe(CapabilityLevel.APPROXIMATE);
    });
  });

  it('refuses client certificates on a listener that is shared, because the ingress would be open without them', () => {
    const authentication = IngressAuthentication.clientCertificates(users);
    expect(() => envoyObjects({ authentication })).toThrow(
      'Envoy Gateway 1.9.0 feature: "auth-client-certificates" is refused: it needs the option ownsListener',
    );
  });

  it.each([
    [{}, 'envoy-gateway-system', undefined],
    [{ namespace: 'gateways' }, 'gateways', undefined],
    [{ podLabels: { proxies: 'merged' } }, 'envoy-gateway-system', { proxies: 'merged' }],
  ])('admits the proxies of the Gateway with %j', (options, namespace, labels) => {
    const chart = testChart();
    textEmbeddingNim({ ingress: envoyOptions({ controller: envoyGateway(options) }) }, chart);
    expect(at(find(render(chart), 'NetworkPolicy'), 'spec.ingress.0.from')).toEqual([
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
        podSelector: {
          matchLabels: labels ?? {
            'app.kubernetes.io/managed-by': 'envoy-gateway',
            'app.kubernetes.io/component': 'proxy',
            'gateway.envoyproxy.io/owning-gateway-name': 'public',
            'gateway.envoyproxy.io/owning-gateway-namespace': 'gateways',
          },
        },
      },
    ]);
  });

  describe('throws when', () => {
    it('the version is too old', () => {
      expect(() => envoyGateway({ version: '1.7.3' })).toThrow(
        'Envoy Gateway version: "1.7.3" is refused: what is rendered needs 1.8.0 or newer',
      );
    });

    it.each([
      [{ ...GATEWAY, name: 'Public' }, 'IngressController.envoyGateway gateway name: "Public" is refused'],
      [{ ...GATEWAY, namespace: 'a.b' }, 'IngressController.envoyGateway gateway namespace: "a.b" is refused'],
      [{ ...GATEWAY, listener: '' }, 'IngressController.envoyGateway gateway listener: "" is refused'],
      [{ ...GATEWAY, httpListener: '_' }, 'IngressController.envoyGateway gateway httpListener: "_" is refused'],
    ])('the Gateway is %j', (gateway, message) => {
      expect(() => envoyGateway({ gateway })).toThrow(message);
    });

    it.each([{}, { merged: '' }])('the proxies are selected by %j', (podLabels) => {
      expect(() => envoyGateway({ podLabels }).bind(testChart())).toThrow(
        `IngressController podLabels: ${JSON.stringify(podLabels)} is refused: every pod of the namespace would be admitted`,
      );
    });

    it('the burst is not what a window admits', () => {
      expect(() => envoyObjects({ rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 60 }) })).toThrow(
        'RateLimit.perClient burst: 60 is refused: Envoy Gateway counts over a second and admits all 20 requests of it at ' +
          'once; write burst: 20, or choose another controller',
      );
      expect(() => envoyObjects({ rateLimit: RateLimit.perClient({ requestsPerMinute: 600, burst: 60 }) })).toThrow(
        'counts over a minute and admits all 600 requests of it at once',
      );
    });

    it('connections of each client are to be limited', () => {
      const rateLimit = RateLimit.perClient({ requestsPerSecond: 20, burst: 20, concurrentConnections: 4 });
      expect(() => envoyObjects({ rateLimit })).toThrow(
        /Envoy Gateway 1\.9\.0 feature: "concurrent-connections" is refused: circuitBreaker and connectionLimit count all clients together; choose .*IngressController\.ingressNginx\(\)/,
      );
    });

    it('HSTS is written as one of the other headers', () => {
      expect(() => envoyObjects({ responseHeaders: { 'strict-transport-security': 'max-age=1' } })).toThrow(
        'SecureIngress responseHeaders: "strict-transport-security" is refused: the answer would carry it twice; write ' +
          'hstsMaxAge instead',
      );
    });

    it('the certificate is not that of the listener', () => {
      expect(() => envoyObjects({ tls: IngressTls.fromClusterIssuer('letsencrypt') })).toThrow(
        'Envoy Gateway certificate: "issuer" is refused: the controller takes its certificate from: gateway-listener; ' +
          'write IngressTls.fromGatewayListener()',
      );
    });
  });
});
