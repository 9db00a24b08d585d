import { describe, expect, it } from 'vitest';
import { ingressAuthentication } from '../../../lib/guardrails/rules/ingress-authentication';
import type { Manifest } from '../../../lib/manifests/manifest';
import { behind, check, httpRoute, ingressWith, openShiftRoute, traefik, withField } from '../../support/rules';

/** The Ingress of a class, with annotations. */
function ofClass(ingressClassName: string, annotations: Record<string, string> = {}): Manifest {
  return withField(ingressWith(annotations), ['spec', 'ingressClassName'], ingressClassName);
}

describe('the class of an Ingress', () => {
  const languages = {
    'nginx.org/basic-auth-secret': 'users',
    'nginx.ingress.kubernetes.io/auth-url': 'http://auth.auth.svc/',
    'haproxy.org/auth-type': 'basic-auth',
    'haproxy.org/auth-secret': 'users',
    'alb.ingress.kubernetes.io/jwt-validation': '{}',
    'traefik.ingress.kubernetes.io/router.tls.options': 'embeddings-tls@kubernetescrd',
  };
  const options = traefik('TLSOption', 'tls', {
    clientAuth: { clientAuthType: 'RequireAndVerifyClientCert', secretNames: ['ca'] },
  });
  const told = (className: string, prefix: string): number => {
    const annotations = Object.fromEntries(Object.entries(languages).filter(([name]) => name.startsWith(prefix)));
    const objects = behind(ofClass(className, annotations), options);
    return check(objects, {}, [ingressAuthentication]).findings.length;
  };

  it.each([
    ['nginx', 'nginx.org/'],
    ['nginx', 'nginx.ingress.kubernetes.io/'],
    ['haproxy', 'haproxy.org/'],
    ['alb', 'alb.ingress.kubernetes.io/'],
    ['traefik', 'traefik.ingress.kubernetes.io/'],
    ['public', 'nginx.org/'],
  ])('%s is read by a controller that knows %s', (className, prefix) => {
    expect(told(className, prefix)).toBe(0);
  });

  it.each([
    ['traefik', 'nginx.org/'],
    ['traefik', 'nginx.ingress.kubernetes.io/'],
    ['nginx', 'haproxy.org/'],
    ['nginx', 'alb.ingress.kubernetes.io/'],
    ['haproxy', 'nginx.org/'],
    ['alb', 'traefik.ingress.kubernetes.io/'],
  ])('%s is read by a controller that does not know %s', (className, prefix) => {
    expect(told(className, prefix)).toBe(1);
  });

  it('may be in the annotation that is older than the field', () => {
    const door = ofClass('nginx', { 'nginx.org/basic-auth-secret': 'users', 'kubernetes.io/ingress.class': 'traefik' });
    expect(check(behind(door), {}, [ingressAuthentication]).findings).toHaveLength(1);
  });
});

describe('the message', () => {
  it.each<[string, Manifest[]]>([
    [
      'no authentication of a known controller was found; docs/own-controllers.md makes one of your own known',
      behind(ingressWith({})),
    ],
    [
      'no authentication was found; looked for: the annotations haproxy.org/auth-type "basic-auth" and auth-secret',
      behind(ofClass('haproxy')),
    ],
    [
      'the authentication is for F5 NGINX Ingress Controller, and the class traefik is read by Traefik',
      behind(ofClass('traefik', { 'nginx.org/basic-auth-secret': 'users' })),
    ],
    ['no authentication: the controller of a Route has none', behind(openShiftRoute())],
    [
      'the authentication is for ingress-nginx, the rate limit for F5 NGINX Ingress Controller, and one controller reads the door',
      behind(
        ofClass('nginx', { 'nginx.org/limit-req-rate': '10r/s', 'nginx.ingress.kubernetes.io/auth-url': 'http://a/' }),
      ),
    ],
  ])('is: %s', (message, objects) => {
    expect(check(objects, {}, [ingressAuthentication]).findings.map((finding) => finding.message)).toEqual([message]);
  });

  it('about an HTTPRoute names the policies', () => {
    const { findings } = check(behind(httpRoute()), {}, [ingressAuthentication]);
    expect(findings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^no authentication was found; looked for: a SecurityPolicy .*; a ClientTrafficPolicy /),
    ]);
  });
});
