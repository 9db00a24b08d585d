import {
  CapabilityLevel,
  type GatewayApiOptions,
  GatewayImplementation,
  HttpMethod,
  IngressAuthentication,
  IngressController,
  IngressFeature,
  IngressPath,
  IngressTls,
  Peer,
  RateLimit,
  type SecureIngressOptions,
} from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { ingressTimeoutAndBodySize } from '../../../../lib/guardrails/rules/ingress-timeout-and-body-size';
import { GATEWAY, listener } from '../../../support/envoy-gateway';
import { find, inventory, type Manifest, render, testChart } from '../../../support/manifests';
import { messageOf } from '../../../support/refusals';
import { check, httpRoute, nimObjects } from '../../../support/rules';
import { renderSecureIngress, secureIngress } from '../../../support/secure-ingress';

const { ISTIO, NGINX_GATEWAY_FABRIC, CILIUM, GKE, KONG } = GatewayImplementation;
const UNLIMITED = [
  IngressFeature.RATE_PER_SECOND,
  IngressFeature.RATE_BURST,
  IngressFeature.STATUS_429,
  IngressFeature.BODY_SIZE,
];
const proxies = [Peer.pods({ labels: { gateway: 'public' }, namespace: 'gateways' })];

const controller = (
  implementation: GatewayImplementation,
  options: Partial<GatewayApiOptions> = {},
): IngressController => IngressController.gatewayApi({ implementation, gateway: GATEWAY, proxies, ...options });

function ingress(
  implementation: GatewayImplementation,
  missing: readonly IngressFeature[] = [],
  options: Partial<SecureIngressOptions> = {},
): SecureIngressOptions {
  return {
    host: 'embeddings.example.com',
    controller: controller(implementation),
    tls: IngressTls.fromGatewayListener(),
    rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 60 }),
    authentication: IngressAuthentication.none('the test'),
    acceptUnenforced: [...UNLIMITED, ...missing].map((feature) => ({ feature, reason: 'the test' })),
    ...options,
  };
}

const objects = (...given: Parameters<typeof ingress>): Manifest[] => renderSecureIngress(ingress(...given));
const route = (...given: Parameters<typeof ingress>): unknown =>
  find(objects(...given), 'HTTPRoute', 'text-embedding')['spec'];
const serving = {
  filters: [
    {
      type: 'ResponseHeaderModifier',
      responseHeaderModifier: { set: [{ name: 'Strict-Transport-Security', value: 'max-age=31536000' }] },
    },
  ],
  backendRefs: [{ group: '', kind: 'Service', name: 'text-embedding', port: 8000, weight: 1 }],
};
const matches = ['/v1/embeddings', '/v1/models'].map((value) => ({ path: { type: 'Exact', value } }));

