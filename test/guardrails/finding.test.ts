import { describe, expect, it } from 'vitest';
import { plainFinding, showFinding } from '../../lib/guardrails/finding';
import { check, nimObjects } from '../support/rules';

describe('a finding about the app', () => {
  const findings = check(nimObjects(), { acknowledgements: [{ rule: 'probes', reason: 'a' }] }).findings;
  const message = 'the acknowledgement of probes matches no finding';
  const fix = 'write why the finding may stay, and remove an acknowledgement whose finding is gone';

  it('names no object', () => {
    expect(findings.map(plainFinding)).toEqual([
      { rule: 'acknowledgement', level: 'warning', path: 'acknowledgements[0]', message, fix },
    ]);
  });

  it('is about the app in one line, too', () => {
    expect(findings.map(showFinding)).toEqual([`acknowledgement: app, acknowledgements[0]: ${message}; ${fix}`]);
  });
});

describe('a finding about an object without a namespace', () => {
  it('names none', () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'key' }, stringData: { key: 'value' } };
    const [finding] = check([secret]).findings.map(plainFinding);
    expect(finding).toMatchObject({ rule: 'no-literal-secret', apiVersion: 'v1', kind: 'Secret', name: 'key' });
    expect(finding).not.toHaveProperty('namespace');
  });
});
