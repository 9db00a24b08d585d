import { Secret } from 'cdk8s-plus-28';
import { IngressAuthentication } from 'cdk8s-nim';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuthenticationStub } from './support/authentication-stub';
import { type CertificateFiles, TestAuthority } from './support/certificates';
import { INGRESS_NGINX, NGINX_PLANES } from './support/data-planes';
import { useEdge } from './support/edge';
import { freePorts, LOOPBACK } from '../support/loopback';

const TOKEN = 'token-of-alice';
const AUTH_URL = 'http://oauth2-proxy.auth.svc.cluster.local/oauth2/auth';
const AUTH_SERVICE = 'auth/oauth2-proxy:80';

describe.each(NGINX_PLANES)('$name asks an authentication service', (plane) => {
  let service: AuthenticationStub;
  beforeAll(async () => {
    service = await AuthenticationStub.start(TOKEN);
  });
  afterAll(() => service.stop());
  const edge = useEdge(plane, () => ({
    ingress: () => ({ authentication: IngressAuthentication.oauth2Proxy({ namespace: 'auth' }) }),
    services: { [AUTH_SERVICE]: service.endpoint },
  }));

  it('and serves whom it allows', async () => {
    const headers = { Authorization: `Bearer ${TOKEN}` };
    const answer = await edge().https({ method: 'POST', path: '/v1/embeddings', headers, body: '{"input":["a"]}' });
    expect(answer.status).toBe(200);
    expect(answer.headers['x-test-body-bytes']).toBe('15');
  });

  it.each([{}, { Authorization: 'Bearer of-somebody-else' }])('and refuses %o with 401', async (headers) => {
    const before = edge().nim.seen.length;
    expect((await edge().https({ headers: { ...headers } })).status).toBe(401);
    expect(edge().nim.seen.length).toBe(before);
  });

  it.each(['/_external_auth/oauth2/auth', '/_external-auth', '/oauth2/auth'])('and does not serve %s', async (path) => {
    expect((await edge().https({ path, headers: { Authorization: `Bearer ${TOKEN}` } })).status).toBe(404);
  });
});

describe.each(NGINX_PLANES)('$name and an authentication service that is down', (plane) => {
  let nobody = 0;
  beforeAll(async () => {
    [nobody = 0] = await freePorts(1);
  });
  const edge = useEdge(plane, () => ({
    ingress: () => ({ authentication: IngressAuthentication.external({ url: AUTH_URL }) }),
    services: { [AUTH_SERVICE]: `${LOOPBACK}:${nobody}` },
  }));

  it('refuses everybody', async () => {
    expect((await edge().https({ headers: { Authorization: `Bearer ${TOKEN}` } })).status).toBe(500);
    expect(edge().nim.seen).toEqual([]);
  });
});

describe('ingress-nginx hands headers of the authentication service on', () => {
  let service: AuthenticationStub;
  beforeAll(async () => {
    service = await AuthenticationStub.start(TOKEN);
  });
  afterAll(() => service.stop());
  const responseHeaders = ['X-Auth-Request-User'];
  const edge = useEdge(INGRESS_NGINX, () => ({
    ingress: () => ({ authentication: IngressAuthentication.external({ url: AUTH_URL, responseHeaders }) }),
    services: { [AUTH_SERVICE]: service.endpoint },
  }));

  it('in place of what the client claims', async () => {
    await edge().https({ headers: { Authorization: `Bearer ${TOKEN}`, 'X-Auth-Request-User': 'mallory' } });
    expect(edge().nim.seen.map(({ headers }) => headers['x-auth-request-user'])).toEqual(['alice']);
  });
});

describe.each(NGINX_PLANES)('$name asks for certificates of clients', (plane) => {
  const directory = mkdtempSync(join(tmpdir(), 'cdk8s-nim-clients-'));
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });
  const ours = new TestAuthority(directory, 'ours');
  const alice = ours.issue('alice.example.com');
  const mallory = new TestAuthority(directory, 'theirs').issue('alice.example.com');
  const edge = useEdge(plane, {
    ingress: (chart) => ({
      authentication: IngressAuthentication.clientCertificates(Secret.fromSecretName(chart, 'ca', 'client-ca')),
    }),
    secrets: { 'client-ca': { 'ca.crt': ours.certificate } },
  });

  it('and serves one that the authority signed', async () => {
    expect((await edge().https({}, { tls: files(alice) })).status).toBe(200);
  });

  it('and refuses none, and one of another authority', async () => {
    expect((await edge().https()).status).toBe(400);
    expect((await edge().https({}, { tls: files(mallory) })).status).toBe(400);
    expect(edge().nim.seen.length).toBeLessThanOrEqual(1);
  });
});

function files({ certificate, key }: CertificateFiles): { cert: string; key: string } {
  return { cert: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') };
}
