import { IngressAuthentication } from 'cdk8s-nim';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePorts, LOOPBACK } from '../../support/loopback';
import { AuthenticationStub, OAUTH2_PROXY } from '../support/authentication-stub';
import type { DataPlane } from '../support/data-planes';
import { useEdge } from '../support/edge';

export const TOKEN = 'token-of-alice';
export const AUTH_URL = 'http://oauth2-proxy.auth.svc.cluster.local/oauth2/auth';
export const AUTH_SERVICE = 'auth/oauth2-proxy:80';

/** Asks an authentication service about every request. `consent` is where the controller asks, and what it takes for yes. */
export function checkAuthenticationService(plane: DataPlane, consent = OAUTH2_PROXY): void {
  let service: AuthenticationStub;
  beforeAll(async () => {
    service = await AuthenticationStub.start(TOKEN, consent);
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

/** Fails closed when the authentication service is down, with the status that the controller has for it. */
export function checkLostAuthenticationService(plane: DataPlane, url = AUTH_URL, status = 500): void {
  let nobody = 0;
  beforeAll(async () => {
    [nobody = 0] = await freePorts(1);
  });
  const edge = useEdge(plane, () => ({
    ingress: () => ({ authentication: IngressAuthentication.external({ url }) }),
    services: { [AUTH_SERVICE]: `${LOOPBACK}:${nobody}` },
  }));

  it('refuses everybody', async () => {
    expect((await edge().https({ headers: { Authorization: `Bearer ${TOKEN}` } })).status).toBe(status);
    expect(edge().nim.seen).toEqual([]);
  });
}
