import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { cli, ERROR, GOOD, yaml } from '../../support/command-line';
import { nimWith, REMOVED } from '../../support/rules';

describe('the format human', () => {
  it('names file, line, rule, object, field, what is wrong and what to write', () => {
    const { code, out } = cli(['check', 'DIR'], { 'nim.yaml': GOOD.replace('type: ClusterIP', 'type: NodePort') });
    const line = GOOD.split('\n').findIndex((text) => text.includes('type: ClusterIP')) + 1;
    expect(code).toBe(1);
    expect(out).toContain(
      `DIR/nim.yaml:${line}: error service-only-api-port: Service embeddings/text-embedding: spec.type\n` +
        '  the type is NodePort\n  fix: set type: ClusterIP',
    );
  });

  it('says what could not be read before what may follow from it', () => {
    const { out } = cli(['check', 'DIR'], { 'nim.yaml': ERROR, 'other.yaml': 'a: [' });
    expect(out).toMatch(/^DIR\/other\.yaml:1: problem: it is not YAML[^]*\n[^\n]*error service-only-api-port/);
  });

  it('names a container once for a rule, and each fix once', () => {
    const path = 'spec.template.spec.containers.0.resources';
    const other = nimWith(['Deployment', path, REMOVED], ['Deployment', 'metadata.name', 'other']);
    const objects = [...nimWith(['Deployment', path, REMOVED]), ...other.filter(({ kind }) => kind === 'Deployment')];
    const { out } = cli(['check', 'DIR'], { 'nim.yaml': yaml(objects) });
    expect(out.match(/error resources-requests-limits: /g)).toHaveLength(2);
    expect(out.match(/fix: set resources\.requests and resources\.limits/g)).toHaveLength(1);
    expect(out).toContain('requests.cpu: there is no request for cpu; limits.cpu: there is no limit for cpu; ');
  });

  it('says when nothing was judged, which fails when it is strict', () => {
    const files = { 'a.yaml': 'apiVersion: example.com/v1\nkind: Gadget\nmetadata: {name: a}\n' };
    expect(cli(['check', 'DIR'], files)).toMatchObject({
      code: 0,
      out: expect.stringContaining('\nnothing was judged: no rule knows') as unknown,
    });
    expect(cli(['check', '--strict', 'DIR'], files).code).toBe(1);
    const both = { ...files, 'nim.yaml': GOOD };
    expect(cli(['check', '--strict', 'DIR'], both)).toMatchObject({
      code: 0,
      out: expect.not.stringContaining('nothing was judged') as unknown,
    });
  });

  it('says which kinds it does not know', () => {
    const { code, out } = cli(['check', 'DIR'], {
      'a.yaml': 'apiVersion: example.com/v1\nkind: Gadget\nmetadata: {name: a}\n',
    });
    expect(code).toBe(0);
    expect(out).toContain('DIR/a.yaml: not checked: Gadget a (example.com/v1): no rule knows its fields');
  });

  it('takes acknowledgements from a file, and prints them', () => {
    const config = stringify({ acknowledgements: [{ rule: 'service-only-api-port', reason: 'a test cluster' }] });
    const { code, out } = cli(['check', '--config', 'DIR/guardrails.yaml', 'DIR/nim'], {
      'nim/nim.yaml': ERROR,
      'guardrails.yaml': config,
    });
    expect(code).toBe(0);
    expect(out).toMatch(
      /acknowledged service-only-api-port: Service embeddings\/text-embedding: spec\.type\n {2}reason: a test cluster/,
    );
  });
});
