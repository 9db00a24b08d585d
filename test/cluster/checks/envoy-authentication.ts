import { Secret } from 'cdk8s-plus-28';
import { IngressAuthentication, IngressFeature } from 'cdk8s-nim';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AUTH_SERVICE,
  checkAuthenticationService,
  checkLostAuthenticationService,
  TOKEN,
} from '../../edge/checks/authentication-service';
import { checkPasswords, PASSWORD } from '../../edge/checks/passwords';
import { AuthenticationStub } from '../../edge/support/authentication-stub';
import { TestAuthority } from '../../edge/support/certificates';
import { useEdge } from '../../edge/support/edge';
import { freePorts, LOOPBACK } from '../../support/loopback';
import { envoyGateway } from '../support/envoy-gateway';
import type { EnvoyGatewaySystem } from '../support/envoy-gateway-system';
import { addHost } from '../support/forwarder';
import { sees } from '../support/sees';
import { type Claims, TokenIssuer } from '../support/token-issuer';
import { describeWith } from '../support/tools';

/** The path of an authentication service that is not oauth2-proxy. */
const CHECK_URL = 'http://oauth2-proxy.auth.svc.cluster.local/check';
const AUDIENCE = 'embeddings';

/** Who is let in. */
export function checkEnvoyAuthentication(system: () => EnvoyGatewaySystem): void {
  const ENVOY = envoyGateway(system);

  sees([IngressFeature.AUTH_BASIC], 'and passwords', () => {
    // Of the kinds of hash, the one that Envoy reads.
    const hash = `{SHA}${createHash('sha1').update(PASSWORD).digest('base64')}`;
    checkPasswords(ENVOY, { '.htpasswd': `alice:${hash}\n` }, hash);
  });

  sees([IngressFeature.AUTH_EXTERNAL], 'asks an authentication service', () => {
    // As oauth2-proxy answers with the flags that the rendered annotation names.
    checkAuthenticationService(ENVOY, { path: '/', status: 200 });
  });

  describe('and an authentication service that is down', () => {
    checkLostAuthenticationService(ENVOY, CHECK_URL, 403);
  });

  describe('and an authentication service that says yes with 202', () => {
    let service: AuthenticationStub;
    beforeAll(async () => {
      service = await AuthenticationStub.start(TOKEN, { path: '/check', status: 202 });
    });
    afterAll(() => service.stop());
    const edge = useEdge(ENVOY, () => ({
      ingress: () => ({ authentication: IngressAuthentication.external({ url: CHECK_URL }) }),
      services: { [AUTH_SERVICE]: service.endpoint },
    }));

    it('takes it for no, as the documentation says', async () => {
      await edge().https({ headers: { Authorization: `Bearer ${TOKEN}` } });
      expect(edge().nim.seen).toEqual([]);
    });
  });

  describeWith(['oauth2-proxy'], 'asks the real oauth2-proxy', () => {
    checkOauth2Proxy(system);
  });

  sees([IngressFeature.AUTH_API_KEY], 'and keys', () => {
    const edge = useEdge(ENVOY, {
      ingress: (chart) => ({
        authentication: IngressAuthentication.apiKey(Secret.fromSecretName(chart, 'keys', 'keys')),
      }),
      secrets: { keys: { alice: 'key-of-alice' } },
    });

    it('serves the right one, which the NIM does not see', async () => {
      expect((await edge().https({ headers: { 'X-Api-Key': 'key-of-alice' } })).status).toBe(200);
      expect(edge().nim.seen.at(-1)?.headers).not.toHaveProperty('x-api-key');
    });

    it.each([{}, { 'X-Api-Key': '' }, { 'X-Api-Key': 'alice' }, { Authorization: 'key-of-alice' }])(
      'refuses %o with 401',
      async (headers) => {
        const before = edge().nim.seen.length;
        expect((await edge().https({ headers: { ...headers } })).status).toBe(401);
        expect(edge().nim.seen.length).toBe(before);
      },
    );
  });

  sees([IngressFeature.AUTH_JWT], 'and tokens', () => {
    checkTokens(system);
  });
}

