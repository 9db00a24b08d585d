import { Secret } from 'cdk8s-plus-28';
import { ClientAddress, HttpMethod, IngressAuthentication, IngressPath, IngressTls, RateLimit } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { envoyGateway, envoyObjects } from '../support/envoy-gateway';
import { type Manifest, testChart } from '../support/manifests';
import { routeObjects } from '../support/openshift-route';
import { customResources, withDefaults } from './support/custom-resources';

const resources = customResources();
const users = Secret.fromSecretName(testChart(), 'users', 'embeddings-users');
const ownListener = envoyGateway({ ownsListener: true });

const CASES: Record<string, Manifest[]> = {
  'Envoy Gateway': envoyObjects(),
  'Envoy Gateway with methods and addresses': envoyObjects({
    paths: [IngressPath.exact('/v1/embeddings', [HttpMethod.POST])],
    sourceRanges: ['10.0.0.0/8'],
  }),
  'Envoy Gateway with local limits': envoyObjects({ controller: envoyGateway({ localRateLimits: true }) }),
  'Envoy Gateway with API keys': envoyObjects({
    authentication: IngressAuthentication.apiKey(users),
    rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 20, header: 'X-Api-Key' }),
  }),
  'Envoy Gateway with passwords': envoyObjects({ authentication: IngressAuthentication.basic(users) }),
  'Envoy Gateway with an authentication service': envoyObjects({
    authentication: IngressAuthentication.oauth2Proxy({ namespace: 'auth' }),
  }),
  'Envoy Gateway with JSON Web Tokens': envoyObjects({
    authentication: IngressAuthentication.jwt({
      issuer: 'https://login.example.com',
      jwksUri: 'https://login.example.com/keys',
      audiences: ['embeddings'],
    }),
  }),
  'Envoy Gateway with client certificates': envoyObjects({
    controller: ownListener,
    authentication: IngressAuthentication.clientCertificates(users),
    clientAddress: ClientAddress.forwardedFor(2),
  }),
  'Envoy Gateway with the PROXY protocol': envoyObjects({
    controller: ownListener,
    clientAddress: ClientAddress.proxyProtocol(),
  }),
  'OpenShift Route': routeObjects({ responseHeaders: { 'X-Content-Type-Options': 'nosniff' } }),
  'OpenShift Route with an issuer': routeObjects({ tls: IngressTls.fromClusterIssuer('letsencrypt') }),
};

const DEFINED = Object.entries(CASES).flatMap(([name, objects]) =>
  objects.flatMap((object) => {
    const resource = resources.find(({ apiVersion, kind }) => apiVersion === object.apiVersion && kind === object.kind);
    return resource === undefined
      ? []
      : [{ name, title: `${object.kind} ${object.metadata.name}`, object, schema: resource.schema }];
  }),
);

describe('a server-side diff has nothing to report', () => {
  it('for any kind that the two controllers render', () => {
    expect(new Set(DEFINED.map(({ object }) => object.kind))).toEqual(
      new Set(['HTTPRoute', 'BackendTrafficPolicy', 'SecurityPolicy', 'ClientTrafficPolicy', 'Route', 'Certificate']),
    );
  });

  it.each(DEFINED)('because the API server adds nothing: $name, $title', ({ object, schema }) => {
    expect(withDefaults(schema, object)).toEqual(object);
  });
});
