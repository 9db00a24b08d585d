import { describe, expect, it } from 'vitest';
import { allowancesOf, showAllowance } from '../../lib/manifests/allowances';
import type { Manifest } from '../../lib/manifests/manifest';
import { Manifests } from '../../lib/manifests/manifests';
import { deployment, object } from '../support/objects';

const DENY = ['0.0.0.0/0', '::/0'].map((cidrSelector) => ({ type: 'Deny', to: { cidrSelector } }));
const HTTPS = [{ protocol: 'TCP', port: 443 }];
const NAMED = { type: 'Allow', to: { dnsName: 'a.example.com' }, ports: HTTPS };

function firewall(egress: object[], name = 'default', namespace = 'embeddings'): Manifest {
  return object('k8s.ovn.org/EgressFirewall', name, { egress }, namespace);
}

/** The ways out that are left of those that a policy opens. */
function left(to: object[], ports: object[], ...others: Manifest[]): string[] | undefined {
  const spec = { podSelector: {}, policyTypes: ['Egress', 'Ingress'], egress: [{ to, ports }], ingress: [{}] };
  const policy = object('networking.k8s.io/NetworkPolicy', 'p', spec);
  const manifests = new Manifests([deployment('a', { app: 'a' }), policy, ...others]);
  const [pod] = manifests.pods();
  if (pod === undefined) {
    return undefined;
  }
  expect(allowancesOf(pod, 'Ingress', manifests)?.map(showAllowance)).toEqual(['everybody at every port']);
  return allowancesOf(pod, 'Egress', manifests)?.map(showAllowance);
}

const block = (cidr: string): object => ({ ipBlock: { cidr } });
const PUBLIC = [block('0.0.0.0/0'), block('::/0')];

describe('an EgressFirewall', () => {
  it('leaves the hosts of what a policy opens to every address, each once', () => {
    expect(left(PUBLIC, HTTPS, firewall([NAMED, ...DENY]))).toEqual(['a.example.com at TCP 443']);
  });

  it('leaves networks at the ports of the policy, and nodes', () => {
    const rules = [
      { type: 'Allow', to: { cidrSelector: '10.0.0.0/16' } },
      { type: 'Allow', to: { nodeSelector: {} } },
      { type: 'Deny', to: { dnsName: 'b.example.com' } },
    ];
    expect(left(PUBLIC, HTTPS, firewall([...rules, ...DENY]))).toEqual(['10.0.0.0/16 at TCP 443', 'nodes at TCP 443']);
  });

  it('opens nothing that the policy closes: no other port, and nothing after what it denies', () => {
    const other = {
      ...NAMED,
      ports: [
        { protocol: 'UDP', port: 443 },
        { protocol: 'TCP', port: 80 },
      ],
    };
    expect(left(PUBLIC, HTTPS, firewall([other, ...DENY, NAMED]))).toEqual([]);
  });

  it('has no say in pods and narrow blocks', () => {
    const to = [{ podSelector: { matchLabels: { app: 'b' } } }, block('10.1.2.0/24')];
    expect(left(to, HTTPS, firewall(DENY))).toEqual([
      'pods app=b in its namespace at TCP 443',
      '10.1.2.0/24 at TCP 443',
    ]);
  });

  it.each<[string, Manifest]>([
    ['it denies nothing', firewall([NAMED])],
    ['it denies certain ports', firewall([NAMED, ...DENY.map((rule) => ({ ...rule, ports: HTTPS }))])],
    ['it has another name', firewall([NAMED, ...DENY], 'other')],
    ['it is in another namespace', firewall([NAMED, ...DENY], 'default', 'other')],
  ])('takes nothing away where %s', (_, rules) => {
    expect(left(PUBLIC, HTTPS, rules)).toEqual(['0.0.0.0/0 at TCP 443', '::/0 at TCP 443']);
  });

  it('takes away of the family that it denies', () => {
    expect(left(PUBLIC, HTTPS, firewall([NAMED, ...DENY.slice(0, 1)]))).toEqual([
      'a.example.com at TCP 443',
      '::/0 at TCP 443',
    ]);
  });
});
