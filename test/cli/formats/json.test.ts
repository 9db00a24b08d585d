import { describe, expect, it } from 'vitest';
import { cli, COUNT, ERROR } from '../../support/command-line';

describe('the format json', () => {
  it('prints JSON', () => {
    const { code, out } = cli(['check', '--format', 'json', 'DIR'], { 'nim.yaml': ERROR });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      findings: [
        {
          rule: 'service-only-api-port',
          level: 'error',
          apiVersion: 'v1',
          kind: 'Service',
          namespace: 'embeddings',
          name: 'text-embedding',
          path: 'spec.type',
          file: 'DIR/nim.yaml',
        },
      ],
      acknowledged: [],
      notChecked: [],
      problems: [],
      objects: COUNT,
    });
  });
});
