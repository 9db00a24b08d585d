import { describe, expect, test } from 'vitest';
import { compare } from '../../scripts/scan/compare';
import type { Exception } from '../../scripts/scan/exception';
import type { Finding } from '../../scripts/scan/finding';

describe('findings and exceptions', () => {
  const RAN = { tools: ['checkov', 'kubesec'], renders: ['main/staging', 'strict'] };
  const exception = (changes: Partial<Exception> = {}): Exception => ({
    checks: { checkov: ['CKV_K8S_43'] },
    objects: { Deployment: { only: ['strict'] } },
    reason: 'why',
    instead: 'how',
    ...changes,
  });
  const finding = (changes: Partial<Finding> = {}): Finding => ({
    tool: 'checkov',
    check: 'CKV_K8S_43',
    object: 'Deployment/text-embedding',
    render: 'strict',
    detail: 'Image should use digest',
    ...changes,
  });
  const NONE = { unlisted: [], outdated: [] };

  test('agree when each finding has an exception, and each exception a finding', () => {
    expect(compare([exception()], [finding()], RAN)).toEqual(NONE);
  });

  test.each<[string, Partial<Finding>]>([
    ['scanner', { tool: 'kubesec' }],
    ['check', { check: 'CKV_K8S_15' }],
    ['kind of object', { object: 'StatefulSet/text-embedding' }],
    ['render', { render: 'main/staging' }],
  ])('a finding of another %s than the exception names is not listed', (_, changes) => {
    const other = finding(changes);
    expect(compare([exception()], [finding(), other], RAN)).toEqual({ unlisted: [other], outdated: [] });
  });

  test('an exception for one object lists no other object of the kind', () => {
    const other = finding({ object: 'Deployment/another' });
    const exceptions = [exception({ objects: { 'Deployment/text-embedding': { only: ['strict'] } } })];
    expect(compare(exceptions, [finding(), other], RAN)).toEqual({ unlisted: [other], outdated: [] });
  });

  test('an exception without a finding is outdated', () => {
    const outdated = [{ tool: 'checkov', check: 'CKV_K8S_43', object: 'Deployment', render: 'strict' }];
    expect(compare([exception()], [], RAN)).toEqual({ unlisted: [], outdated });
  });

  test('an exception is outdated for each check, render and kind that no longer needs it', () => {
    const exceptions = [exception({ objects: { Deployment: { allBut: [] }, Job: { allBut: [] } } })];
    const findings = [finding(), finding({ object: 'Job/prefetch' }), finding({ render: 'main/staging' })];
    const { unlisted, outdated } = compare(exceptions, findings, RAN);
    expect(unlisted).toEqual([]);
    expect(outdated).toEqual([{ tool: 'checkov', check: 'CKV_K8S_43', object: 'Job', render: 'main/staging' }]);
  });

  test('"all but" asks for the finding everywhere else, and only there', () => {
    const exceptions = [exception({ objects: { Deployment: { allBut: ['strict'] } } })];
    expect(compare(exceptions, [finding({ render: 'main/staging' })], RAN)).toEqual(NONE);
    expect(compare(exceptions, [finding()], RAN).unlisted).toHaveLength(1);
    expect(compare(exceptions, [finding()], RAN).outdated).toHaveLength(1);
  });

  test('exceptions for a scanner that did not run are left alone', () => {
    expect(compare([exception()], [], { ...RAN, tools: ['kubesec'] })).toEqual(NONE);
  });

  test.each([{ only: ['staging'] }, { allBut: ['staging'] }])(
    'an exception for a render that does not exist is refused',
    (renders) => {
      expect(() => compare([exception({ objects: { Deployment: renders } })], [], RAN)).toThrow(
        'no render is called "staging": there are main/staging, strict',
      );
    },
  );
});
