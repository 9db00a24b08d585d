import { IngressAuthentication } from 'cdk8s-nim';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AUTH_SERVICE,
  AUTH_URL,
  checkAuthenticationService,
  checkLostAuthenticationService,
  TOKEN,
} from './checks/authentication-service';
import { checkClientCertificates } from './checks/client-certificates';
import { AuthenticationStub } from './support/authentication-stub';
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
  checkClientCertificates(plane, 400);
});
