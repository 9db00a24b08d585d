import { describe, expect, it } from 'vitest';
import { CONTROLLERS } from '../../../lib/ingress/controllers';
import { IngressFeature } from '../../../lib/ingress/features';
import { cli } from '../../support/command-line';

describe('cdk8s-nim capabilities', () => {
  it('has a line for each feature and a column for each controller', () => {
    const { code, out } = cli(['capabilities']);
    const [head = '', ...lines] = out.trimEnd().split('\n');
    expect(code).toBe(0);
    expect(head.trim().split(/ +/)).toHaveLength(CONTROLLERS.length);
    expect(lines.map((line) => line.split(' ')[0])).toEqual(
      expect.arrayContaining(Object.values<string>(IngressFeature)),
    );
    expect(lines).toContainEqual(expect.stringMatching(/^auth-jwt +unsupported +/));
  });

  it('says by what a controller does it', () => {
    const { out } = cli(['capabilities', 'traefik', 'haProxy']);
    expect(out).toMatch(/^traefik\n/);
    expect(out).toMatch(/\n\nhaProxy\n/);
    expect(out).toMatch(/^ {2}source-ranges +enforced +haproxy\.org\/allow-list, status 403$/m);
  });

  it('prints JSON', () => {
    const tables = JSON.parse(cli(['capabilities', '--format', 'json', 'haProxy']).out) as Record<string, unknown>;
    expect(tables).toMatchObject({ haProxy: { 'auth-jwt': { level: 'unsupported' } } });
    expect(Object.keys(tables)).toEqual(['haProxy']);
  });

  it.each([
    [['capabilities', 'kong'], 'there is no controller kong: write one of '],
    [['capabilities', '--format', 'xml'], '--format xml: write one of human, json'],
  ])('refuses %j', (args, message) => {
    const { code, error } = cli(args);
    expect(error).toContain(message);
    expect(error).toContain('Usage: cdk8s-nim capabilities');
    expect(code).toBe(2);
  });
});
