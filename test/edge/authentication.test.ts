import { Secret } from 'cdk8s-plus-28';
import { IngressAuthentication } from 'cdk8s-nim';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AUTH_SERVICE,
  AUTH_URL,
  checkAuthenticationService,
  checkLostAuthenticationService,
  TOKEN,
} from './checks/authentication-service';
import { AuthenticationStub } from './support/authentication-stub';
import { type CertificateFiles, TestAuthority } from './support/certificates';
import { INGRESS_NGINX, NGINX_PLANES } from './support/data-planes';
import { useEdge } from './support/edge';

describe.each(NGINX_PLANES)('$name asks an authentication service', (plane) => {
  checkAuthenticationService(plane);
});

describe.each(NGINX_PLANES)('$name and an authentication service that is down', (plane) => {
  checkLostAuthenticationService(plane);
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