describe('Gateway API', () => {
  it('renders a route on the HTTPS listener and one that redirects, and nothing that one project owns', () => {
    expect(inventory(objects(ISTIO))).toEqual(['HTTPRoute text-embedding', 'HTTPRoute text-embedding-redirect']);
    expect(route(ISTIO)).toEqual({
      parentRefs: [listener('https')],
      hostnames: ['embeddings.example.com'],
      rules: [{ matches, ...serving, timeouts: { request: '130s', backendRequest: '130s' } }],
    });
    expect(find(objects(ISTIO), 'HTTPRoute', 'text-embedding-redirect')['spec']).toEqual({
      parentRefs: [listener('http')],
      hostnames: ['embeddings.example.com'],
      rules: [
        {
          matches,
          filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }],
        },
      ],
    });
  });

  it('tells methods and headers of answers apart', () => {
    const paths = [IngressPath.exact('/v1/embeddings', [HttpMethod.POST])];
    expect(route(CILIUM, [], { paths, responseHeaders: { 'X-A': 'b' } })).toMatchObject({
      rules: [
        {
          matches: [{ path: { type: 'Exact', value: '/v1/embeddings' }, method: 'POST' }],
          filters: [{ responseHeaderModifier: { set: [{}, { name: 'X-A', value: 'b' }] } }],
        },
      ],
    });
  });

  it.each([
    [NGINX_GATEWAY_FABRIC, [IngressFeature.TIMEOUTS], 2],
    [GKE, [IngressFeature.TIMEOUTS], 2],
    [KONG, [IngressFeature.TIMEOUTS, IngressFeature.HTTPS_REDIRECT], 1],
  ])('leaves out what %s ignores, once that is accepted', (implementation, missing, routes) => {
    expect(messageOf(() => objects(implementation))).toContain(
      `feature: "timeouts" is refused: the conformance report of ${implementation} `,
    );
    const rendered = objects(implementation, missing);
    expect(rendered).toHaveLength(routes);
    expect(find(rendered, 'HTTPRoute', 'text-embedding')['spec']).toMatchObject({ rules: [{ matches, ...serving }] });
    expect(JSON.stringify(rendered)).not.toContain('"timeouts":{');
  });

  it('refuses methods where GKE ignores them, and leaves them out once that is accepted', () => {
    const paths = [IngressPath.exact('/v1/embeddings', [HttpMethod.POST])];
    const accepted = [IngressFeature.TIMEOUTS, IngressFeature.METHODS];
    expect(route(GKE, accepted, { paths })).toMatchObject({ rules: [{ matches: [matches[0]] }] });
    expect(JSON.stringify(route(GKE, accepted, { paths }))).not.toContain('"method":');
    expect(() => objects(GKE, [IngressFeature.TIMEOUTS], { paths })).toThrow(
      'GKE Gateway 1.34.4 feature: "methods" is refused: the conformance report of GKE Gateway 1.34.4 lacks HTTPRouteMethodMatching',
    );
  });

  it.each([
    [ISTIO, 'Istio has it in EnvoyFilters only', 'RequestAuthentication and AuthorizationPolicy'],
    [NGINX_GATEWAY_FABRIC, 'RateLimitPolicy', 'AuthenticationFilter'],
    [CILIUM, 'Cilium has none at a Gateway', 'Cilium has none at a Gateway'],
    [GKE, 'Cloud Armor', 'Identity-Aware Proxy'],
    [KONG, 'KongPlugins', 'KongConsumers'],
  ])('says what %s has for limits and logins in place of rendering it', (implementation, limit, login) => {
    const jwt = { issuer: 'https://a.example.com', jwksUri: 'https://a.example.com/keys', audiences: ['a'] };
    const authentication = IngressAuthentication.jwt(jwt);
    const message = messageOf(() => objects(implementation, [], { acceptUnenforced: [], authentication }));
    const [rate, auth] = ['rate-per-second', 'auth-jwt'].map((feature) =>
      message.split('\n').find((line) => line.includes(`feature: "${feature}" is refused`)),
    );
    expect(rate).toContain(limit);
    expect(auth).toContain(login);
    expect(auth).toContain('IngressAuthentication.none(reason)');
  });

  it('leaves the lowest version of TLS to the platform team, and refuses 1.3 where nobody can set it', () => {
    const tls = IngressTls.fromGatewayListener({ minimumVersion: '1.3' as never });
    const rendered = objects(GKE, [IngressFeature.TIMEOUTS], { tls });
    expect(find(rendered, 'HTTPRoute', 'text-embedding').metadata.annotations).toMatchObject({
      'cdk8s-nim/prerequisite-tls-1.3': 'GCPGatewayPolicy default.sslPolicy, the name of a policy with TLS 1.3',
    });
    expect(() => objects(ISTIO, [], { tls })).toThrow('"tls-1.3" is refused: Istio has no option for it');
  });

  it('takes the certificate of the listener only', () => {
    expect(() => objects(ISTIO, [], { tls: IngressTls.fromClusterIssuer('letsencrypt') })).toThrow(
      'Istio certificate: "issuer" is refused: the controller takes its certificate from: gateway-listener',
    );
  });

  it('refuses a version whose conformance nobody has read', () => {
    expect(() => controller(ISTIO, { version: '1.27.0' })).toThrow(
      'Istio version: "1.27.0" is refused: what is rendered needs 1.28.0 or newer',
    );
    expect(controller(ISTIO, { version: '1.30.1' }).version).toBe('1.30.1');
  });

  it('takes the name of the listeners', () => {
    const gateway = { ...GATEWAY, listener: 'tls', httpListener: 'plain' };
    const rendered = renderSecureIngress({ ...ingress(ISTIO), controller: controller(ISTIO, { gateway }) });
    expect(JSON.stringify(rendered)).toContain('"sectionName":"tls"');
    expect(JSON.stringify(rendered)).toContain('"sectionName":"plain"');
  });

  it('opens the network policy to the proxies that are named', () => {
    const chart = testChart();
    secureIngress(ingress(ISTIO), chart);
    expect(JSON.stringify(find(render(chart), 'NetworkPolicy'))).toContain('"gateway":"public"');
  });

  it('has no feature that no report shows', () => {
    const levels = Object.values(GatewayImplementation).map(
      (implementation) =>
        controller(implementation).capabilities.find(({ feature }) => feature === IngressFeature.BACKEND_TLS)?.level,
    );
    expect(new Set(levels)).toEqual(new Set([CapabilityLevel.UNSUPPORTED]));
  });
});

describe('the reason of a front door for going without', () => {
  const report = (annotations: Record<string, string>, timeouts?: object): ReturnType<typeof check> =>
    check(
      [
        ...nimObjects().filter(({ kind }) => kind !== 'Ingress'),
        httpRoute(
          timeouts === undefined
            ? {}
            : { rules: [{ backendRefs: [{ name: 'text-embedding', port: 8000 }], ...timeouts }] },
          annotations,
        ),
      ],
      {},
      [ingressTimeoutAndBodySize],
    );
  const without = (annotations: Record<string, string>, timeouts?: object): readonly unknown[] =>
    report(annotations, timeouts).findings;

  it('a size or a timeout is listed', () => {
    const both = { 'cdk8s-nim/exception-body-size': 'small batches', 'cdk8s-nim/exception-timeouts': 'quick ones' };
    expect(report(both, {}).acknowledged.map(({ finding, reason }) => [finding.message, reason])).toEqual([
      ['no timeout is set', 'quick ones'],
      [expect.stringMatching(/ says how large a request may be$/), 'small batches'],
    ]);
  });

  it('a size or a timeout is taken, and no other', () => {
    expect(without({})).toHaveLength(1);
    expect(without({ 'cdk8s-nim/exception-body-size': 'a test' })).toEqual([]);
    expect(without({ 'cdk8s-nim/exception-body-size': ' ' })).toHaveLength(1);
    expect(without({ 'cdk8s-nim/exception-body-size': 'a test' }, {})).toHaveLength(1);
    const both = { 'cdk8s-nim/exception-body-size': 'a test', 'cdk8s-nim/exception-timeouts': 'a test' };
    expect(without(both, {})).toEqual([]);
  });
});
