import { Duration, Size } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import { HttpMethod, IngressAuthentication, IngressPath, RateLimit } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { envoyGateway, envoyObjects, envoySpec, GATEWAY, listener, TARGET_ROUTE } from '../../../support/envoy-gateway';
import { at, find, inventory, testChart } from '../../../support/manifests';

const users = Secret.fromSecretName(testChart(), 'users', 'embeddings-users');

describe('EnvoyGateway', () => {
  describe('with minimal required props', () => {
    it('renders two routes and one policy', () => {
      expect(inventory(envoyObjects())).toEqual([
        'BackendTrafficPolicy text-embedding',
        'HTTPRoute text-embedding',
        'HTTPRoute text-embedding-redirect',
      ]);
    });

    it('serves the exact paths on the HTTPS listener', () => {
      expect(envoySpec('HTTPRoute', {}, 'text-embedding')).toEqual({
        parentRefs: [listener('https')],
        hostnames: ['embeddings.example.com'],
        rules: [
          {
            matches: [
              { path: { type: 'Exact', value: '/v1/embeddings' } },
              { path: { type: 'Exact', value: '/v1/models' } },
            ],
            filters: [
              {
                type: 'ResponseHeaderModifier',
                responseHeaderModifier: { set: [{ name: 'Strict-Transport-Security', value: 'max-age=31536000' }] },
              },
            ],
            timeouts: { request: '130s', backendRequest: '130s' },
            backendRefs: [{ group: '', kind: 'Service', name: 'text-embedding', port: 8000, weight: 1 }],
          },
        ],
      });
    });

    it('redirects the same paths on the HTTP listener without changing the method', () => {
      expect(envoySpec('HTTPRoute', {}, 'text-embedding-redirect')).toEqual({
        parentRefs: [listener('http')],
        hostnames: ['embeddings.example.com'],
        rules: [
          {
            matches: [
              { path: { type: 'Exact', value: '/v1/embeddings' } },
              { path: { type: 'Exact', value: '/v1/models' } },
            ],
            filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 308 } }],
          },
        ],
      });
    });

    it('limits each IPv4 and IPv6 address over all proxies and paths, bodies and the time to connect', () => {
      const limit = { requests: 20, unit: 'Second' };
      expect(envoySpec('BackendTrafficPolicy')).toEqual({
        targetRefs: [TARGET_ROUTE],
        rateLimit: {
          global: {
            rules: [
              {
                clientSelectors: [{ sourceCIDR: { value: '0.0.0.0/0', type: 'Distinct', invert: false } }],
                limit,
                shared: true,
              },
              {
                clientSelectors: [{ sourceCIDR: { value: '::/0', type: 'Distinct', invert: false } }],
                limit,
                shared: true,
              },
            ],
          },
        },
        requestBuffer: { limit: '8Mi' },
        timeout: { tcp: { connectTimeout: '10s' } },
      });
    });

    it('applies routes and policies in one sync wave, because each policy waits for its route', () => {
      const annotations = envoyObjects({ sourceRanges: ['10.0.0.0/8'] }).flatMap(({ metadata }) =>
        Object.keys(metadata.annotations ?? {}),
      );
      expect(annotations).not.toContain('argocd.argoproj.io/sync-wave');
    });

    it('names the fields that the platform team sets', () => {
      expect(find(envoyObjects(), 'HTTPRoute', 'text-embedding').metadata.annotations).toMatchObject({
        'cdk8s-nim/prerequisite-tls-1.2': expect.stringContaining('ClientTrafficPolicy tls.minVersion') as string,
        'cdk8s-nim/prerequisite-rate-per-second': expect.stringContaining('rateLimit.backend (Redis)') as string,
        'cdk8s-nim/prerequisite-client-address-direct': expect.stringContaining('externalTrafficPolicy') as string,
        'cdk8s-nim/approximate-rate-burst': expect.stringContaining('windows are fixed') as string,
        'cdk8s-nim/exception-authentication': 'the test',
      });
    });
  });

  describe('each feature', () => {
    it('attaches to the named listeners', () => {
      const controller = envoyGateway({ gateway: { ...GATEWAY, listener: 'api', httpListener: 'plain' } });
      expect(at(envoySpec('HTTPRoute', { controller }, 'text-embedding'), 'parentRefs.0.sectionName')).toBe('api');
      expect(at(envoySpec('HTTPRoute', { controller }, 'text-embedding-redirect'), 'parentRefs.0.sectionName')).toBe(
        'plain',
      );
    });

    it('serves a path for its methods only', () => {
      const paths = [
        IngressPath.exact('/v1/embeddings', [HttpMethod.POST]),
        IngressPath.exact('/v1/models', [HttpMethod.GET, HttpMethod.POST]),
      ];
      expect(at(envoySpec('HTTPRoute', { paths }, 'text-embedding'), 'rules.0.matches')).toEqual([
        { path: { type: 'Exact', value: '/v1/embeddings' }, method: 'POST' },
        { path: { type: 'Exact', value: '/v1/models' }, method: 'GET' },
        { path: { type: 'Exact', value: '/v1/models' }, method: 'POST' },
      ]);
      expect(at(envoySpec('HTTPRoute', { paths }, 'text-embedding-redirect'), 'rules.0.matches')).toEqual([
        { path: { type: 'Exact', value: '/v1/embeddings' } },
        { path: { type: 'Exact', value: '/v1/models' } },
      ]);
    });

    it('sets HSTS and other headers of the answer', () => {
      const route = envoySpec(
        'HTTPRoute',
        { hstsMaxAge: Duration.days(1), responseHeaders: { 'X-Content-Type-Options': 'nosniff' } },
        'text-embedding',
      );
      expect(at(route, 'rules.0.filters.0.responseHeaderModifier.set')).toEqual([
        { name: 'Strict-Transport-Security', value: 'max-age=86400' },
        { name: 'X-Content-Type-Options', value: 'nosniff' },
      ]);
    });

    it('writes a "%" in them as Envoy reads it', () => {
      const route = envoySpec('HTTPRoute', { responseHeaders: { 'X-Share': '100% of 50%' } }, 'text-embedding');
      expect(at(route, 'rules.0.filters.0.responseHeaderModifier.set.1.value')).toBe('100%% of 50%%');
    });

    it('takes the timeouts', () => {
      const options = { timeout: Duration.seconds(300), connectTimeout: Duration.seconds(3) };
      expect(at(envoySpec('HTTPRoute', options, 'text-embedding'), 'rules.0.timeouts')).toEqual({
        request: '300s',
        backendRequest: '300s',
      });
      expect(at(envoySpec('BackendTrafficPolicy', options), 'timeout.tcp.connectTimeout')).toBe('3s');
    });

    it('takes the size of bodies', () => {
      const options = { maxBodySize: Size.kibibytes(12345) };
      expect(at(envoySpec('BackendTrafficPolicy', options), 'requestBuffer.limit')).toBe('12345Ki');
    });

    it('takes a rate a minute', () => {
      const options = { rateLimit: RateLimit.perClient({ requestsPerMinute: 600, burst: 600 }) };
      expect(at(envoySpec('BackendTrafficPolicy', options), 'rateLimit.global.rules.0.limit')).toEqual({
        requests: 600,
        unit: 'Minute',
      });
    });

    it('counts by the header that authentication requires', () => {
      const options = {
        rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 20, header: 'Authorization' }),
        authentication: IngressAuthentication.basic(users),
      };
      expect(at(envoySpec('BackendTrafficPolicy', options), 'rateLimit.global.rules')).toEqual([
        {
          clientSelectors: [{ headers: [{ name: 'Authorization', type: 'Distinct', invert: false }] }],
          limit: { requests: 20, unit: 'Second' },
          shared: true,
        },
      ]);
    });

    it('counts by the name of the API key, which is taken from the request before it is counted', () => {
      const options = {
        rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 20, header: 'X-Api-Key' }),
        authentication: IngressAuthentication.apiKey(users),
      };
      expect(at(envoySpec('BackendTrafficPolicy', options), 'rateLimit.global.rules.0.clientSelectors')).toEqual([
        { headers: [{ name: 'x-client-id', type: 'Distinct', invert: false }] },
      ]);
      expect(at(envoySpec('SecurityPolicy', options), 'apiKeyAuth')).toEqual({
        credentialRefs: [{ group: '', kind: 'Secret', name: 'embeddings-users' }],
        extractFrom: [{ headers: ['X-Api-Key'] }],
        sanitize: true,
        forwardClientIDHeader: 'x-client-id',
      });
    });
  });
});
