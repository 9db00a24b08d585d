import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cli, COUNT, GOOD, WARNING, yaml } from '../../support/command-line';
import { nimWith } from '../../support/rules';

describe('cdk8s-nim check', () => {
  it('finds nothing in a NIM', () => {
    expect(cli(['check', 'DIR'], { 'nim.yaml': GOOD })).toEqual({
      code: 0,
      out: `${COUNT} objects, 0 errors, 0 warnings, 0 acknowledged, 0 not checked, 0 problems\n`,
      error: '',
    });
  });

  it('ends with 0 for warnings, and with 1 when it is strict', () => {
    expect(cli(['check', 'DIR'], { 'nim.yaml': WARNING }).code).toBe(0);
    expect(cli(['check', '--strict', 'DIR'], { 'nim.yaml': WARNING }).code).toBe(1);
  });

  it('checks for one version of Kubernetes', () => {
    const path = 'spec.template.spec.containers.0.livenessProbe.httpGet.host';
    const files = { 'nim.yaml': yaml(nimWith(['Deployment', path, 'localhost'])) };
    expect(cli(['check', '--kubernetes-version', '1.30', 'DIR'], files).code).toBe(0);
    expect(cli(['check', '--kubernetes-version', 'v1.34.2', 'DIR'], files).code).toBe(1);
    expect(cli(['check', 'DIR'], files).code).toBe(1);
  });

  it('takes acknowledgements from annotations', () => {
    const annotation = 'metadata.annotations[cdk8s-nim/acknowledge-service-only-api-port]';
    const objects = nimWith(['Service', 'spec.type', 'NodePort'], ['Service', annotation, 'a test cluster']);
    expect(cli(['check', 'DIR'], { 'nim.yaml': yaml(objects) }).code).toBe(0);
  });

  it('prints how it is used, as docs/guardrails.md has it', () => {
    expect(readFileSync('docs/guardrails.md', 'utf8')).toContain(`\`\`\`text\n${cli(['check', '--help']).out}\`\`\``);
  });
});
