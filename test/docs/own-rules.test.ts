import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { runInNewContext } from 'node:vm';
import { ApiObject, App, Chart } from 'cdk8s';
import { describe, expect, it } from 'vitest';
import * as library from 'cdk8s-nim';
import { cli, GOOD } from '../support/command-line';
import { nimObjects } from '../support/rules';
import { guard } from './snippets/own-rules-in-an-app.js';

const page = readFileSync('docs/own-rules.md', 'utf8');
const snippet = (name: string): string => readFileSync(`test/docs/snippets/${name}`, 'utf8');
const FOREIGN = 'nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2:1.13.0 is from elsewhere';

describe('docs/own-rules.md', () => {
  it.each([
    ['own-rules-in-an-app.ts', 'ts'],
    ['own-rules.cjs', 'js'],
    ['own-validation.cjs', 'js'],
  ])('shows %s, which is compiled and run', (name, language) => {
    expect(page).toContain(`\`\`\`${language}\n${snippet(name)}\`\`\``);
  });

  it('has a rule that an app is judged by', () => {
    const app = new App();
    new ApiObject(new Chart(app, 'chart'), 'pods', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'a' },
    });
    expect(guard(app).report().findings).toContainEqual(
      expect.objectContaining({ rule: 'has-owner', path: 'metadata.labels', message: 'there is no owner' }),
    );
    expect(() => app.synthYaml()).toThrow('has-owner: Deployment a');
  });

  it('has a file of rules that the command runs, lists and acknowledges', () => {
    const files = { 'manifests/nim.yaml': GOOD, 'rules.js': snippet('own-rules.cjs') };
    const { code, out } = cli(['check', '--rules', 'DIR/rules.js', 'DIR/manifests'], files);
    expect(code).toBe(1);
    expect(out).toContain('error company-registry: Deployment embeddings/text-embedding: spec.template.spec');
    expect(out).toContain('is from elsewhere\n  fix: use registry.example.com\n');
    const config = 'acknowledgements:\n  - rule: company-registry\n    reason: a mirror comes\n';
    const args = ['check', '--rules', 'DIR/rules.js', '--config', 'DIR/ack.yaml'];
    const accepted = cli([...args, '--format', 'sarif', 'DIR/manifests'], { ...files, 'ack.yaml': config });
    expect(accepted.code).toBe(0);
    expect(JSON.parse(accepted.out)).toMatchObject({
      runs: [
        {
          tool: {
            driver: { rules: expect.arrayContaining([expect.objectContaining({ id: 'company-registry' })]) as unknown },
          },
          results: [{ ruleId: 'company-registry', suppressions: [{ justification: 'a mirror comes' }] }],
        },
      ],
    });
  });

  it('has a validation of cdk8s with rules of its own', async () => {
    const rules: unknown = createRequire(resolve('test/docs/snippets/any'))('./own-rules.cjs');
    const exported = {} as { OurValidation: new (properties: object) => library.GuardrailsValidation };
    const load = (name: string): unknown => (name === 'cdk8s-nim' ? library : rules);
    runInNewContext(snippet('own-validation.cjs'), { require: load, exports: exported });
    const found: string[] = [];
    let status = '';
    await new exported.OurValidation({ strict: true }).validate({
      manifests: ['app.k8s.yaml'],
      parseManifest: nimObjects,
      logger: { log: () => undefined },
      report: {
        addViolation: ({ ruleName, recommendation }) => found.push(`${ruleName}: ${recommendation}`),
        submit: (end) => (status = end),
      },
    });
    expect(status).toBe('failure');
    expect(found).toContain(`company-registry: error: ${FOREIGN}`);
  });
});
