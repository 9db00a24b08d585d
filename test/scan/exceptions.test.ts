import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compare, type Exception, parseExceptions } from '../../scripts/scan/exceptions';
import type { Finding } from '../../scripts/scan/finding';
import { TOOLS } from '../../scripts/scan/tools';

const HEADER = `| tool | check | objects | renders | reason | compensating control |
| ---- | ----- | ------- | ------- | ------ | -------------------- |
`;
const TOOL_NAMES = ['checkov', 'kubesec'];

const table = (...rows: string[]) =>
  parseExceptions(`# Exceptions\n\n${HEADER}${rows.join('\n')}\n\nMore.`, TOOL_NAMES);

describe('the table of exceptions', () => {
  test('a row says which findings stay, and where', () => {
    const rows = table(
      '| `checkov` | CKV_K8S_43 | Deployment, Job/prefetch | all | why | how |',
      '| kubesec | RunAsUser | Deployment | all but strict, main/production | why | how |',
      '| kubesec | RunAsGroup | Deployment | strict | why | how |',
    );
    expect(rows).toEqual([
      { tool: 'checkov', check: 'CKV_K8S_43', objects: ['Deployment', 'Job/prefetch'], renders: { allBut: [] } },
      {
        tool: 'kubesec',
        check: 'RunAsUser',
        objects: ['Deployment'],
        renders: { allBut: ['strict', 'main/production'] },
      },
      { tool: 'kubesec', check: 'RunAsGroup', objects: ['Deployment'], renders: { only: ['strict'] } },
    ]);
  });

  test.each([
    ['no reason', '| checkov | CKV_K8S_43 | Deployment | all |  | how |'],
    ['no compensating control', '| checkov | CKV_K8S_43 | Deployment | all | why |  |'],
    ['a column too few', '| checkov | CKV_K8S_43 | Deployment | all | why |'],
  ])('a row with %s is refused', (_, row) => {
    expect(() => table(row)).toThrow(`a row needs every column`);
  });

  test('a row for a scanner that does not exist is refused, because nothing would ever check it', () => {
    expect(() => table('| chekov | CKV_K8S_43 | Deployment | all | why | how |')).toThrow(
      'no scanner is called "chekov": there are checkov, kubesec',
    );
  });

  test('a page without the table is refused', () => {
    expect(() => parseExceptions('# Exceptions', TOOL_NAMES)).toThrow('no table with the columns tool, check, objects');
  });

  test('docs/exceptions.md has it', () => {
    expect(parseExceptions(readFileSync('docs/exceptions.md', 'utf8'), Object.keys(TOOLS))).not.toEqual([]);
  });
});

describe('findings and exceptions', () => {
  const RAN = { tools: TOOL_NAMES, renders: ['main/staging', 'strict'] };
  const exception = (changes: Partial<Exception> = {}): Exception => ({
    tool: 'checkov',
    check: 'CKV_K8S_43',
    objects: ['Deployment'],
    renders: { only: ['strict'] },
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

  test('agree when each finding has a row, and each row a finding', () => {
    expect(compare([exception()], [finding()], RAN)).toEqual(NONE);
  });

  test.each<[string, Partial<Finding>]>([
    ['scanner', { tool: 'kubesec' }],
    ['check', { check: 'CKV_K8S_15' }],
    ['kind of object', { object: 'StatefulSet/text-embedding' }],
    ['render', { render: 'main/staging' }],
  ])('a finding of another %s than the row names is not listed', (_, changes) => {
    const other = finding(changes);
    expect(compare([exception()], [finding(), other], RAN)).toEqual({ unlisted: [other], outdated: [] });
  });

  test('a row for one object lists no other object of the kind', () => {
    const other = finding({ object: 'Deployment/another' });
    const exceptions = [exception({ objects: ['Deployment/text-embedding'] })];
    expect(compare(exceptions, [finding(), other], RAN)).toEqual({ unlisted: [other], outdated: [] });
  });

  test('a row without a finding is outdated', () => {
    const { tool, check } = exception();
    const outdated = [{ tool, check, object: 'Deployment', render: 'strict' }];
    expect(compare([exception()], [], RAN)).toEqual({ unlisted: [], outdated });
  });

  test('a row is outdated for each render and each kind that no longer needs it', () => {
    const exceptions = [exception({ objects: ['Deployment', 'Job'], renders: { allBut: [] } })];
    const findings = [finding(), finding({ object: 'Job/prefetch' }), finding({ render: 'main/staging' })];
    const { unlisted, outdated } = compare(exceptions, findings, RAN);
    expect(unlisted).toEqual([]);
    expect(outdated).toEqual([{ tool: 'checkov', check: 'CKV_K8S_43', object: 'Job', render: 'main/staging' }]);
  });

  test('"all but" asks for the finding everywhere else, and only there', () => {
    const exceptions = [exception({ renders: { allBut: ['strict'] } })];
    expect(compare(exceptions, [finding({ render: 'main/staging' })], RAN)).toEqual(NONE);
    expect(compare(exceptions, [finding()], RAN).unlisted).toHaveLength(1);
    expect(compare(exceptions, [finding()], RAN).outdated).toHaveLength(1);
  });

  test('rows of a scanner that did not run are left alone', () => {
    expect(compare([exception()], [], { ...RAN, tools: ['kubesec'] })).toEqual(NONE);
  });

  test.each([{ only: ['staging'] }, { allBut: ['staging'] }])(
    'a row for a render that does not exist is refused',
    (renders) => {
      expect(() => compare([exception({ renders })], [], RAN)).toThrow(
        'no render is called "staging": there are main/staging, strict',
      );
    },
  );
});
