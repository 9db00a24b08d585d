import { JsonPatch } from 'cdk8s';
import { describe, expect, it } from 'vitest';
import { IngressAuthentication, IngressController, IngressTls, Peer, RateLimit, SecureIngress } from 'cdk8s-nim';
import { at, find, render, testChart } from '../support/manifests';
import { textEmbeddingNim } from '../support/nims';

const TRAEFIK = {
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'traefik' } },
  podSelector: { matchLabels: { 'app.kubernetes.io/name': 'traefik' } },
};

function admitted(build: (...args: Parameters<typeof door>) => void): unknown[] {
  const chart = testChart();
  const { service } = textEmbeddingNim({}, chart);
  build(chart, service);
  const rules = at(find(render(chart), 'NetworkPolicy'), 'spec.ingress') as { from: unknown[] }[] | undefined;
  return (rules ?? []).flatMap(({ from }) => from);
}

function door(
  chart: ReturnType<typeof testChart>,
  service: ReturnType<typeof textEmbeddingNim>['service'],
  id = 'door',
  controller = IngressController.traefik(),
): SecureIngress {
  return new SecureIngress(chart, id, {
    service,
    name: id,
    host: 'embeddings.example.com',
    controller,
    tls: IngressTls.fromClusterIssuer('letsencrypt'),
    rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 60 }),
    authentication: IngressAuthentication.none('a test'),
  });
}

describe('a network policy', () => {
  it('opens for a front door that is added to the service', () => {
    expect(admitted(door)).toEqual([TRAEFIK]);
  });

  it('opens for the second door, by another controller', () => {
    const peers = admitted((chart, service) => {
      door(chart, service);
      door(chart, service, 'second', IngressController.f5Nginx());
    });
    expect(peers).toEqual([
      TRAEFIK,
      ...admitted((chart, service) => door(chart, service, 'one', IngressController.f5Nginx())),
    ]);
    expect(peers).toHaveLength(2);
  });

  it('says the same peer once', () => {
    const peers = admitted((chart, service) => {
      service.addIngressControllers(IngressController.traefik().bind(chart));
      service.addIngressControllers(IngressController.traefik().bind(chart));
    });
    expect(peers).toEqual([TRAEFIK]);
  });

  it('opens for clients and monitoring that are added later, in the order of the props', () => {
    const peers = admitted((chart, service) => {
      service.addMonitoring([Peer.pods({ labels: { app: 'prometheus' } })]);
      service.addClients([Peer.pods({ labels: { app: 'rag' } })]);
      door(chart, service);
    });
    expect(peers).toEqual([
      TRAEFIK,
      { podSelector: { matchLabels: { app: 'rag' } } },
      { podSelector: { matchLabels: { app: 'prometheus' } } },
    ]);
  });

  it.each(['addIngressControllers', 'addClients', 'addMonitoring'] as const)('refuses everybody in %s', (method) => {
    expect(() => admitted((_, service) => service[method]([Peer.cidr('::/0')]))).toThrow('"::/0" is refused');
  });

  it('keeps its ports, and what a patch adds', () => {
    const chart = testChart();
    const { service } = textEmbeddingNim({ clients: [Peer.pods({ labels: { app: 'rag' } })] }, chart);
    const before = find(render(chart), 'NetworkPolicy');
    service.networkPolicy.addJsonPatch(JsonPatch.add('/spec/newerField', { port: 1, name: 'http' }));
    service.networkPolicy.addJsonPatch(JsonPatch.add('/spec/ingress/0/ports/0/endPort', 8001));
    const after = structuredClone(before) as unknown as { spec: { ingress: { ports: object[] }[] } };
    Object.assign(after.spec, { newerField: { port: 1, name: 'http' } });
    Object.assign(after.spec.ingress[0]?.ports[0] ?? {}, { endPort: 8001 });
    expect(find(render(chart), 'NetworkPolicy')).toEqual(after);
  });
});
