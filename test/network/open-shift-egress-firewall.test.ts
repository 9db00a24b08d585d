import { describe, expect, it } from 'vitest';
import { App, Chart } from 'cdk8s';
import { NgcHosts, OpenShiftEgressFirewall, type OpenShiftEgressFirewallProps } from 'cdk8s-nim';
import { at, find, render, testChart } from '../support/manifests';
import { textEmbeddingNim } from '../support/nims';
import { expectRefusal } from '../support/refusals';

function rules(props: OpenShiftEgressFirewallProps = {}): unknown {
  const chart = testChart();
  new OpenShiftEgressFirewall(chart, 'firewall', props);
  return at(find(render(chart), 'EgressFirewall'), 'spec.egress');
}

const allowed = (dnsName: string): object => ({
  type: 'Allow',
  to: { dnsName },
  ports: [{ protocol: 'TCP', port: 443 }],
});
const DENY = ['0.0.0.0/0', '::/0'].map((cidrSelector) => ({ type: 'Deny', to: { cidrSelector } }));
const NGC = NgcHosts.download.map(allowed);

describe('the firewall of a namespace', () => {
  it('has the one name that there may be, and the labels of what this program makes', () => {
    const chart = testChart();
    const { egressFirewall } = new OpenShiftEgressFirewall(chart, 'firewall');
    expect(egressFirewall.kind).toBe('EgressFirewall');
    expect(at(find(render(chart), 'EgressFirewall'), 'metadata')).toEqual({
      name: 'default',
      namespace: 'embeddings',
      labels: { 'app.kubernetes.io/managed-by': 'cdk8s' },
    });
  });

  it('allows HTTPS to the hosts of NGC, and denies every other address at the end', () => {
    expect(rules()).toEqual([...NGC, ...DENY]);
  });

  it('takes further hosts and networks, each once', () => {
    expect(
      rules({
        furtherHosts: ['huggingface.co', 'authn.nvidia.com'],
        furtherNetworks: ['10.1.2.0/24', '2001:db8::/48', '10.1.2.0/24'],
      }),
    ).toEqual([
      ...NGC,
      allowed('huggingface.co'),
      { type: 'Allow', to: { cidrSelector: '10.1.2.0/24' } },
      { type: 'Allow', to: { cidrSelector: '2001:db8::/48' } },
      ...DENY,
    ]);
  });

  it('leaves the network policy of a NIM beside it as it is', () => {
    const alone = testChart();
    textEmbeddingNim({}, alone);
    const beside = testChart();
    new OpenShiftEgressFirewall(beside, 'firewall');
    textEmbeddingNim({}, beside);
    expect(find(render(beside), 'NetworkPolicy')).toEqual(find(render(alone), 'NetworkPolicy'));
  });

  it('is refused twice in a namespace', () => {
    const app = new App();
    const chart = new Chart(app, 'embeddings', { namespace: 'embeddings' });
    new OpenShiftEgressFirewall(chart, 'one');
    new OpenShiftEgressFirewall(chart, 'two');
    expect(() => {
      app.synth();
    }).toThrow('EgressFirewall.k8s.ovn.org "embeddings/default" is defined 2 times');
  });

  it('is refused in a chart without a namespace', () => {
    const chart = new Chart(new App(), 'embeddings');
    expectRefusal(() => new OpenShiftEgressFirewall(chart, 'firewall'), {
      what: 'namespace of chart "embeddings"',
      value: 'nothing',
      because: 'network policies, secrets and controller references need to know it',
      instead: 'write new Chart(',
    });
  });

  it('refuses hosts as Egress.ciliumFqdns does', () => {
    expectRefusal(() => rules({ furtherHosts: ['*.hf.co'] }), {
      what: 'OpenShiftEgressFirewall furtherHosts',
      value: '"*.hf.co"',
      because: 'a wildcard also opens hosts that nobody listed',
      instead: 'write each full DNS name',
    });
  });

  it.each(['10.1.2.3', '0.0.0.0/0', '8.0.0.0/7', '::/0', 'store.example.com', ''])(
    'refuses the network %j',
    (network) => {
      expectRefusal(() => rules({ furtherNetworks: [network] }), {
        what: 'OpenShiftEgressFirewall furtherNetworks',
        value: JSON.stringify(network),
        because: 'a network is a block of addresses, and one that is too wide opens what the names close',
        instead: 'write for example "10.1.2.0/24"',
      });
    },
  );
});