/** The proxies fetch the keys by HTTPS, and trust the authorities of their image. */
function checkTokens(system: () => EnvoyGatewaySystem): void {
  const name = 'login.example.com';
  const address = '10.244.200.1';
  const directory = mkdtempSync(join(tmpdir(), 'cdk8s-nim-issuer-'));
  const authority = new TestAuthority(directory, 'issuers');
  const { certificate, key } = authority.issue(name);
  const issuer = new TokenIssuer(`https://${name}`);
  const authorities = join(directory, 'ca-certificates.crt');
  writeFileSync(authorities, authority.certificate);
  beforeAll(async () => {
    addHost(address, name);
    await issuer.serve(address, 443, { cert: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') });
  });
  afterAll(async () => {
    await issuer.stop();
    rmSync(directory, { recursive: true });
  });
  const edge = useEdge(envoyGateway(system, { mounts: { '/etc/ssl/certs/ca-certificates.crt': authorities } }), {
    ingress: () => ({
      authentication: IngressAuthentication.jwt({
        issuer: issuer.url,
        jwksUri: `${issuer.url}/keys`,
        audiences: [AUDIENCE],
      }),
    }),
  });
  const by = (token: string): { headers: Record<string, string> } => ({
    headers: { Authorization: `Bearer ${token}` },
  });

  it('serves one of the issuer for this audience', async () => {
    expect((await edge().https(by(issuer.token({ sub: 'alice', aud: AUDIENCE })))).status).toBe(200);
  });

  it.each<[string, Claims, number]>([
    ['of another issuer', { aud: AUDIENCE, iss: 'https://login.example.org' }, 401],
    ['that has expired', { aud: AUDIENCE, exp: 1_700_000_000 }, 401],
    ['for another audience', { aud: 'billing' }, 403],
    ['for no audience', {}, 403],
  ])('refuses one %s', async (_, claims, status) => {
    const before = edge().nim.seen.length;
    expect((await edge().https(by(issuer.token({ sub: 'alice', ...claims })))).status).toBe(status);
    expect(edge().nim.seen.length).toBe(before);
  });

  it.each([
    ['none', () => ({})],
    ['one that somebody else signed', () => by(new TokenIssuer(issuer.url).token({ sub: 'alice', aud: AUDIENCE }))],
  ])('refuses %s with 401', async (_, request) => {
    const before = edge().nim.seen.length;
    expect((await edge().https(request())).status).toBe(401);
    expect(edge().nim.seen.length).toBe(before);
  });
}

/** With the flags of the documentation, in front of programs that bring tokens of its issuer. */
function checkOauth2Proxy(system: () => EnvoyGatewaySystem): void {
  let issuer: TokenIssuer;
  let endpoint = '';
  beforeAll(async () => {
    const [issuerPort = 0, proxyPort = 0] = await freePorts(2);
    issuer = new TokenIssuer(`http://${LOOPBACK}:${issuerPort}`);
    await issuer.serve(LOOPBACK, issuerPort);
    endpoint = `${LOOPBACK}:${proxyPort}`;
    await system().plane.run(
      'oauth2-proxy',
      [
        ...[`--http-address=${endpoint}`, '--provider=oidc', `--oidc-issuer-url=${issuer.url}`, '--email-domain=*'],
        ...[`--client-id=${AUDIENCE}`, '--client-secret=unused', '--cookie-secret=0123456789abcdef'],
        // The flags of the documentation.
        ...['--reverse-proxy=true', `--trusted-proxy-ip=${LOOPBACK}/32`, '--skip-jwt-bearer-tokens=true'],
        ...['--upstream=static://200', '--api-route=^/', '--set-xauthrequest=true'],
      ],
      [proxyPort],
    );
  });
  afterAll(() => issuer.stop());
  const edge = useEdge(envoyGateway(system), () => ({
    ingress: () => ({ authentication: IngressAuthentication.oauth2Proxy({ namespace: 'auth' }) }),
    services: { [AUTH_SERVICE]: endpoint },
  }));
  const claims = { sub: 'alice', email: 'alice@example.com', email_verified: true };

  it('which lets in a program with a token', async () => {
    const token = issuer.token({ ...claims, aud: AUDIENCE });
    const headers = { Authorization: `Bearer ${token}`, 'X-Auth-Request-User': 'mallory' };
    const answer = await edge().https({ method: 'POST', path: '/v1/embeddings', headers, body: '{"input":["a"]}' });
    expect(answer.status).toBe(200);
    expect(answer.headers['x-test-body-bytes']).toBe('15');
    expect(edge().nim.seen.at(-1)?.headers).not.toHaveProperty('x-auth-request-user');
  });

  it.each([
    ['without one', () => undefined],
    ['with one for another audience', () => issuer.token({ ...claims, aud: 'billing' })],
  ])('and nobody %s', async (_, token) => {
    const before = edge().nim.seen.length;
    const authorization = token();
    const headers = authorization === undefined ? {} : { Authorization: `Bearer ${authorization}` };
    expect((await edge().https({ headers: { ...headers } })).status).toBe(401);
    expect(edge().nim.seen.length).toBe(before);
  });
}
