import { expect, it } from 'vitest';
import { fqdnPolicyEffective } from '../../../lib/guardrails/rules/fqdn-policy-effective';
import type { Manifest } from '../../../lib/manifests/manifest';
import { alone, check, edit, nimWith, testRule } from '../../support/rules';

const SELECTOR = { matchLabels: { 'app.kubernetes.io/instance': 'text-embedding' } };
const DNS_PEER = { toEndpoints: [{ matchLabels: { 'k8s-app': 'kube-dns' } }] };
const DNS = { ...DNS_PEER, toPorts: [{ ports: [{ port: '53' }], rules: { dns: [{ matchPattern: '*' }] } }] };
const NAMES = { toFQDNs: [{ matchName: 'a.example.com' }], toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }] }] };
const WORLD = { toEntities: ['world'], toPorts: NAMES.toPorts };

function cilium(...egress: object[]): Manifest[] {
  return alone('cilium.io/v2', 'CiliumNetworkPolicy', { spec: { endpointSelector: SELECTOR, egress } });
}

/** A NIM whose NetworkPolicy opens the DNS, and what is given. */
const nim = (...rules: object[]): Manifest[] =>
  nimWith(['NetworkPolicy', 'spec.egress', [{ ports: [{ port: 53 }] }, ...rules]]);

const wide = (...ports: object[]): object => ({
  to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }],
  ports,
});
const named = (dnsName: string): object => ({ type: 'Allow', to: { dnsName } });
const DENY = ['0.0.0.0/0', '::/0'].map((cidrSelector) => ({ type: 'Deny', to: { cidrSelector } }));
const firewall = (...egress: object[]): Manifest[] => alone('k8s.ovn.org/v1', 'EgressFirewall', { spec: { egress } });
const TO_FQDNS = 'CiliumNetworkPolicy: spec.egress[1].toFQDNs';

testRule(fqdnPolicyEffective, {
  accepts: {
    'names beside a policy that opens the DNS alone': [...nim(), ...cilium(DNS, NAMES)],
    'names beside another port of every address': [
      ...nim(wide({ port: 80 }, { port: 443, protocol: 'UDP' })),
      ...cilium(DNS, NAMES),
    ],
    'names beside certain addresses': [
      ...nim({ to: [{ ipBlock: { cidr: '192.0.2.0/24' } }], ports: [{ port: 443 }] }),
      ...cilium(DNS, NAMES),
    ],
    'names whose answers another policy of the pods shows': [
      ...nim(),
      ...cilium(NAMES),
      ...edit(cilium(DNS), 'CiliumNetworkPolicy', 'metadata.name', 'dns'),
    ],
    'names for pods that are not among the manifests': edit(
      cilium(NAMES),
      'CiliumNetworkPolicy',
      'spec.endpointSelector',
      {
        matchLabels: { app: 'other' },
      },
    ),
    'a firewall that names hosts, and networks, and denies the rest': firewall(
      named('a.example.com'),
      { type: 'Allow', to: { cidrSelector: '10.0.0.0/16' } },
      ...DENY,
      { type: 'Deny', to: { dnsName: 'b.example.com' } },
    ),
    'a firewall without names': firewall({ type: 'Deny', to: { cidrSelector: '10.0.0.0/8' } }),
    'no names': [...nim(), ...cilium(WORLD)],
  },
  refuses: {
    'names beside every address at the same port': [[...nim(wide({ port: 443 })), ...cilium(DNS, NAMES)], TO_FQDNS],
    'names beside a range that has the port': [
      [...nim(wide({ port: 1, endPort: 1024 })), ...cilium(DNS, NAMES)],
      TO_FQDNS,
    ],
    'names beside every port': [[...nim(wide({ protocol: 'TCP' })), ...cilium(DNS, NAMES)], TO_FQDNS],
    'names beside a rule for everybody': [[...nim({}), ...cilium(DNS, NAMES)], TO_FQDNS],
    'names beside the world in the same policy': [[...nim(), ...cilium(DNS, NAMES, WORLD)], TO_FQDNS],
    'names whose answers Cilium does not see': [
      [...nim(), ...cilium({ ...DNS_PEER, toPorts: [{ ports: [{ port: '53' }] }] }, NAMES)],
      TO_FQDNS,
    ],
    'a firewall that denies nothing': [firewall(named('a.example.com')), 'EgressFirewall: spec.egress'],
    'a firewall that denies one family of addresses': [
      firewall(named('a.example.com'), ...DENY.slice(0, 1)),
      'EgressFirewall: spec.egress',
    ],
    'a firewall that denies certain ports': [
      firewall(named('a.example.com'), ...DENY.map((rule) => ({ ...rule, ports: [{ protocol: 'TCP', port: 443 }] }))),
      'EgressFirewall: spec.egress',
    ],
    'a firewall that opens every address before it denies them': [
      firewall(named('a.example.com'), { type: 'Allow', to: { cidrSelector: '::/0' } }, ...DENY),
      'EgressFirewall: spec.egress[1]',
    ],
    'a firewall that denies every address before it names hosts': [
      firewall(...DENY, named('a.example.com')),
      'EgressFirewall: spec.egress[2]',
    ],
    'names of a rule set among several': [
      [
        ...nim(wide({ port: 443 })),
        ...alone('cilium.io/v2', 'CiliumNetworkPolicy', {
          specs: [
            { nodeSelector: {}, ingress: [{}] },
            { endpointSelector: SELECTOR, egress: [{}, DNS, NAMES] },
          ],
        }),
      ],
      'CiliumNetworkPolicy: specs[1].egress[2].toFQDNs',
    ],
  },
});

it('says which policy opens what, or what Cilium does not see', () => {
  const messages = (objects: Manifest[]): string[] =>
    check(objects)
      .findings.filter(({ rule }) => rule === fqdnPolicyEffective.id)
      .map(({ message }) => message);
  expect(messages([...nim(wide({ port: 443 })), ...cilium(DNS, NAMES)])).toEqual([
    'NetworkPolicy embeddings/text-embedding opens 0.0.0.0/0 without 10.0.0.0/8 at TCP 443 for the same pods',
  ]);
  expect(messages([...nim(), ...cilium(NAMES)])).toEqual([
    'no rule with rules.dns shows Cilium the answers of the DNS, so it opens none of the names',
  ]);
  expect(messages(firewall(named('a.example.com'), ...DENY.slice(0, 1)))).toEqual([
    'no rule denies ::/0, so the names keep nothing out',
  ]);
  expect(messages(firewall(...DENY, named('a.example.com')))).toEqual([
    'a rule before it denies 0.0.0.0/0, so it opens nothing',
  ]);
});
