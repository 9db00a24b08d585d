import { describe, expect, it } from 'vitest';
import { acknowledge, type Acknowledgement } from '../../lib/guardrails/acknowledgements';
import { type Finding, plainFinding } from '../../lib/guardrails/finding';
import { ingressAuthentication } from '../../lib/guardrails/rules/ingress-authentication';
import { ingressExactPaths } from '../../lib/guardrails/rules/ingress-exact-paths';
import { ingressRateLimit } from '../../lib/guardrails/rules/ingress-rate-limit';
import { RuleLevel } from '../../lib/guardrails/rule';
import type { Manifest } from '../../lib/manifests/manifest';
import { behind, check, httpRoute, ingressWith, nimObjects, nimWith, openShiftRoute } from '../support/rules';

const LINKS = ['Deployment', 'spec.template.spec.enableServiceLinks', true] as const;
const ANNOTATION = 'metadata.annotations[cdk8s-nim/acknowledge-no-service-links]';

describe('an acknowledgement', () => {
  it('of one rule does not cover the finding of another one', () => {
    const acknowledgements = [{ rule: 'own-service-account', reason: 'it reads REDIS_PORT' }];
    const { findings, acknowledged } = check(nimWith(LINKS), { acknowledgements });
    expect(findings.map(({ rule }) => rule)).toEqual(['no-service-links', 'acknowledgement']);
    expect(acknowledged).toEqual([]);
  });

  it('is reported with its reason, without the space around it', () => {
    const { acknowledged } = check(nimWith(LINKS, ['Deployment', ANNOTATION, ' it reads REDIS_PORT\n']));
    expect(acknowledged.map(({ reason }) => reason)).toEqual(['it reads REDIS_PORT']);
  });

  it.each([
    ['spec.template.spec.hostNetwork', ['spec.template.spec.hostPID']],
    ['spec.template.spec', []],
    ['spec.template.spec.host', ['spec.template.spec.hostNetwork', 'spec.template.spec.hostPID']],
  ])('of the field %s covers it and what is below it', (field, left) => {
    const objects = nimWith(
      ['Deployment', 'spec.template.spec.hostNetwork', true],
      ['Deployment', 'spec.template.spec.hostPID', true],
    );
    const acknowledgements = [{ rule: 'pod-security-restricted', reason: 'a node agent', field }];
    const open = check(objects, { acknowledgements }).findings.map(plainFinding);
    expect(open.filter(({ rule }) => rule === 'pod-security-restricted').map(({ path }) => path)).toEqual(left);
  });

  it('of a list covers what is in it', () => {
    const acknowledgements = [{ rule: 'service-only-api-port', reason: 'metrics', field: 'spec.ports' }];
    const { findings } = check(nimWith(['Service', 'spec.ports.0.targetPort', 'metrics']), { acknowledgements });
    expect(findings.filter(({ rule }) => rule === 'service-only-api-port')).toEqual([]);
  });

  it('of every rule covers the objects that it names, and no others', () => {
    const objects = nimWith(LINKS, ['Service', 'spec.type', 'NodePort']);
    const acknowledgements = [{ rule: '*', reason: 'of another team', kind: 'Service' }];
    const { findings, acknowledged } = check(objects, { acknowledgements });
    expect(findings.map(({ rule }) => rule)).toEqual(['no-service-links']);
    expect(acknowledged.map(({ finding }) => finding.rule)).toEqual(['service-only-api-port']);
  });

  it('of a rule that does not exist says so', () => {
    const annotation = 'metadata.annotations[cdk8s-nim/acknowledge-no-service-link]';
    const { findings } = check(nimWith(LINKS, ['Deployment', annotation, 'it reads REDIS_PORT']));
    expect(findings.map(({ message }) => message)).toContain('there is no rule no-service-link');
  });

  it('does not cover what is about no object', () => {
    const finding: Finding = {
      rule: 'probes',
      level: RuleLevel.ERROR,
      object: undefined,
      path: [],
      message: 'the app is wrong',
      fix: 'make it right',
    };
    const { findings, acknowledged } = acknowledge([finding], [], [{ rule: 'probes', reason: 'it is fine' }], []);
    expect(findings).toContain(finding);
    expect(acknowledged).toEqual([]);
  });
});

