import { NetworkPolicyIpBlock } from 'cdk8s-plus-28';
import { Egress, ModelCache, Peer, ServiceMesh, type TextEmbeddingNimProps } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { INTERNAL_TLS } from '../support/internal-tls';
import { at, find, type Manifest, testChart } from '../support/manifests';
import { nimDeployment, renderTextEmbeddingNim } from '../support/nims';
import { expectRefusal } from '../support/refusals';
import { rulesAgainst } from '../support/rules';

const CLIENT = Peer.pods({ labels: { app: 'rag' }, namespace: 'rag' });
const FROM_CLIENT = [
  {
    podSelector: { matchLabels: { app: 'rag' } },
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'rag' } },
  },
];

function rendered(mesh: ServiceMesh, props: Partial<TextEmbeddingNimProps> = {}): Manifest[] {
  return renderTextEmbeddingNim({ mesh, clients: [CLIENT], ...props });
}

function podMetadata(objects: Manifest[]): unknown {
  return at(find(objects, 'Deployment'), 'spec.template.metadata');
}

function ingress(objects: Manifest[]): unknown {
  return at(find(objects, 'NetworkPolicy'), 'spec.ingress');
}

const tcp = (...ports: number[]) => ports.map((port) => ({ protocol: 'TCP', port }));

describe('Istio with a proxy in the pod', () => {
  it('takes the pods by a label, and asks istiod', () => {
    const objects = rendered(ServiceMesh.istioSidecar());
    expect(podMetadata(objects)).toMatchObject({ labels: { 'sidecar.istio.io/inject': 'true' } });
    expect(ingress(objects)).toEqual([{ from: FROM_CLIENT, ports: tcp(8000) }]);
    expect(at(find(objects, 'NetworkPolicy'), 'spec.egress')).toContainEqual({
      to: [
        {
          podSelector: { matchLabels: { app: 'istiod' } },
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'istio-system' } },
        },
      ],
      ports: tcp(15012),
    });
  });
});

describe('Istio with a proxy on the node', () => {
  const objects = rendered(ServiceMesh.istioAmbient());

  it('takes the pods by a label', () => {
    expect(podMetadata(objects)).toMatchObject({ labels: { 'istio.io/dataplane-mode': 'ambient' } });
  });

  it('reaches them at its own port, and lets the kubelet ask', () => {
    expect(ingress(objects)).toEqual([
      { from: FROM_CLIENT, ports: tcp(8000) },
      { from: FROM_CLIENT, ports: tcp(15008) },
      { from: [{ ipBlock: { cidr: '169.254.7.127/32' } }], ports: tcp(8000) },
      { from: [{ ipBlock: { cidr: 'fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128' } }], ports: tcp(8000) },
    ]);
  });

  it('lets the pods reach others of the mesh, and no addresses at its port', () => {
    const further = Egress.tcpTo([CLIENT, NetworkPolicyIpBlock.ipv4(testChart(), 'store', '10.1.2.3/32')], [9000]);
    const egress = at(find(rendered(ServiceMesh.istioAmbient(), { egress: further }), 'NetworkPolicy'), 'spec.egress');
    expect((egress as unknown[]).slice(2)).toEqual([
      { to: FROM_CLIENT, ports: tcp(9000) },
      { to: [{ ipBlock: { cidr: '10.1.2.3/32' } }], ports: tcp(9000) },
      { to: FROM_CLIENT, ports: tcp(15008) },
    ]);
  });
});

describe('Linkerd', () => {
  const objects = rendered(ServiceMesh.linkerd({ controlPlaneNamespace: 'mesh' }));

  it('takes the pods by an annotation, and reaches them at its own port', () => {
    expect(podMetadata(objects)).toMatchObject({ annotations: { 'linkerd.io/inject': 'enabled' } });
    expect(ingress(objects)).toEqual([
      { from: FROM_CLIENT, ports: tcp(8000) },
      { from: FROM_CLIENT, ports: tcp(4143) },
    ]);
  });

  it.each([
    ['destination', [8086, 8090, 4143]],
    ['identity', [8080, 4143]],
  ])('asks its control plane: %s', (component, ports) => {
    expect(at(find(objects, 'NetworkPolicy'), 'spec.egress')).toContainEqual({
      to: [
        {
          podSelector: { matchLabels: { 'linkerd.io/control-plane-component': component } },
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'mesh' } },
        },
      ],
      ports: tcp(...ports),
    });
  });
});

describe.each([
  ['istioSidecar', ServiceMesh.istioSidecar(), { labels: { 'sidecar.istio.io/inject': 'false' } }],
  ['istioAmbient', ServiceMesh.istioAmbient(), { labels: { 'istio.io/dataplane-mode': 'none' } }],
  ['linkerd', ServiceMesh.linkerd(), { annotations: { 'linkerd.io/inject': 'disabled' } }],
])('a NIM in a mesh: %s', (_, mesh, out) => {
  it('passes the rules, also where Prometheus reads Triton', () => {
    const monitoring = [Peer.pods({ labels: { app: 'prometheus' }, namespace: 'monitoring' })];
    expect(rulesAgainst(rendered(mesh, { tritonMetrics: true, monitoring }))).toEqual([]);
  });

  it('has Jobs that stay out of it', () => {
    const objects = rendered(mesh, { modelCache: ModelCache.prefetched(ModelCache.claim()) });
    expect(at(find(objects, 'Job'), 'spec.template.metadata')).toMatchObject(out);
  });

  it('has no certificate of its own', () => {
    expectRefusal(() => nimDeployment({ mesh, internalTls: INTERNAL_TLS }), {
      what: 'NimDeployment mesh',
      value: `"ServiceMesh.${_}"`,
      because: 'the mesh encrypts already, and takes the port http-api for plain HTTP by its name',
      instead: 'keep one of mesh and internalTls',
    });
  });
});

it('the port of a mesh is open only where the pods are in it', () => {
  const objects = rendered(ServiceMesh.istioAmbient()).map((object) =>
    object.kind === 'Deployment'
      ? (JSON.parse(JSON.stringify(object).replace('"ambient"', '"none"')) as Manifest)
      : object,
  );
  expect(rulesAgainst(objects).join()).toContain('network-policy-bounded');
});

it('the namespace of a control plane is a name', () => {
  expectRefusal(() => ServiceMesh.linkerd({ controlPlaneNamespace: 'A_B' }), {
    what: 'ServiceMesh.linkerd controlPlaneNamespace',
    value: '"A_B"',
    because: '1 to 63 lower-case letters',
    instead: 'kubectl get namespaces',
  });
});
