import { Secret } from 'cdk8s-plus-28';
import {
  ClientAddress,
  HttpMethod,
  IngressAuthentication,
  IngressController,
  IngressFeature,
  IngressPath,
  RateLimit,
  RateLimitScope,
  type SecureIngressOptions,
} from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { testChart } from '../../../support/manifests';
import { routeObjects, WITHOUT_429, WITHOUT_BODY_LIMIT } from '../../../support/openshift-route';
import { messageOf } from '../../../support/refusals';

const users = Secret.fromSecretName(testChart(), 'users', 'embeddings-users');

describe('OpenShiftRoute throws when', () => {
  it('the version is too old', () => {
    expect(() => IngressController.openShiftRoute({ version: '4.18' })).toThrow(
      'OpenShift Route version: "4.18" is refused: what is rendered needs 4.19 or newer',
    );
  });

  it('the IngressController has no name', () => {
    expect(() => IngressController.openShiftRoute({ ingressController: '' })).toThrow(
      'IngressController.openShiftRoute ingressController: "" is refused',
    );
  });

  it('an internal path is below a listed one', () => {
    expect(() => routeObjects({ paths: [IngressPath.exact('/v1')] })).toThrow(
      'SecureIngress paths: "/v1" is refused: OpenShift Route would also serve what is below it, and so /v1/metrics, ' +
        'which is for operators inside the cluster; list the whole paths that clients use, for example "/v1/embeddings"',
    );
  });

  it('the burst is not what ten seconds admit', () => {
    expect(() => routeObjects({ rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 60 }) })).toThrow(
      'RateLimit.perClient burst: 60 is refused: OpenShift Route counts over 10 seconds and admits all 200 requests of ' +
        'it at once; write burst: 200, or choose another controller',
    );
  });

  it.each([
    [100, 'write 96 or 102, or choose another controller'],
    [5, 'write 6, or choose another controller'],
  ])('%i requests a minute are no whole number in ten seconds', (requestsPerMinute, instead) => {
    expect(() => routeObjects({ rateLimit: RateLimit.perClient({ requestsPerMinute, burst: 20 }) })).toThrow(
      `RateLimit.perClient requestsPerMinute: ${requestsPerMinute} is refused: OpenShift Route counts over 10 seconds, so ` +
        `a rate a minute is a multiple of 6; ${instead}`,
    );
  });

  it('a header is one that a Route may not set', () => {
    expect(() => routeObjects({ responseHeaders: { 'Set-Cookie': 'team=nlp' } })).toThrow(
      'SecureIngress responseHeaders: "Set-Cookie" is refused: OpenShift Route refuses to set proxy, cookie, set-cookie; ' +
        'leave it out, or choose another controller',
    );
  });

  it.each<[IngressFeature, Partial<SecureIngressOptions>, string]>([
    [IngressFeature.BODY_SIZE, { acceptUnenforced: [WITHOUT_429] }, 'a Route has no limit for bodies'],
    [IngressFeature.STATUS_429, { acceptUnenforced: [WITHOUT_BODY_LIMIT] }, 'closes the connection without an answer'],
    [IngressFeature.AUTH_BASIC, { authentication: IngressAuthentication.basic(users) }, 'authenticates nobody'],
    [IngressFeature.AUTH_API_KEY, { authentication: IngressAuthentication.apiKey(users) }, 'authenticates nobody'],
    [
      IngressFeature.AUTH_CLIENT_CERTIFICATES,
      { authentication: IngressAuthentication.clientCertificates(users) },
      'asks the clients of every host of the router',
    ],
    [
      IngressFeature.AUTH_JWT,
      {
        authentication: IngressAuthentication.jwt({
          issuer: 'https://login.example.com',
          jwksUri: 'https://login.example.com/keys',
          audiences: ['embeddings'],
        }),
      },
      'authenticates nobody',
    ],
    [
      IngressFeature.AUTH_EXTERNAL,
      { authentication: IngressAuthentication.oauth2Proxy({ namespace: 'auth' }) },
      'authenticates nobody',
    ],
    [
      IngressFeature.CLIENT_ADDRESS_FORWARDED,
      { clientAddress: ClientAddress.forwardedFor() },
      'read the address of the connection only',
    ],
    [
      IngressFeature.METHODS,
      { paths: [IngressPath.exact('/v1/embeddings', [HttpMethod.POST])] },
      'a Route cannot tell methods apart',
    ],
    [
      IngressFeature.RATE_SCOPE_CLUSTER,
      { rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 200, scope: RateLimitScope.CLUSTER }) },
      'every router pod counts for itself',
    ],
    [
      IngressFeature.RATE_BY_HEADER,
      { rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 200, header: 'X-Team' }) },
      'the key is the address of the client',
    ],
  ])('the feature %s is asked for', (feature, options, because) => {
    const message = messageOf(() => routeObjects(options));
    expect(message).toContain(`OpenShift Route 4.22 feature: "${feature}" is refused: `);
    expect(message).toContain(because);
    expect(message).toMatch(
      feature.startsWith('auth-')
        ? /choose IngressController\..*or write authentication: IngressAuthentication\.none\(reason\)/
        : /choose IngressController\..*acceptUnenforced: \[\{ feature: IngressFeature\./,
    );
  });
});