describe('an acknowledgement that matches nothing', () => {
  const unused = (acknowledgement: Acknowledgement): unknown[] =>
    check(nimObjects(), { acknowledgements: [acknowledgement] }).findings.map(plainFinding);
  const reason = 'it reads REDIS_PORT';

  it.each([
    [{}, ''],
    [{ kind: 'Deployment' }, ' for Deployment'],
    [{ namespace: 'embeddings' }, ' for embeddings'],
    [{ kind: 'Deployment', name: 'legacy' }, ' for Deployment legacy'],
    [{ kind: 'Deployment', namespace: 'embeddings', name: 'legacy' }, ' for Deployment embeddings legacy'],
  ])('is a warning that says what it is for: %j', (target, shown) => {
    expect(unused({ rule: 'no-service-links', reason, ...target })).toEqual([
      {
        rule: 'acknowledgement',
        level: 'warning',
        path: 'acknowledgements[0]',
        message: `the acknowledgement of no-service-links${shown} matches no finding`,
        fix: 'write why the finding may stay, and remove an acknowledgement whose finding is gone',
      },
    ]);
  });

  it.each([{}, { namespace: 'website' }, { kind: 'Service', name: 'website' }])(
    'is none where %j may be for an object that nimOnly leaves out',
    (target) => {
      const website = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'website', namespace: 'website' } };
      const reported = (others: Manifest[], acknowledgement: Acknowledgement): string[] =>
        check([...nimObjects(), ...others], { nimOnly: true, acknowledgements: [acknowledgement] }).findings.map(
          ({ message }) => message,
        );
      expect(reported([website], { rule: 'no-service-links', reason, ...target })).toEqual([]);
      expect(reported([], { rule: 'no-service-links', reason, ...target })).toHaveLength(1);
      expect(reported([website], { rule: 'no-service-link', reason, ...target })).toHaveLength(1);
      expect(reported([website], { rule: 'no-service-links', reason, name: 'legacy' })).toHaveLength(1);
    },
  );

  it('is a warning about the object that it stands on', () => {
    expect(check(nimWith(['Service', ANNOTATION, reason])).findings.map(plainFinding)).toMatchObject([
      {
        kind: 'Service',
        path: 'metadata.annotations["cdk8s-nim/acknowledge-no-service-links"]',
        message: 'the acknowledgement of no-service-links matches no finding',
      },
    ]);
  });
});

describe('a note of SecureIngress', () => {
  const reason = 'a gateway in front does it';
  const RULES = [ingressAuthentication, ingressRateLimit, ingressExactPaths];
  const acknowledgedBy = (annotation: string, text: string, door = ingressWith): string[] => {
    const { findings, acknowledged } = check(behind(door({ [annotation]: text })), {}, RULES);
    const open = findings.map(({ rule }) => rule);
    return acknowledged
      .map(({ finding, reason: given }) => `${finding.rule}: ${given}`)
      .filter((line) => !open.some((rule) => line.startsWith(rule)));
  };
  const openShift = (annotations: Record<string, string>): Manifest => openShiftRoute({}, annotations);

  it.each([
    ['exception-authentication', 'ingress-authentication', ingressWith],
    ['exception-authentication', 'ingress-authentication', openShift],
    ['exception-rate-per-second', 'ingress-rate-limit', ingressWith],
    ['exception-rate-per-minute', 'ingress-rate-limit', ingressWith],
    ['exception-exact-paths', 'ingress-exact-paths', openShift],
    ['approximate-exact-paths', 'ingress-exact-paths', openShift],
  ])('%s acknowledges a finding of %s, which stays in the report', (note, rule, door) => {
    expect(acknowledgedBy(`cdk8s-nim/${note}`, ` ${reason}\n`, door)).toEqual([`${rule}: ${reason}`]);
  });

  it.each([
    'cdk8s-nim/exception-authentication-of-admins',
    'cdk8s-nim/exception-no-authentication',
    'cdk8s-nim/exceptional-authentication',
    'cdk8s-nim/prerequisite-auth-client-certificates',
    'cdk8s-nim/prerequisite-rate-per-second',
    'cdk8s-nim/exception',
    'example.com/exception-authentication',
    'exception-authentication',
  ])('is not %s', (annotation) => {
    expect(acknowledgedBy(annotation, reason)).toEqual([]);
  });

  it('without a reason does not count', () => {
    expect(acknowledgedBy('cdk8s-nim/exception-authentication', ' ')).toEqual([]);
  });

  it('may be for something that no rule misses', () => {
    const door = httpRoute(
      {},
      { 'cdk8s-nim/exception-authentication': reason, 'cdk8s-nim/exception-body-size': reason },
    );
    expect(check([door], {}, []).findings).toEqual([]);
  });
});
