import { describe, expect, it } from 'vitest';
import { allowancesOf, isAllowedBy, showAllowance } from '../../lib/manifests/allowances';
import { ciliumParts } from '../../lib/manifests/cilium-policies';
import { type Manifest, nameOf } from '../../lib/manifests/manifest';
import { Manifests } from '../../lib/manifests/manifests';
import { directionsOf } from '../../lib/manifests/network-policies';
import { plainPoliciesOf, policiesOf } from '../../lib/manifests/selecting';
import { deployment, object } from '../support/objects';

const HTTPS = [{ ports: [{ port: '443', protocol: 'TCP' }] }];
const SELECTOR = { endpointSelector: { matchLabels: { app: 'a' } } };
const cilium = (spec: object, more: object = {}): Manifest => ({
  ...object('cilium.io/CiliumNetworkPolicy', 'names', { ...SELECTOR, ...spec }),
  ...more,
});
const plain = (spec: object): Manifest =>
  object('networking.k8s.io/NetworkPolicy', 'plain', { podSelector: {}, ...spec });

const pods = deployment('a', { app: 'a' });

/** What policies allow the pods, as people say it. */
function allowed(direction: 'Ingress' | 'Egress', ...policies: Manifest[]): string[] | undefined {
  const manifests = new Manifests([pods, ...policies]);
  return manifests.pods().flatMap((pod) => allowancesOf(pod, direction, manifests)?.map(showAllowance) ?? ['no limit']);
}

const egress = (...rules: object[]): string[] | undefined => allowed('Egress', cilium({ egress: rules }));

describe('a CiliumNetworkPolicy', () => {
  it.each<[string, object, boolean]>([
    ['labels', { matchLabels: { app: 'a' } }, true],
    ['labels of Kubernetes', { matchLabels: { 'k8s:app': 'a' } }, true],
    ['labels from anywhere', { matchLabels: { 'any:app': 'a' } }, true],
    ['expressions', { matchExpressions: [{ key: 'k8s:app', operator: 'In', values: ['a', 'b'] }] }, true],
    ['nothing that they have to be', {}, true],
    ['other labels', { matchLabels: { app: 'b' } }, false],
    ['labels of another source', { matchLabels: { 'reserved:host': '' } }, false],
  ])('selects pods by %s: %j %s', (_, endpointSelector, selected) => {
    const manifests = new Manifests([pods, cilium({ endpointSelector, egress: [{}] })]);
    const found = manifests.pods().flatMap((pod) => policiesOf(pod, manifests).map(nameOf));
    expect(found).toEqual(selected ? ['names'] : []);
  });

  it('selects no pods, where it is for nodes', () => {
    expect(ciliumParts(object('cilium.io/CiliumNetworkPolicy', 'a', { nodeSelector: {}, egress: [{}] }))).toEqual([]);
  });

  it('may have several rule sets, of which each has its own pods', () => {
    const sets = [
      { ...SELECTOR, egress: [{ toEntities: ['host'], toPorts: HTTPS }] },
      { endpointSelector: { matchLabels: { app: 'b' } }, ingress: [{}] },
    ];
    const manifests = new Manifests([pods, cilium({}, { spec: undefined, specs: sets })]);
    const [pod] = manifests.pods();
    expect(pod && plainPoliciesOf(pod, manifests).map(directionsOf)).toEqual([['Egress']]);
    expect(pod && allowancesOf(pod, 'Egress', manifests)?.map(showAllowance)).toEqual(['the entity "host" at TCP 443']);
    expect(pod && policiesOf(pod, manifests)).toHaveLength(1);
  });

  it.each<[object, string[]]>([
    [{ egress: [{}] }, ['Egress']],
    [{ ingress: [{}], egress: [{}] }, ['Ingress', 'Egress']],
    [{ egressDeny: [{ toEntities: ['world'] }] }, ['Egress']],
    [{ ingress: [], egress: [] }, []],
    [{ egress: [{}], enableDefaultDeny: { egress: false } }, []],
    [{ enableDefaultDeny: { ingress: true } }, ['Ingress']],
  ])('limits the ways that it has rules for: %j', (spec, directions) => {
    expect(ciliumParts(cilium(spec)).flatMap(({ policy }) => directionsOf(policy))).toEqual(directions);
  });
});

