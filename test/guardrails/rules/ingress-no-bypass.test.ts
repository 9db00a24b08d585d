import { describe, expect, it } from 'vitest';
import { ingressNoBypass } from '../../../lib/guardrails/rules/ingress-no-bypass';
import { behind, check, ingressWith, nimObjects, violations, withField } from '../../support/rules';

const INGRESS_NGINX = 'nginx.ingress.kubernetes.io';

const messages = (annotation: string, value: string, ingressClassName = 'public'): string[] => {
  const door = withField(ingressWith({ [annotation]: value }), ['spec', 'ingressClassName'], ingressClassName);
  return check(behind(door), {}, [ingressNoBypass]).findings.map(({ message }) => message);
};

describe('ingress-no-bypass', () => {
  it('is silent about a NIM', () => {
    expect(violations(ingressNoBypass, nimObjects())).toEqual([]);
  });

  it.each([
    ['alb.ingress.kubernetes.io/auth-on-unauthenticated-request', 'allow', 'requests without a login are let through'],
    [`${INGRESS_NGINX}/satisfy`, 'any', 'a client from an allowed address needs no login'],
    [
      `${INGRESS_NGINX}/limit-whitelist`,
      '10.0.0.0/8, 0.0.0.0/0',
      'no client is limited, because the list has every address',
    ],
    [`${INGRESS_NGINX}/limit-allowlist`, '::/0', 'no client is limited, because the list has every address'],
    ['haproxy.org/rate-limit-whitelist', '0.0.0.0/0', 'no client is limited, because the list has every address'],
    ['nginx.org/limit-req-dry-run', 'True', 'requests above the limit are only counted'],
    [`${INGRESS_NGINX}/server-alias`, '*.example.com', 'hosts are served that neither rules nor tls list'],
    [`${INGRESS_NGINX}/use-regex`, 'true', 'paths are regular expressions, also those with pathType Exact'],
    [`${INGRESS_NGINX}/rewrite-target`, '/$1', 'paths are regular expressions, also those with pathType Exact'],
    ['nginx.org/path-regex', 'case_insensitive', 'paths are regular expressions, also those with pathType Exact'],
  ])('refuses %s: %s', (annotation, value, message) => {
    expect(messages(annotation, value)).toEqual([`${JSON.stringify(value)}: ${message}`]);
  });

  it.each([
    ['alb.ingress.kubernetes.io/auth-on-unauthenticated-request', 'deny'],
    [`${INGRESS_NGINX}/satisfy`, 'all'],
    [`${INGRESS_NGINX}/limit-whitelist`, '10.0.0.0/8'],
    ['haproxy.org/rate-limit-whitelist', '203.0.113.7'],
    ['nginx.org/limit-req-dry-run', 'false'],
    [`${INGRESS_NGINX}/server-alias`, ''],
    [`${INGRESS_NGINX}/use-regex`, 'false'],
    ['nginx.org/path-regex', 'exact'],
  ])('is silent about %s: %s', (annotation, value) => {
    expect(messages(annotation, value)).toEqual([]);
  });

  it.each([
    [`${INGRESS_NGINX}/use-regex`, 'true'],
    [`${INGRESS_NGINX}/rewrite-target`, '/$1'],
    ['nginx.org/path-regex', 'case_sensitive'],
  ])('leaves %s to the rule on exact paths where none is', (annotation, value) => {
    const door = withField(
      ingressWith({ [annotation]: value }),
      ['spec', 'rules'],
      [{ http: { paths: [{ path: '/a', pathType: 'ImplementationSpecific' }] } }],
    );
    expect(violations(ingressNoBypass, behind(door))).toEqual([]);
  });

  it('is silent about an annotation that the class of the Ingress does not read', () => {
    expect(messages(`${INGRESS_NGINX}/satisfy`, 'any', 'nginx')).toHaveLength(1);
    expect(messages(`${INGRESS_NGINX}/satisfy`, 'any', 'haproxy')).toEqual([]);
  });
});
