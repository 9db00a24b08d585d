import { describe, expect, it } from 'vitest';
import { RULES } from '../../../lib/guardrails/rules';
import { cli, ERROR, version, yaml } from '../../support/command-line';
import { nimWith } from '../../support/rules';

describe('the format sarif', () => {
  it('prints SARIF with every rule, places, and acknowledged findings as suppressed', () => {
    const annotation = 'metadata.annotations[cdk8s-nim/acknowledge-no-service-links]';
    const objects = nimWith(
      ['Service', 'spec.type', 'NodePort'],
      ['Deployment', 'spec.template.spec.enableServiceLinks', true],
      ['Deployment', annotation, 'the old client'],
    );
    const { out } = cli(['check', '--format', 'sarif', 'DIR'], { 'nim.yaml': yaml(objects), 'b.yaml': 'a: b\n' });
    expect(JSON.parse(out)).toMatchObject({
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'cdk8s-nim',
              version,
              rules: [...RULES.map(({ id }) => ({ id })), { id: 'acknowledgement' }],
            },
          },
          results: [
            {
              ruleId: 'service-only-api-port',
              level: 'error',
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: 'file://DIR/nim.yaml' },
                    region: {
                      startLine:
                        yaml(objects)
                          .split('\n')
                          .findIndex((text) => text.includes('NodePort')) + 1,
                    },
                  },
                },
              ],
            },
            { ruleId: 'no-service-links', suppressions: [{ kind: 'external', justification: 'the old client' }] },
          ],
          invocations: [{ executionSuccessful: false, toolExecutionNotifications: [{ level: 'error' }] }],
        },
      ],
    });
  });

  it('prints SARIF that names files as they are named, with what a URL cannot hold encoded', () => {
    const { out } = cli(['check', '--format', 'sarif', 'DIR/a #1%/é?.yaml'], { 'a #1%/é?.yaml': ERROR });
    expect(out).toContain('"uri": "file://DIR/a%20%231%25/%C3%A9%3F.yaml"');
  });
});
