import { Secret } from 'cdk8s-plus-28';
import { IngressAuthentication, type SecureIngressOptions } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { envoyObjects, envoySpec, TARGET_ROUTE } from '../../../support/envoy-gateway';
import { at, find, testChart } from '../../../support/manifests';

const users = Secret.fromSecretName(testChart(), 'users', 'embeddings-users');

function securityOf(options: Partial<SecureIngressOptions>): unknown {
  return envoySpec('SecurityPolicy', options);
}

describe('EnvoyGateway security', () => {
  it('admits listed addresses only', () => {
    expect(securityOf({ sourceRanges: ['10.0.0.0/8', '2001:db8::/32'] })).toEqual({
      targetRefs: [TARGET_ROUTE],
      authorization: {
        defaultAction: 'Deny',
        rules: [
          {
            name: 'source-ranges',
            action: 'Allow',
            principal: { clientCIDRs: ['10.0.0.0/8', '2001:db8::/32'] },
          },
        ],
      },
    });
  });

  it('checks user names and passwords', () => {
    expect(securityOf({ authentication: IngressAuthentication.basic(users) })).toEqual({
      targetRefs: [TARGET_ROUTE],
      basicAuth: { users: { group: '', kind: 'Secret', name: 'embeddings-users' } },
    });
  });

  it('checks API keys and does not pass them on', () => {
    expect(securityOf({ authentication: IngressAuthentication.apiKey(users, { header: 'X-Team-Key' }) })).toEqual({
      targetRefs: [TARGET_ROUTE],
      apiKeyAuth: {
        credentialRefs: [{ group: '', kind: 'Secret', name: 'embeddings-users' }],
        extractFrom: [{ headers: ['X-Team-Key'] }],
        sanitize: true,
      },
    });
  });

  it('checks JSON Web Tokens', () => {
    const authentication = IngressAuthentication.jwt({
      issuer: 'https://login.example.com',
      jwksUri: 'https://login.example.com/keys',
      audiences: ['embeddings'],
    });
    expect(securityOf({ authentication })).toEqual({
      targetRefs: [TARGET_ROUTE],
      jwt: {
        providers: [
          {
            name: 'issuer',
            issuer: 'https://login.example.com',
            audiences: ['embeddings'],
            remoteJWKS: { uri: 'https://login.example.com/keys', cacheDuration: '300s' },
          },
        ],
      },
    });
  });

  it('asks an authentication service, and names the grant that another namespace has to give', () => {
    const authentication = IngressAuthentication.oauth2Proxy({ namespace: 'auth' });
    const policy = find(envoyObjects({ authentication }), 'SecurityPolicy');
    expect(policy['spec']).toEqual({
      targetRefs: [TARGET_ROUTE],
      extAuth: {
        failOpen: false,
        headersToExtAuth: ['cookie', 'x-forwarded-proto'],
        http: {
          backendRefs: [{ group: '', kind: 'Service', name: 'oauth2-proxy', namespace: 'auth', port: 80, weight: 1 }],
          // Its path for such questions answers 202, which Envoy takes for a refusal.
          pathOverride: '/',
        },
      },
    });
    expect(policy.metadata.annotations).toEqual({
      'cdk8s-nim/prerequisite-reference-grant':
        'a ReferenceGrant in namespace auth: from SecurityPolicy (gateway.envoyproxy.io) in namespace embeddings, to ' +
        'Service oauth2-proxy',
    });
  });

  it('asks an authentication service of its own namespace without a grant, and passes headers of the answer on', () => {
    const authentication = IngressAuthentication.external({
      url: 'http://authn.embeddings.svc:4180/check',
      responseHeaders: ['X-Auth-Request-User'],
    });
    const policy = find(envoyObjects({ authentication }), 'SecurityPolicy');
    expect(at(policy, 'spec.extAuth.http')).toEqual({
      backendRefs: [{ group: '', kind: 'Service', name: 'authn', namespace: 'embeddings', port: 4180, weight: 1 }],
      pathOverride: '/check',
      headersToBackend: ['X-Auth-Request-User'],
    });
    expect(policy.metadata.annotations).toBeUndefined();
  });

  it('says which flags oauth2-proxy needs, and refuses its other path', () => {
    const authentication = IngressAuthentication.oauth2Proxy({ namespace: 'auth' });
    const route = find(envoyObjects({ authentication }), 'HTTPRoute', TARGET_ROUTE.name);
    const prerequisite = route.metadata.annotations?.['cdk8s-nim/prerequisite-oauth2-proxy'];
    for (const flag of [
      '--upstream=static://200',
      "--api-route='^/'",
      '--trusted-proxy-ip',
      '--skip-jwt-bearer-tokens',
    ]) {
      expect(prerequisite).toContain(flag);
    }
    const url = 'http://oauth2-proxy.auth.svc/oauth2/auth';
    expect(() => envoyObjects({ authentication: IngressAuthentication.external({ url }) })).toThrow(
      `IngressAuthentication.external url: "${url}" is refused: oauth2-proxy answers 202 there, and Envoy Gateway lets a ` +
        "request in for 200 only; write IngressAuthentication.oauth2Proxy({ namespace: '…' })",
    );
  });

  it('takes away who a client claims to be, but not what the service says', () => {
    const removed = (authentication: IngressAuthentication): unknown =>
      at(find(envoyObjects({ authentication }), 'HTTPRoute', TARGET_ROUTE.name), 'spec.rules.0.filters.0');
    expect(removed(IngressAuthentication.oauth2Proxy({ namespace: 'auth' }))).toMatchObject({
      type: 'RequestHeaderModifier',
      requestHeaderModifier: {
        remove: expect.arrayContaining(['X-Auth-Request-User', 'X-Forwarded-Email']) as unknown,
      },
    });
    const url = 'http://authn.auth.svc/check';
    const named = removed(IngressAuthentication.external({ url, responseHeaders: ['x-auth-request-user'] }));
    expect(JSON.stringify(named)).not.toContain('X-Auth-Request-User');
    expect(removed(IngressAuthentication.none('test'))).toMatchObject({ type: 'ResponseHeaderModifier' });
  });

  it.each(['https://auth.example.com/check', 'https://authn.auth.svc/check', 'http://10.0.0.1/auth'])(
    'refuses to ask %s',
    (url) => {
      expect(() => envoyObjects({ authentication: IngressAuthentication.external({ url }) })).toThrow(
        `IngressAuthentication.external url: "${url}" is refused: Envoy Gateway asks a Service of the cluster, and HTTPS`,
      );
    },
  );
});
