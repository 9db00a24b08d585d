import { describe, expect, it } from 'vitest';
import { acknowledge, type Acknowledgement } from '../../lib/rules/acknowledgements';
import { check } from '../../lib/rules/engine';
import { type Finding, plainFinding } from '../../lib/rules/finding';
import { RuleLevel } from '../../lib/rules/rule';
import { nimObjects, nimWith } from '../support/rules';

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

  it('does not cover what is about no object', () => {
    const finding: Finding = {
      rule: 'probes',
      level: RuleLevel.ERROR,
      object: undefined,
      path: [],
      message: 'the app is wrong',
      fix: 'make it right',
    };
    const { findings, acknowledged } = acknowledge([finding], [], [{ rule: 'probes', reason: 'it is fine' }]);
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
        path: '',
        message: `the acknowledgement of no-service-links${shown} matches no finding`,
        fix: 'write why the finding may stay, and remove an acknowledgement whose finding is gone',
      },
    ]);
  });

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
