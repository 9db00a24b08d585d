import { IngressAuthentication } from 'cdk8s-nim';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePorts, LOOPBACK } from '../../support/loopback';
import { AuthenticationStub } from '../support/authentication-stub';
import type { DataPlane } from '../support/data-planes';
import { useEdge } from '../support/edge';

export const TOKEN = 'token-of-alice';
export const AUTH_URL = 'http://oauth2-proxy.auth.svc.cluster.local/oauth2/auth';
export const AUTH_SERVICE = 'auth/oauth2-proxy:80';

/** Asks an authentication service about every request. */
export function checkAuthenticationService(plane: DataPlane): void {
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
}

/** Fails closed when the authentication service is down. */
export function checkLostAuthenticationService(plane: DataPlane): void {
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
}
