import { describe, expect, it } from 'vitest';
import { allowancesOf, isAllowedBy, isRangeIn, showAllowance } from '../../lib/manifests/allowances';
import type { Manifest } from '../../lib/manifests/manifest';
import { Manifests } from '../../lib/manifests/manifests';

const pod: Manifest = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a', labels: { app: 'a' } },
  spec: { containers: [] },
};
const policyWith = (spec: object, name = 'p'): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name },
  spec: { podSelector: {}, ...spec },
});

/** What policies allow the pod, as people say it; `undefined` where none limits it. */
function allowed(direction: 'Ingress' | 'Egress', ...policies: Manifest[]): string[] | undefined {
  const manifests = new Manifests([pod, ...policies]);
  const [one] = manifests.pods();
  return one === undefined ? ['no pod'] : allowancesOf(one, direction, manifests)?.map(showAllowance);
}

const peer = (app: string): object => ({ podSelector: { matchLabels: { app } } });
const block = (cidr: string, ...except: string[]): object => ({
  ipBlock: { cidr, ...(except.length > 0 ? { except } : {}) },
});

describe('what network policies allow the pods of a workload', () => {
  it('is everything without a policy of that direction', () => {
    expect(allowed('Ingress')).toBeUndefined();
    expect(allowed('Egress', policyWith({ ingress: [] }))).toBeUndefined();
  });

  it('is nothing where a policy has no rules', () => {
    expect(allowed('Ingress', policyWith({}))).toEqual([]);
  });

  it('is every peer with every port, of all policies together', () => {
    const ports = [{ port: 80 }, { port: 9000, endPort: 9010, protocol: 'UDP' }];
    expect(
      allowed(
        'Ingress',
        policyWith({ ingress: [{ from: [peer('b'), block('10.0.0.0/8', '10.1.0.0/16')], ports }] }),
        policyWith({ ingress: [{}] }, 'q'),
      ),
    ).toEqual([
      'pods app=b in its namespace at TCP 80',
      'pods app=b in its namespace at UDP 9000–9010',
      '10.0.0.0/8 without 10.1.0.0/16 at TCP 80',
      '10.0.0.0/8 without 10.1.0.0/16 at UDP 9000–9010',
      'everybody at every port',
    ]);
  });

  it.each<[object, string]>([
    [{ namespaceSelector: {} }, 'every pod in every namespace'],
    [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'b' } } }, 'every pod in namespace b'],
    [{ namespaceSelector: { matchLabels: { team: 'b' } }, ...peer('c') }, 'pods app=c in namespaces with team=b'],
    [
      { podSelector: { matchExpressions: [{ key: 'a', operator: 'In', values: ['b', 'c'] }] } },
      'pods a In b|c in its namespace',
    ],
  ])('%j', (from, shown) => {
    expect(allowed('Ingress', policyWith({ ingress: [{ from: [from] }] }))).toEqual([`${shown} at every port`]);
  });
});

describe('connections are among others', () => {
  const policy = policyWith({});
  it.each<[unknown, unknown, unknown, unknown, boolean]>([
    [peer('a'), { port: 80 }, peer('a'), { port: 80 }, true],
    [peer('a'), { port: 80 }, undefined, undefined, true],
    [peer('a'), { port: 80 }, peer('b'), { port: 80 }, false],
    [peer('a'), { port: 80 }, peer('a'), { port: 81 }, false],
    [undefined, { port: 80 }, peer('a'), { port: 80 }, false],
    [peer('a'), undefined, peer('a'), { port: 80 }, false],
    [block('10.1.0.0/16'), undefined, block('10.0.0.0/8'), undefined, true],
    [block('10.0.0.0/8'), undefined, block('10.1.0.0/16'), undefined, false],
    [block('10.0.0.0/8'), undefined, block('10.0.0.0/8', '10.1.0.0/16'), undefined, false],
    [block('10.0.0.0/8', '10.1.0.0/16', '10.2.0.0/16'), undefined, block('10.0.0.0/8', '10.1.0.0/16'), undefined, true],
  ])('%j at %j among %j at %j: %s', (one, port, other, otherPort, expected) => {
    expect(isAllowedBy({ peer: one, port, policy }, { peer: other, port: otherPort, policy })).toBe(expected);
  });

  it.each([
    ['10.0.0.1', '10.0.0.0/8', true],
    ['10.0.0.0/8', '10.0.0.1', false],
    ['2001:db8::1', '2001:db8::/32', true],
    ['10.0.0.0/8', '::/0', false],
    ['office', 'office', true],
    ['office', '10.0.0.0/8', false],
  ])('%s is in %s: %s', (one, other, expected) => {
    expect(isRangeIn(one, other)).toBe(expected);
  });
});
