import { App, Chart } from 'cdk8s';
import { Guardrails } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { requireOptions } from '../../lib/guardrails/guardrails-options';
import { RULES } from '../../lib/guardrails/rules';
import { cli } from '../support/command-line';
import { edge, door } from '../support/company-edge';
import { check, goldenRenders, REMOVED, withField } from '../support/rules';

describe('the guardrails', () => {
  const [render] = goldenRenders().filter(({ name }) => name.includes('custom-controller'));
  const { objects, options } = render!;
  const ingress = objects.find(({ kind }) => kind === 'Ingress')!;
  const without = (annotation: string): string[] => {
    const weaker = withField(ingress, ['metadata', 'annotations', annotation], REMOVED);
    const report = check(
      objects.map((object) => (object === ingress ? weaker : object)),
      options,
    );
    return report.findings.map(({ rule, message }) => `${rule}: ${message}`);
  };

  it('know no such door by themselves', () => {
    expect(check(objects).findings.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['ingress-authentication', 'ingress-rate-limit']),
    );
  });

  it('find what is missing, by what the profile declares', () => {
    expect(without('edge.example.com/auth-url')).toEqual([
      'ingress-authentication: no authentication was found; looked for: metadata.annotations["edge.example.com/auth-url"]',
    ]);
    expect(without('edge.example.com/rate-limit')).toEqual([
      expect.stringContaining('ingress-rate-limit: no rate limit was found'),
    ]);
    expect(without('edge.example.com/timeout')).toEqual(['ingress-timeout-and-body-size: no timeout is set']);
    expect(without('edge.example.com/max-body-bytes')).toEqual([
      'ingress-timeout-and-body-size: nothing says how large a request may be',
    ]);
  });

  it('compare how it calls the pods with how they answer, where the profile declares it', () => {
    const encrypted = objects.map((object) =>
      object.kind === 'Service' ? withField(object, ['spec', 'ports', 0, 'appProtocol'], 'https') : object,
    );
    const pods = encrypted.filter(({ kind }) => kind !== 'Deployment');
    const messages = (backendTls: object | undefined, annotation?: string): string[] => {
      const controllers = [{ ...edge.language, backendTls }];
      const given =
        annotation === undefined
          ? pods
          : pods.map((object) =>
              object === ingress
                ? withField(object, ['metadata', 'annotations', 'edge.example.com/upstream'], annotation)
                : object,
            );
      return check(given, requireOptions('guardrails', { controllers }, RULES))
        .findings.filter(({ rule }) => rule === 'ingress-backend-scheme')
        .map(({ message }) => message.replace(/^.*, and /, ''));
    };
    const upstream = [{ field: 'metadata.annotations["edge.example.com/upstream"]', pattern: '^https$' }];
    expect(messages(undefined)).toEqual([]);
    expect(messages([])).toEqual(['in no other way']);
    expect(messages(upstream)).toEqual([
      'Company Edge calls it in plain HTTP: nothing says TLS in metadata.annotations["edge.example.com/upstream"]',
    ]);
    expect(messages(upstream, 'http')).toHaveLength(1);
    expect(messages(upstream, 'https')).toEqual([]);
  });

  it('are not told by another controller of a class that is its own', () => {
    const annotations = { 'nginx.org/policies': 'all' };
    const other = { ...ingress, metadata: { name: 'text-embedding', namespace: 'embeddings', annotations } };
    const report = check(
      objects.map((object) => (object === ingress ? other : object)),
      options,
    );
    expect(report.findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['ingress-authentication']));
  });

  it('read policies that its profile names, on the door', () => {
    const policy = {
      apiVersion: 'edge.example.com/v1',
      kind: 'LoginPolicy',
      metadata: { name: 'login', namespace: 'embeddings' },
      spec: { targetRefs: [{ kind: 'HTTPRoute', name: 'text-embedding' }], login: 'oidc' },
    };
    const route = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'text-embedding', namespace: 'embeddings' },
      spec: { rules: [{ backendRefs: [{ name: 'text-embedding', port: 8000 }] }] },
    };
    const controllers = [
      {
        name: 'Edge of routes',
        door: 'gateway.networking.k8s.io/HTTPRoute',
        policyKinds: ['edge.example.com/LoginPolicy'],
        authentications: [{ kind: 'edge.example.com/LoginPolicy', field: 'spec.login', pattern: '^oidc$' }],
      },
    ];
    const asked = requireOptions('guardrails', { controllers }, RULES);
    const judged = (...others: object[]): boolean =>
      check(
        [...objects.filter((object) => object !== ingress), route, ...(others as (typeof policy)[])],
        asked,
      ).findings.some(({ rule }) => rule === 'ingress-authentication');
    expect(judged(policy)).toBe(false);
    expect(judged({ ...policy, spec: { ...policy.spec, login: 'none' } })).toBe(true);
    expect(judged()).toBe(true);
    expect(check([policy], asked).notChecked).toEqual([]);
  });

  it.each<[object, string]>([
    [{ name: 'Traefik' }, 'guardrails controllers name: "Traefik" is refused: another controller has it'],
    [{ backendTls: [{ field: 'a..b' }] }, 'field of a setting of Company Edge: "a..b" is refused: it cannot be read'],
    [
      { backendTls: [{ field: 'spec.tls', kind: 'b.c/D' }] },
      'kind of backendTls of Company Edge: "b.c/D" is refused: a policy on a Service is not read',
    ],
    [{ rateLimits: [{ field: 'a..b' }] }, 'field of a setting of Company Edge: "a..b" is refused: it cannot be read'],
    [
      { rateLimits: [{ field: 'a', kind: 'b.c/D' }] },
      'kind of a setting of Company Edge: "b.c/D" is refused: it is none of its policyKinds',
    ],
  ])('refuse a language with %j', (wrong, message) => {
    expect(() => requireOptions('guardrails', { controllers: [{ ...edge.language, ...wrong }] }, RULES)).toThrow(
      message,
    );
  });

  it('take it in an app and from a file', () => {
    const app = new App();
    const chart = new Chart(app, 'c', { namespace: 'embeddings' });
    door(edge, { host: 'embeddings.example.com' }, chart);
    expect(Guardrails.of(app, { controllers: [edge.language] }).report().findings).toEqual([]);
    const files = { 'a.yaml': objects.map((object) => stringify(object)).join('---\n') };
    const config = 'examples/custom-controller/guardrails.yaml';
    expect(cli(['check', '--strict', '--config', config, 'DIR'], files).code).toBe(0);
    expect(cli(['check', 'DIR'], files).code).toBe(1);
  });
});
