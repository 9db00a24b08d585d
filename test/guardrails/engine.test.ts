import { describe, expect, it } from 'vitest';
import { type Finding, plainFinding, showFinding } from '../../lib/guardrails/finding';
import { RULES } from '../../lib/guardrails/rules';
import { showPath } from '../../lib/manifests/fields';
import { groupKindOf } from '../../lib/manifests/manifest';
import { alone, check, nimObjects, nimWith } from '../support/rules';

const LINKS = 'spec.template.spec.enableServiceLinks';
const ANNOTATION = 'metadata.annotations[cdk8s-nim/acknowledge-no-service-links]';
const REASON = 'the old client reads them';

describe('a finding', () => {
  const found = (): Finding | undefined => check(nimWith(['Service', 'spec.type', 'NodePort'])).findings[0];

  it('names rule, level, object, field, what is wrong and what to write', () => {
    const finding = found();
    expect(finding && plainFinding(finding)).toEqual({
      rule: 'service-only-api-port',
      level: 'error',
      apiVersion: 'v1',
      kind: 'Service',
      namespace: 'embeddings',
      name: 'text-embedding',
      path: 'spec.type',
      message: 'the type is NodePort',
      fix: RULES.find(({ id }) => id === 'service-only-api-port')?.fix,
    });
  });

  it('is one line for people', () => {
    const finding = found();
    expect(finding && showFinding(finding)).toMatch(
      /^service-only-api-port: Service embeddings\/text-embedding, spec\.type: the type is NodePort; set type: ClusterIP/,
    );
  });
});

describe('an acknowledgement', () => {
  it('on the object takes the finding out and keeps it with its reason', () => {
    const report = check(nimWith(['Deployment', LINKS, true], ['Deployment', ANNOTATION, REASON]));
    expect(report.findings).toEqual([]);
    expect(report.acknowledged.map(({ finding, reason }) => [finding.rule, reason])).toEqual([
      ['no-service-links', REASON],
    ]);
  });

  it.each([{}, { kind: 'Deployment' }, { namespace: 'embeddings' }, { name: 'text-embedding' }])(
    'of the app covers what %j names',
    (target) => {
      const acknowledgements = [{ rule: 'no-service-links', reason: REASON, ...target }];
      const report = check(nimWith(['Deployment', LINKS, true]), { acknowledgements });
      expect(report.findings).toEqual([]);
      expect(report.acknowledged).toHaveLength(1);
    },
  );

  it.each([{ kind: 'Pod' }, { namespace: 'other' }, { name: 'other' }])(
    'of the app for %j covers nothing else',
    (target) => {
      const acknowledgements = [{ rule: 'no-service-links', reason: REASON, ...target }];
      const rules = check(nimWith(['Deployment', LINKS, true]), { acknowledgements }).findings.map(({ rule }) => rule);
      expect(rules).toEqual(['no-service-links', 'acknowledgement']);
    },
  );

  it('without a reason does not count, and is a warning', () => {
    const { findings } = check(nimWith(['Deployment', LINKS, true], ['Deployment', ANNOTATION, ' ']));
    expect(findings.map(({ rule, level, message }) => [rule, level, message])).toEqual([
      ['no-service-links', 'warning', 'every Service becomes variables of the containers'],
      ['acknowledgement', 'warning', 'the acknowledgement of no-service-links has no reason, so it does not count'],
    ]);
  });

  it('that matches nothing is a warning', () => {
    const { findings } = check(nimWith(['Service', ANNOTATION, REASON]));
    expect(findings.map(({ rule, level, path }) => [rule, level, showPath(path)])).toEqual([
      ['acknowledgement', 'warning', 'metadata.annotations["cdk8s-nim/acknowledge-no-service-links"]'],
    ]);
  });

  it('on one object does not cover another one', () => {
    const objects = nimWith(['Deployment', LINKS, true], ['Service', ANNOTATION, REASON]);
    expect(check(objects).findings.map(({ rule }) => rule)).toEqual(['no-service-links', 'acknowledgement']);
  });
});

describe('a check', () => {
  it('reports objects of kinds that no rule knows', () => {
    const report = check([...nimObjects(), ...alone('example.com/v1', 'Gadget'), ...alone('v1', 'ConfigMap')]);
    expect(report.notChecked.map(groupKindOf)).toEqual(['example.com/Gadget']);
  });

  it('still finds literal secrets in them', () => {
    const report = check(alone('example.com/v1', 'Gadget', { spec: { key: `nvapi-${'x'.repeat(64)}` } }));
    expect(report.findings.map(({ rule }) => rule)).toEqual(['no-literal-secret']);
  });

  it('refuses a version that it does not know', () => {
    expect(() => check([], { kubernetesVersion: '1.27' })).toThrow(
      'kubernetesVersion: "1.27" is refused: the rules know Kubernetes 1.28 to 1.37',
    );
  });

  it('finds nothing in nothing', () => {
    expect(check([])).toEqual({ findings: [], acknowledged: [], notChecked: [], leftOut: [] });
  });

  it('changes nothing and says the same again', () => {
    const objects = nimWith(['Deployment', LINKS, true]);
    const before = structuredClone(objects);
    const [first, second] = [check(objects), check(objects)];
    expect(objects).toEqual(before);
    expect(second).toEqual(first);
  });
});

describe('the registry', () => {
  it.each(RULES)('$id says what, why and how, and has a level', ({ id, what, why, fix, level }) => {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    // The name part of an annotation has 63 characters.
    expect(`acknowledge-${id}`.length).toBeLessThanOrEqual(63);
    expect([what, why].every((text) => text.endsWith('.'))).toBe(true);
    expect(fix.endsWith('.')).toBe(false);
    expect(['error', 'warning']).toContain(level);
  });

  it('has every id once', () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  });
});
