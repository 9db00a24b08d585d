import { Chart, Testing } from 'cdk8s';
import { Deployment, PodConnectionsIsolation } from 'cdk8s-plus-28';
import { ApiScheme, Egress, type NimAttributes, Peer, ServiceMesh, TextEmbeddingNim } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { at, find, render, testChart } from '../support/manifests';
import { nimDeployment, textEmbeddingNim } from '../support/nims';

const EXISTING = { name: 'text-embedding', namespace: 'embeddings' };
const client = (chart: Chart): Deployment =>
  new Deployment(chart, 'client', { containers: [{ image: 'registry.example.com/client:1.0.0' }] });
const isolation = PodConnectionsIsolation.POD;

describe('a NIM that exists', () => {
  it('is what the NIM itself says', () => {
    const nim = textEmbeddingNim();
    const reference = TextEmbeddingNim.fromAttributes(EXISTING);
    expect([reference.name, reference.namespace, reference.port, reference.url]).toEqual([
      nim.deployment.name,
      nim.service.namespace,
      nim.service.port,
      nim.service.url,
    ]);
    expect(reference.toNetworkPolicyPeerConfig()).toEqual(nim.deployment.toNetworkPolicyPeerConfig());
    expect(reference.toPodSelector()).toBe(reference);
  });

  it('has the port and the scheme that are given', () => {
    const { url, port } = TextEmbeddingNim.fromAttributes({ ...EXISTING, port: 9000, scheme: ApiScheme.HTTPS });
    expect([url, port]).toEqual(['https://text-embedding.embeddings.svc:9000', 9000]);
  });

  it('renders nothing', () => {
    const chart = testChart();
    TextEmbeddingNim.fromAttributes(EXISTING);
    expect(render(chart)).toEqual([]);
  });

  it('is a peer that a client connects to, on its one port', () => {
    const chart = new Chart(Testing.app(), 'client', { namespace: 'rag' });
    client(chart).connections.allowTo(TextEmbeddingNim.fromAttributes(EXISTING), { isolation });
    expect(at(find(render(chart), 'NetworkPolicy'), 'spec.egress')).toEqual([
      {
        ports: [{ port: 8000, protocol: 'TCP' }],
        to: [
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'embeddings' } },
            podSelector: {
              matchLabels: {
                'app.kubernetes.io/instance': 'text-embedding',
                'app.kubernetes.io/name': 'text-embedding-nim',
              },
            },
          },
        ],
      },
    ]);
  });

  it.each([
    ['Istio in ambient mode', ServiceMesh.istioAmbient(), [8000, 15008]],
    ['Linkerd', ServiceMesh.linkerd(), [8000, 4143]],
    ['Istio with sidecars', ServiceMesh.istioSidecar(), [8000]],
  ])('opens to a client the port where %s takes connections', (_, mesh, ports) => {
    const chart = new Chart(Testing.app(), 'client', { namespace: 'rag' });
    client(chart).connections.allowTo(TextEmbeddingNim.fromAttributes({ ...EXISTING, mesh }), { isolation });
    expect(at(find(render(chart), 'NetworkPolicy'), 'spec.egress.0.ports')).toEqual(
      ports.map((port) => ({ port, protocol: 'TCP' })),
    );
  });

  it('is a peer of an Egress', () => {
    expect(() => Egress.tcpTo([TextEmbeddingNim.fromAttributes(EXISTING)], [8000])).not.toThrow();
  });

  it.each<[Partial<NimAttributes>, string]>([
    [{ name: 'Text' }, 'TextEmbeddingNim.fromAttributes name: "Text" is refused'],
    [{ namespace: 'a_b' }, 'TextEmbeddingNim.fromAttributes namespace: "a_b" is refused'],
    [{ port: 0 }, 'TextEmbeddingNim.fromAttributes port: 0 is refused: it has to be a whole number from 1 to 65535'],
  ])('is refused with %j', (wrong, message) => {
    expect(() => TextEmbeddingNim.fromAttributes({ ...EXISTING, ...wrong })).toThrow(message);
  });
});

describe('connections of cdk8s-plus', () => {
  it('open the port of the API of a NIM in the same app', () => {
    const chart = testChart();
    client(chart).connections.allowTo(nimDeployment({ port: 9000 }, chart), { isolation });
    const [policy] = render(chart).filter(
      ({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name.includes('allow'),
    );
    expect(at(policy, 'spec.egress.0.ports')).toEqual([{ port: 9000, protocol: 'TCP' }]);
  });

  it('open the port of the mesh of a NIM in the same app', () => {
    const chart = testChart();
    client(chart).connections.allowTo(nimDeployment({ mesh: ServiceMesh.istioAmbient() }, chart), { isolation });
    const [policy] = render(chart).filter(
      ({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name.includes('allow'),
    );
    expect(at(policy, 'spec.egress.0.ports')).toEqual([8000, 15008].map((port) => ({ port, protocol: 'TCP' })));
  });

  it('refuse a Peer, for which they would open every port', () => {
    const chart = testChart();
    const peer = Peer.pods({ labels: { app: 'retriever' }, namespace: 'rag' });
    expect(() => {
      client(chart).connections.allowTo(peer, { isolation });
    }).toThrow(
      'connections.allowTo peer: "pods rag retriever" is refused: a Peer names no ports, and cdk8s-plus would open every one of them; give it the workload',
    );
    expect(() => {
      client(testChart()).connections.allowFrom(peer, { isolation });
    }).not.toThrow();
  });
});
