import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { cli, GOOD } from '../support/command-line';
import { nimWith } from '../support/rules';

describe('the place of a finding', () => {
  it('prints SARIF in which every result has a place, also an acknowledgement that matches nothing', () => {
    const config = 'acknowledgements:\n  # what was\n  - rule: probes\n    reason: a\n';
    const { out } = cli(['check', '--format', 'sarif', '--config', 'DIR/config.yaml', 'DIR/nim.yaml'], {
      'nim.yaml': GOOD,
      'config.yaml': config,
    });
    expect(JSON.parse(out)).toMatchObject({
      runs: [
        {
          results: [
            {
              ruleId: 'acknowledgement',
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: 'file://DIR/config.yaml' },
                    region: { startLine: 3 },
                  },
                },
              ],
            },
          ],
        },
      ],
    });
  });

  it('expands lists, and finds the line in them', () => {
    const list = stringify({ apiVersion: 'v1', kind: 'List', items: nimWith(['Service', 'spec.type', 'NodePort']) });
    const line = list.split('\n').findIndex((text) => text.includes('type: NodePort')) + 1;
    expect(cli(['check', 'DIR'], { 'list.yaml': list }).out).toContain(
      `DIR/list.yaml:${line}: error service-only-api-port`,
    );
  });
});
