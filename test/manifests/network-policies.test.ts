import { describe, expect, it } from 'vitest';
import { directionsOf, opensNim } from '../../lib/manifests/network-policies';
import { podOf } from '../../lib/manifests/pods';
import { nimObjects } from '../support/rules';

const policy = (spec: object): Parameters<typeof directionsOf>[0] => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  spec: { podSelector: {}, ...spec },
});

describe('the directions of a NetworkPolicy', () => {
  it('are those that it names', () => {
    expect(directionsOf(policy({ policyTypes: ['Egress'] }))).toEqual(['Egress']);
  });

  it('are Ingress, and Egress where it has rules for that, when it names none', () => {
    expect(directionsOf(policy({}))).toEqual(['Ingress']);
    expect(directionsOf(policy({ egress: [] }))).toEqual(['Ingress']);
    expect(directionsOf(policy({ egress: [{}] }))).toEqual(['Ingress', 'Egress']);
  });
});

describe('an ingress rule', () => {
  const [pod] = nimObjects().flatMap((object) => (object.kind === 'Deployment' ? [podOf(object)] : []));
  const opens = (rule: object): boolean => pod !== undefined && opensNim(rule, pod);

  it.each([
    ['every port', {}],
    ['every port of a protocol', { ports: [{ protocol: 'TCP' }] }],
    ['the port of the API', { ports: [{ port: 22 }, { port: 8000 }] }],
    ['its name', { ports: [{ port: 'http-api' }] }],
    ['a range, whatever its ends are', { ports: [{ port: 1, endPort: 2 }] }],
  ])('opens a NIM for %s', (_, rule) => {
    expect(opens(rule)).toBe(true);
  });

  it('opens no NIM for ports of something else', () => {
    expect(opens({ ports: [{ port: 22 }, { port: 'ssh' }] })).toBe(false);
  });
});