describe('what a CiliumNetworkPolicy allows', () => {
  it.each<[object, string[]]>([
    [
      { toFQDNs: [{ matchName: 'a.example.com' }, { matchPattern: '*.b.example.com' }] },
      ['a.example.com', '*.b.example.com'],
    ],
    [{ toFQDNs: [{}] }, ['*']],
    [{ toEndpoints: [{ matchLabels: { 'k8s:app': 'b' } }] }, ['pods app=b in its namespace']],
    [{ toEndpoints: [{}] }, ['every pod in its namespace']],
    [
      { toEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'b', app: 'c' } }] },
      ['pods app=c in namespace b'],
    ],
    [
      { toEndpoints: [{ matchLabels: { 'k8s:io.cilium.k8s.namespace.labels.team': 'b' } }] },
      ['every pod in namespaces with team=b'],
    ],
    [
      { toEndpoints: [{ matchExpressions: [{ key: 'k8s:io.kubernetes.pod.namespace', operator: 'Exists' }] }] },
      ['every pod in every namespace'],
    ],
    [
      {
        toEndpoints: [
          { matchExpressions: [{ key: 'k8s:io.kubernetes.pod.namespace', operator: 'In', values: ['b'] }] },
        ],
      },
      ['every pod in namespaces with kubernetes.io/metadata.name In b'],
    ],
    [{ toCIDR: ['10.0.0.0/8'] }, ['10.0.0.0/8']],
    [{ toCIDRSet: [{ cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] }] }, ['10.0.0.0/8 without 10.1.0.0/16']],
    [{ toCIDRSet: [{ cidr: '10.0.0.0/8' }, { cidrGroupRef: 'a' }] }, ['10.0.0.0/8', 'a CiliumCIDRGroup']],
    [{ toEntities: ['world'] }, ['0.0.0.0/0', '::/0']],
    [{ toEntities: ['world-ipv4'] }, ['0.0.0.0/0']],
    [{ toEntities: ['world-ipv6'] }, ['::/0']],
    [{ toEntities: ['cluster'] }, ['every pod in every namespace']],
    [{ toEntities: ['all'] }, ['every pod in every namespace', '0.0.0.0/0', '::/0']],
    [{ toEntities: ['kube-apiserver'] }, ['the entity "kube-apiserver"']],
    [{ toServices: [{ k8sService: { serviceName: 'a' } }] }, ['what toServices names']],
  ])('to %j', (peers, shown) => {
    expect(egress({ ...peers, toPorts: HTTPS })).toEqual(shown.map((peer) => `${peer} at TCP 443`));
  });

  it.each<[object[], string[]]>([
    [
      [
        {
          ports: [
            { port: '53', protocol: 'UDP' },
            { port: 'dns', protocol: 'TCP' },
          ],
        },
      ],
      ['UDP 53', 'TCP dns'],
    ],
    [[{ ports: [{ port: '53' }] }], ['TCP 53', 'UDP 53', 'SCTP 53']],
    [[{ ports: [{ port: '53', protocol: 'ANY' }] }], ['TCP 53', 'UDP 53', 'SCTP 53']],
    [[{ ports: [{ port: '8000', endPort: 8010, protocol: 'TCP' }] }], ['TCP 8000–8010']],
    [[{ ports: [{ port: '0', protocol: 'TCP' }] }], ['TCP every port']],
    [
      [{ ports: [{ port: '1', protocol: 'TCP' }] }, { ports: [{ port: '2', protocol: 'TCP' }] }],
      ['TCP 1', 'TCP 2'],
    ],
    [[], ['every port']],
  ])('at %j', (toPorts, shown) => {
    expect(egress({ toCIDR: ['10.0.0.1/32'], toPorts })).toEqual(shown.map((port) => `10.0.0.1/32 at ${port}`));
  });

  it.each<[string, object, string[]]>([
    ['everybody, where a rule has ports alone', { toPorts: HTTPS }, ['everybody at TCP 443']],
    ['nobody, where a rule is empty', {}, []],
    ['nobody, where its peers are none', { toEndpoints: [], toPorts: HTTPS }, []],
    ['no port, where it is about messages of ICMP', { toEntities: ['world'], icmps: [{ fields: [{ type: 8 }] }] }, []],
  ])('is %s', (_, rule, shown) => {
    expect(egress(rule)).toEqual(shown);
  });

  it('adds up with what NetworkPolicies allow', () => {
    const ports = [{ port: 53, protocol: 'UDP' }];
    const to = [{ ipBlock: { cidr: '10.0.0.10/32' } }];
    const names = cilium({ egress: [{ toFQDNs: [{ matchName: 'a.example.com' }], toPorts: HTTPS }] });
    expect(allowed('Egress', plain({ policyTypes: ['Egress'], egress: [{ to, ports }] }), names)).toEqual([
      '10.0.0.10/32 at UDP 53',
      'a.example.com at TCP 443',
    ]);
    expect(allowed('Ingress', names)).toEqual(['no limit']);
  });

  it('counts without a limit of its own, beside a policy that has one', () => {
    const open = cilium({ egress: [{ toEntities: ['world'] }], enableDefaultDeny: { egress: false } });
    expect(allowed('Egress', open)).toEqual(['no limit']);
    expect(allowed('Egress', open, plain({ policyTypes: ['Egress'] }))).toEqual([
      '0.0.0.0/0 at every port',
      '::/0 at every port',
    ]);
  });

  it('comes in from peers', () => {
    const ingress = [
      { fromEndpoints: [{ matchLabels: { app: 'b' } }], toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }] }] },
    ];
    expect(allowed('Ingress', cilium({ ingress }))).toEqual(['pods app=b in its namespace at TCP 80']);
  });
});

describe('a host', () => {
  const policy = plain({});
  const port = { port: 443 };
  it.each<[unknown, boolean]>([
    [{ host: 'a.example.com' }, true],
    [{ host: 'b.example.com' }, false],
    [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }, true],
    [{ ipBlock: { cidr: '203.0.113.0/24' } }, false],
    [{ podSelector: {} }, false],
  ])('is among %j: %s', (peer, expected) => {
    expect(isAllowedBy({ peer: { host: 'a.example.com' }, port, policy }, { peer, port, policy })).toBe(expected);
  });
});
