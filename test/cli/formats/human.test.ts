import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { cli, ERROR, GOOD } from '../../support/command-line';

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
