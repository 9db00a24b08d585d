import { ConfigMap, NetworkPolicy, NetworkPolicyPort } from 'cdk8s-plus-28';
import * as newerPlus from 'cdk8s-plus-33';
import { describe, expect, it } from 'vitest';
import { Peer } from 'cdk8s-nim';
import { at, find, render, testChart } from '../support/manifests';
import { textEmbeddingNim } from '../support/nims';
import { expectRefusal } from '../support/refusals';

function admitted(...clients: Peer[]): unknown {
  const chart = testChart();
  textEmbeddingNim({ clients }, chart);
  return at(find(render(chart), 'NetworkPolicy'), 'spec.ingress');
}

const onTheApiPort = { ports: [{ port: 8000, protocol: 'TCP' }] };

describe('Peer.pods', () => {
  it('are pods of a namespace', () => {
    expect(admitted(Peer.pods({ labels: { app: 'rag' }, namespace: 'rag' }))).toEqual([
      {
        from: [
          {
            podSelector: { matchLabels: { app: 'rag' } },
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'rag' } },
          },
        ],
        ...onTheApiPort,
      },
    ]);
  });

  it('are pods of the namespace of the service when none is named', () => {
    expect(admitted(Peer.pods({ labels: { app: 'rag' } }))).toEqual([
      { from: [{ podSelector: { matchLabels: { app: 'rag' } } }], ...onTheApiPort },
    ]);
  });

  it('can be given more than once, and to several NIMs', () => {
    const peer = Peer.pods({ labels: { app: 'rag' } });
    expect(admitted(peer, peer)).toEqual(admitted(peer));
  });

  it('are a peer of cdk8s-plus too', () => {
    const chart = testChart();
    const policy = new NetworkPolicy(chart, 'policy');
    policy.addIngressRule(Peer.pods({ labels: { app: 'rag' }, namespace: 'rag' }), [NetworkPolicyPort.tcp(1)]);
    expect(JSON.stringify(render(chart))).toContain('"podSelector":{"matchLabels":{"app":"rag"}}');
  });

  it.each<Record<string, string>>([{}, { app: '' }, { app: 'rag', tier: '' }])('refuses the labels %j', (labels) => {
    expectRefusal(() => Peer.pods({ labels }), {
      what: 'Peer.pods labels',
      value: JSON.stringify(labels),
      because: 'without labels that have a value, every pod of the namespace is meant',
      instead: "write the labels of the pods, for example { 'app.kubernetes.io/name': 'retriever' }",
    });
  });

  it('refuses the name of a namespace that Kubernetes would not take', () => {
    expect(() => Peer.pods({ labels: { app: 'rag' }, namespace: 'Rag' })).toThrow('Peer.pods namespace: "Rag"');
  });
});

describe('Peer.cidr', () => {
  it.each(['192.0.2.0/24', '2001:db8:10::/48'])('is the block %s', (cidr) => {
    expect(admitted(Peer.cidr(cidr))).toEqual([{ from: [{ ipBlock: { cidr } }], ...onTheApiPort }]);
  });

  it.each(['192.0.2.1', '192.0.2.0/33', 'example.com', '2001:db8::'])('refuses %s', (cidr) => {
    expectRefusal(() => Peer.cidr(cidr), {
      what: 'Peer.cidr cidr',
      value: JSON.stringify(cidr),
      because: 'a block is an address, "/" and the length of its prefix',
      instead: 'write for example "10.1.2.0/24", or "10.1.2.3/32" for one address',
    });
  });

  it("that holds anybody's addresses is refused where it is used", () => {
    expect(() => admitted(Peer.cidr('0.0.0.0/0'))).toThrow("a block wider than /8 holds anybody's addresses");
  });
});

describe('Peer.fromCdk8sPlus', () => {
  const newer = testChart();

  it('is a workload of a newer package, by the labels of its pods', () => {
    const deployment = new newerPlus.Deployment(newer, 'rag', { containers: [{ image: 'rag' }] });
    expect(admitted(Peer.fromCdk8sPlus(deployment))).toEqual([
      {
        from: [
          {
            podSelector: { matchLabels: deployment.matchLabels },
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'embeddings' } },
          },
        ],
        ...onTheApiPort,
      },
    ]);
  });

  it('are pods of namespaces with a label', () => {
    const pods = newerPlus.Pods.select(newer, 'prometheus', {
      labels: { app: 'prometheus' },
      namespaces: newerPlus.Namespaces.select(newer, 'namespaces', { labels: { team: 'monitoring' } }),
    });
    expect(admitted(Peer.fromCdk8sPlus(pods))).toEqual([
      {
        from: [
          {
            podSelector: { matchLabels: { app: 'prometheus' } },
            namespaceSelector: { matchLabels: { team: 'monitoring' } },
          },
        ],
        ...onTheApiPort,
      },
    ]);
  });

  it('is a block of addresses', () => {
    const block = newerPlus.NetworkPolicyIpBlock.ipv4(newer, 'block', '192.0.2.0/24');
    expect(admitted(Peer.fromCdk8sPlus(block))).toEqual([
      { from: [{ ipBlock: { cidr: '192.0.2.0/24' } }], ...onTheApiPort },
    ]);
  });

  it('that means everybody is refused where it is used', () => {
    const everybody = newerPlus.Pods.all(newer, 'all', { namespaces: newerPlus.Namespaces.all(newer, 'everywhere') });
    expect(() => admitted(Peer.fromCdk8sPlus(everybody))).toThrow('"all pods of all namespaces" is refused');
  });

  it('refuses a construct that is no peer', () => {
    expectRefusal(() => Peer.fromCdk8sPlus(ConfigMap.fromConfigMapName(newer, 'config-map', 'settings')), {
      what: 'Peer.fromCdk8sPlus peer',
      value: 'an ImportedConfigMap "test/config-map"',
      because: 'it has to be a peer of a network policy',
      instead: "write for example Peer.pods({ labels: { app: 'rag' }, namespace: 'rag' }) or Peer.cidr('10.0.0.0/24')",
    });
  });
});
