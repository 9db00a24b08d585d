import { describe, expect, it } from 'vitest';
import { ingressNoBypass } from '../../../lib/guardrails/rules/ingress-no-bypass';
import { behind, check, ingressWith, nimObjects, violations, withField } from '../../support/rules';

const COMMUNITY = 'nginx.ingress.kubernetes.io';

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
    [`${COMMUNITY}/satisfy`, 'any', 'a client from an allowed address needs no login'],
    [
      `${COMMUNITY}/limit-whitelist`,
      '10.0.0.0/8, 0.0.0.0/0',
      'no client is limited, because the list has every address',
    ],
    [`${COMMUNITY}/limit-allowlist`, '::/0', 'no client is limited, because the list has every address'],
    ['haproxy.org/rate-limit-whitelist', '0.0.0.0/0', 'no client is limited, because the list has every address'],
    ['nginx.org/limit-req-dry-run', 'True', 'requests above the limit are only counted'],
    [`${COMMUNITY}/server-alias`, '*.example.com', 'hosts are served that neither rules nor tls list'],
    [`${COMMUNITY}/use-regex`, 'true', 'paths are regular expressions, also those with pathType Exact'],
    [`${COMMUNITY}/rewrite-target`, '/$1', 'paths are regular expressions, also those with pathType Exact'],
    ['nginx.org/path-regex', 'case_insensitive', 'paths are regular expressions, also those with pathType Exact'],
  ])('refuses %s: %s', (annotation, value, message) => {
    expect(messages(annotation, value)).toEqual([`${JSON.stringify(value)}: ${message}`]);
  });

  it.each([
    ['alb.ingress.kubernetes.io/auth-on-unauthenticated-request', 'deny'],
    [`${COMMUNITY}/satisfy`, 'all'],
    [`${COMMUNITY}/limit-whitelist`, '10.0.0.0/8'],
    ['haproxy.org/rate-limit-whitelist', '203.0.113.7'],
    ['nginx.org/limit-req-dry-run', 'false'],
    [`${COMMUNITY}/server-alias`, ''],
    [`${COMMUNITY}/use-regex`, 'false'],
    ['nginx.org/path-regex', 'exact'],
  ])('is silent about %s: %s', (annotation, value) => {
    expect(messages(annotation, value)).toEqual([]);
  });

  it.each([
    [`${COMMUNITY}/use-regex`, 'true'],
    [`${COMMUNITY}/rewrite-target`, '/$1'],
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
    expect(messages(`${COMMUNITY}/satisfy`, 'any', 'nginx')).toHaveLength(1);
    expect(messages(`${COMMUNITY}/satisfy`, 'any', 'haproxy')).toEqual([]);
  });
});
