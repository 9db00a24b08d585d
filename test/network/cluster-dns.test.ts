import { NetworkPolicyIpBlock } from 'cdk8s-plus-28';
import { describe, expect, it } from 'vitest';
import { ClusterDns, Egress, Guardrails, Peer, SecurityProfile } from 'cdk8s-nim';
import { at, find, render, testChart } from '../support/manifests';
import { renderTextEmbeddingNim, textEmbeddingNim } from '../support/nims';
import { expectRefusal } from '../support/refusals';

function resolver(): NetworkPolicyIpBlock {
  return NetworkPolicyIpBlock.ipv4(testChart(), 'resolver', '10.96.0.10/32');
}

describe('cluster DNS of your own', () => {
  it.each([
    [undefined, 53],
    [1053, 1053],
  ])('is reached by UDP and TCP on the port %s', (port, expected) => {
    const dns = port === undefined ? ClusterDns.custom([resolver()]) : ClusterDns.custom([resolver()], port);
    const policy = find(renderTextEmbeddingNim({ dns, egress: Egress.none() }), 'NetworkPolicy');
    expect(at(policy, 'spec.egress')).toEqual([
      {
        to: [{ ipBlock: { cidr: '10.96.0.10/32' } }],
        ports: [
          { port: expected, protocol: 'UDP' },
          { port: expected, protocol: 'TCP' },
        ],
      },
    ]);
  });

  it('is refused without servers', () => {
    expectRefusal(() => ClusterDns.custom([]), {
      what: 'ClusterDns.custom peers',
      value: '[]',
      because: 'a pod without DNS cannot find anything',
      instead: 'name the pods or the address of the DNS servers',
    });
  });

  it.each([0, -53, 65536, 53.5])('is refused on the port %d', (port) => {
    expectRefusal(() => ClusterDns.custom([resolver()], port), {
      what: 'ClusterDns.custom port',
      value: `${port}`,
      because: 'a whole number from 1 to 65535',
      instead: 'the port that the server listens on',
    });
  });
});

describe('a NIM for GKE with Cloud DNS', () => {
  it('asks at the address of the metadata service, on port 53 only, and passes the guardrails', () => {
    const chart = testChart();
    textEmbeddingNim(
      { dns: ClusterDns.GKE_CLOUD_DNS, egress: Egress.none(), clients: [Peer.pods({ labels: { app: 'rag' } })] },
      chart,
    );
    const rules = at(find(render(chart), 'NetworkPolicy'), 'spec.egress') as {
      to: object[];
      ports: { port: number }[];
    }[];
    expect(rules.flatMap(({ to }) => to)).toEqual([{ ipBlock: { cidr: '169.254.169.254/32' } }]);
    expect(new Set(rules.flatMap(({ ports }) => ports.map(({ port }) => port)))).toEqual(new Set([53]));
    expect(Guardrails.of(chart).report().findings).toEqual([]);
  });
});

describe('a NIM for OpenShift', () => {
  const portsOf = (props: { dns?: ClusterDns }): string => {
    const rendered = renderTextEmbeddingNim({ securityProfile: SecurityProfile.OPENSHIFT, ...props });
    return JSON.stringify(at(find(rendered, 'NetworkPolicy'), 'spec.egress'));
  };

  it('asks the name servers of OpenShift, unless others are given', () => {
    expect(portsOf({})).toContain('"port":5353');
    expect(portsOf({ dns: ClusterDns.KUBE_DNS })).not.toContain('"port":5353');
  });
});
