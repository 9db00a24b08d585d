import { ApiObject } from 'cdk8s';
import {
  CapabilityLevel,
  HttpMethod,
  type IIngressControllerProfile,
  IngressAuthentication,
  IngressController,
  IngressFeature,
  IngressPath,
  type IngressRequirements,
  IngressTls,
  Peer,
  RateLimit,
  type SecureIngressOptions,
} from 'cdk8s-nim';
import type { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { edge, door } from '../support/company-edge';
import { testChart } from '../support/manifests';
import { secretIn } from '../support/nims';

/** What a profile is asked for. */
function askedFor(props: Partial<SecureIngressOptions>, chart = testChart()): IngressRequirements {
  let asked: IngressRequirements | undefined;
  const every: IIngressControllerProfile = {
    name: 'All',
    version: '1.0.0',
    features: Object.values(IngressFeature).map((feature) => ({ feature, level: CapabilityLevel.ENFORCED, note: 'x' })),
    language: edge.language,
    peers: () => [],
    render: (scope, requirements) => {
      asked = requirements;
      const { name, annotations } = requirements;
      new ApiObject(scope, 'Door', { apiVersion: 'v1', kind: 'Door', metadata: { name, annotations } });
    },
  };
  door(every, props, chart);
  return asked!;
}

describe('a controller of a profile of somebody else', () => {
  it('is asked in words that no controller owns', () => {
    expect(
      askedFor({
        host: 'embeddings.example.com',
        tls: IngressTls.fromClusterIssuer('letsencrypt'),
        rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 60 }),
        paths: [IngressPath.exact('/v1/embeddings', [HttpMethod.POST])],
        sourceRanges: ['203.0.113.0/24'],
        responseHeaders: { 'X-A': 'b' },
      }),
    ).toMatchObject({
      name: 'text-embedding',
      namespace: 'embeddings',
      host: 'embeddings.example.com',
      features: expect.arrayContaining([
        'auth-external',
        'client-address-direct',
        'methods',
        'rate-per-second',
        'source-ranges',
        'tls-1.2',
      ]) as unknown,
      paths: [{ path: '/v1/embeddings', methods: ['POST'] }],
      internalPaths: expect.arrayContaining(['/v1/metrics']) as unknown,
      service: { name: 'text-embedding', port: 8000, portName: 'http-api', readinessPath: '/v1/health/ready' },
      certificateSecret: 'text-embedding-tls',
      minimumTlsVersion: '1.2',
      trustedHops: 0,
      rateLimit: { requests: 20, burst: 60, periodSeconds: 1 },
      authentication: { url: 'http://authn.auth.svc/check', responseHeaders: [] },
      maxBodyBytes: 8 * 1024 * 1024,
      connectTimeoutSeconds: 10,
      timeoutSeconds: 130,
      sourceRanges: ['203.0.113.0/24'],
      hstsMaxAgeSeconds: 31536000,
      responseHeaders: { 'X-A': 'b' },
    });
  });

  it('is told what each authentication needs', () => {
    const jwt = { issuer: 'https://login.example.com', jwksUri: 'https://login.example.com/keys', audiences: ['a'] };
    const chart = testChart();
    const secret = secretIn(chart, 'a-secret');
    const details = [
      IngressAuthentication.basic(secret),
      IngressAuthentication.clientCertificates(secret, { verifyDepth: 2 }),
      IngressAuthentication.jwt(jwt),
      IngressAuthentication.apiKey(secret),
      IngressAuthentication.none('a test'),
    ].map((authentication) => askedFor({ authentication }).authentication);
    expect(details).toEqual([
      { secretName: 'a-secret' },
      { secretName: 'a-secret', verifyDepth: 2 },
      jwt,
      { secretName: 'a-secret', header: 'X-Api-Key' },
      {},
    ]);
  });

  it('takes the certificate of a listener where it says so', () => {
    const chart = testChart();
    const listener = { ...edgeLike(), usesListenerCertificate: true };
    door(listener, { tls: IngressTls.fromGatewayListener() }, chart);
    expect(() => {
      door(listener, { tls: IngressTls.fromClusterIssuer('letsencrypt') });
    }).toThrow(
      'Company Edge certificate: "issuer" is refused: the controller takes its certificate from: gateway-listener',
    );
  });

  it('is refused what it does not list, and what is too new for its version', () => {
    expect(() => {
      door(edge, { authentication: IngressAuthentication.basic(secretIn(testChart(), 'users')) });
    }).toThrow('Company Edge 4.2.0 feature: "auth-basic" is refused: the profile of the controller does not list it');
    expect(() => {
      door({ ...edgeLike(), version: '4.0.0' }, { sourceRanges: ['203.0.113.0/24'] });
    }).toThrow('it needs Company Edge 4.1.0 or newer');
  });

  it.each<[string, object, string]>([
    ['no object', { render: () => undefined }, 'render of Company Edge: [] is refused: none of the objects carries'],
    [
      'an object without a kind',
      {
        render: (scope: Construct) =>
          new ApiObject(scope, 'Door', { apiVersion: 'v1', metadata: { name: 'door' } } as never),
      },
      'render of Company Edge: {"apiVersion":"v1","name":"door"} is refused: it is no Kubernetes object',
    ],
    [
      'a feature twice',
      { features: [...edge.features, ...edge.features] },
      'IngressController.custom features: "tls-1.2" is refused: it is listed twice',
    ],
    [
      'a feature that is none',
      { features: [{ feature: 'tea', level: 'enforced', note: '' }] },
      'features[0] feature: "tea" is refused',
    ],
    [
      'a first version that is none',
      { features: [{ feature: 'methods', level: 'enforced', note: 'x', since: 'next' }] },
      'features[0] since: "next" is refused: it has to be a version',
    ],
    ['no method', { peers: 1 }, 'IngressController.custom profile peers: 1 is refused: it has to be a method'],
    ['peers that are none', { peers: () => ['x'] }, 'peers of Company Edge[0]: "x" is refused'],
    [
      'no version',
      { version: 'newest' },
      'profile version: "newest" is refused: it has to be a version; write it as \'major.minor.patch\'',
    ],
    ['a language without a door', { language: { name: 'x' } }, 'profile language door: nothing is given'],
    [
      'a pattern that is none',
      { language: { ...edge.language, rateLimits: [{ field: 'a', pattern: '(' }] } },
      'pattern: "(" is refused: it has to be a regular expression',
    ],
    [
      'a kind without a group',
      { language: { ...edge.language, policyKinds: ['Policy'] } },
      'policyKinds[0]: "Policy" is refused: it has to be a group and a kind',
    ],
  ])('is refused with %s', (_, wrong, message) => {
    expect(() => {
      door({ ...edgeLike(), ...wrong });
    }).toThrow(message);
  });

  it('is refused where it is no profile', () => {
    expect(() => IngressController.custom('edge' as never)).toThrow(
      'IngressController.custom profile: "edge" is refused: it has to be a profile of an ingress controller; write an object that implements IIngressControllerProfile',
    );
  });

  it('says before it is used what it can do', () => {
    const levels = Object.fromEntries(
      IngressController.custom(edge).capabilities.map(({ feature, level }) => [feature, level]),
    );
    expect(Object.keys(levels)).toEqual(Object.values(IngressFeature));
    expect(levels).toMatchObject({
      'auth-external': 'enforced',
      'auth-jwt': 'unsupported',
      'https-redirect': 'prerequisite',
    });
    const old = IngressController.custom({ ...edgeLike(), version: '4.0.0' }).capabilities;
    expect(old.find(({ feature }) => feature === IngressFeature.SOURCE_RANGES)?.level).toBe('unsupported');
    const ours = IngressController.f5Nginx().capabilities;
    expect(ours.find(({ feature }) => feature === IngressFeature.AUTH_JWT)?.level).toBe('unsupported');
  });
});

/** A copy whose members may be replaced. */
function edgeLike(): IIngressControllerProfile {
  return {
    name: edge.name,
    version: edge.version,
    features: edge.features,
    language: edge.language,
    peers: () => [Peer.cidr('10.0.0.0/24')],
    render: (scope, asked) => {
      edge.render(scope, asked);
    },
  };
}
