import type { Chart } from 'cdk8s';
import { type INetworkPolicyPeer, Namespaces, NetworkPolicyIpBlock, Pods } from 'cdk8s-plus-28';
import { ClusterDns, Egress, RestrictedService, type RestrictedServiceProps } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { requireBounded } from '../../lib/network/peers';
import { testChart } from '../support/manifests';
import { type Given, given, nimDeployment } from '../support/nims';
import { expectRefusal } from '../support/refusals';

function serviceWith(props: Given<RestrictedServiceProps>): RestrictedService {
  const chart = testChart();
  return new RestrictedService(chart, 'api', { pods: nimDeployment({}, chart), ...given(props, chart) });
}

describe('a peer is taken', () => {
  it.each<[string, (chart: Chart) => INetworkPolicyPeer]>([
    ['all pods of one namespace', (chart) => Namespaces.select(chart, 'peer', { names: ['rag'] })],
    ['pods of a label in every namespace', (chart) => labelled(chart, Namespaces.all(chart, 'every'))],
    ['a block that is as wide as a private network', (chart) => NetworkPolicyIpBlock.ipv4(chart, 'peer', '10.0.0.0/8')],
    ['one address', (chart) => NetworkPolicyIpBlock.ipv6(chart, 'peer', '2001:db8::1/128')],
  ])('%s', (_, make) => {
    const peer = make(testChart());
    expect(requireBounded(peer)).toBe(peer);
  });
});

function labelled(chart: Chart, namespaces: Namespaces): Pods {
  return Pods.select(chart, 'peer', { labels: { app: 'rag' }, namespaces });
}

describe('a peer is refused:', () => {
  it.each(['ingressControllers', 'clients', 'monitoring'])('everybody among the %s of a service', (prop) => {
    for (const [cidr, everybody] of [
      ['0.0.0.0/0', NetworkPolicyIpBlock.ipv4(testChart(), 'all', '0.0.0.0/0')],
      ['::/0', NetworkPolicyIpBlock.ipv6(testChart(), 'all', '::/0')],
      ['128.0.0.0/1', NetworkPolicyIpBlock.ipv4(testChart(), 'all', '128.0.0.0/1')],
    ] as const) {
      expectRefusal(() => serviceWith({ [prop]: [everybody] }), {
        what: 'network policy peer test/all',
        value: JSON.stringify(cidr),
        because: "holds anybody's addresses, inside and outside the cluster",
        instead: 'name the pods, or the address range of the nodes, load balancers or servers',
      });
    }
  });

  it.each<[string, (chart: Chart) => INetworkPolicyPeer]>([
    ['Pods.all with Namespaces.all', (chart) => Pods.all(chart, 'all', { namespaces: Namespaces.all(chart, 'every') })],
    ['Namespaces.all', (chart) => Namespaces.all(chart, 'all')],
    [
      'a label without value, which cdk8s-plus leaves out',
      (chart) =>
        Pods.select(chart, 'all', {
          labels: { app: undefined as unknown as string },
          namespaces: Namespaces.all(chart, 'every'),
        }),
    ],
  ])('every pod of the cluster: %s', (_, make) => {
    expectRefusal(() => serviceWith((chart) => ({ clients: [make(chart)] })), {
      what: 'network policy peer test/all',
      value: '"all pods of all namespaces"',
      because: 'it means every pod of the cluster',
      instead: 'name namespaces, or labels with values',
    });
  });

  it.each<[string, (peer: INetworkPolicyPeer) => unknown]>([
    ['clients', (peer) => serviceWith({ clients: [peer] })],
    ['egress', (peer) => Egress.httpsTo([peer])],
    ['the proxy', (peer) => Egress.viaProxy('http://proxy.egress.svc:3128', [peer])],
    ['DNS', (peer) => ClusterDns.custom([peer])],
  ])('one that names no namespace, which would mean everybody: %s', (_, use) => {
    const chart = testChart();
    const nowhere = Pods.select(chart, 'nowhere', {
      labels: { app: 'rag' },
      namespaces: Namespaces.select(chart, 'none', { names: [] }),
    });
    expectRefusal(() => use(nowhere), {
      what: 'network policy peer test/nowhere',
      value: '[]',
      because: 'it names no namespace, and a rule without peers means everybody',
      instead: 'name at least one namespace, or leave the peer out',
    });
  });
});
