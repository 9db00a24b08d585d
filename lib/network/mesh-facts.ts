/** What a mesh asks of pods and of their network policy. Plain data: the guardrails read it too. */
export interface MeshFacts {
  /** The factory, for errors. */
  readonly from: string;
  /** What puts a pod into the mesh, and what keeps one out. */
  readonly labels: Readonly<Record<'in' | 'out', Readonly<Record<string, string>>>>;
  readonly annotations: Readonly<Record<'in' | 'out', Readonly<Record<string, string>>>>;
  /** Where encrypted connections arrive in place of the port that they are for; absent where they keep it. */
  readonly tunnelPort?: number;
  /** Where the mesh says that the probes of the kubelet come from. */
  readonly probeAddresses: readonly string[];
  /** The namespace of the control plane in the project's own installation. */
  readonly controlPlaneNamespace: string;
  /** What the proxy of a pod asks. */
  readonly controlPlane: readonly {
    readonly labels: Readonly<Record<string, string>>;
    readonly ports: readonly number[];
  }[];
}

const NOTHING = { in: {}, out: {} };

/** istio.io: "Ports used by Istio"; the proxy asks istiod for certificates and routes. */
export const ISTIO_SIDECAR: MeshFacts = {
  from: 'ServiceMesh.istioSidecar',
  labels: { in: { 'sidecar.istio.io/inject': 'true' }, out: { 'sidecar.istio.io/inject': 'false' } },
  annotations: NOTHING,
  probeAddresses: [],
  controlPlaneNamespace: 'istio-system',
  controlPlane: [{ labels: { app: 'istiod' }, ports: [15012] }],
};

/** istio.io: "Ambient and Kubernetes NetworkPolicy". The proxy is one of the node. */
export const ISTIO_AMBIENT: MeshFacts = {
  from: 'ServiceMesh.istioAmbient',
  labels: { in: { 'istio.io/dataplane-mode': 'ambient' }, out: { 'istio.io/dataplane-mode': 'none' } },
  annotations: NOTHING,
  tunnelPort: 15008,
  probeAddresses: ['169.254.7.127/32', 'fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128'],
  controlPlaneNamespace: 'istio-system',
  controlPlane: [],
};

/** linkerd.io: "Network Policy" among the common errors. The ports of the control plane are in the environment of each proxy. */
export const LINKERD: MeshFacts = {
  from: 'ServiceMesh.linkerd',
  labels: NOTHING,
  annotations: { in: { 'linkerd.io/inject': 'enabled' }, out: { 'linkerd.io/inject': 'disabled' } },
  tunnelPort: 4143,
  probeAddresses: [],
  controlPlaneNamespace: 'linkerd',
  // The control plane is in the mesh itself, so its tunnel too.
  controlPlane: [
    { labels: { 'linkerd.io/control-plane-component': 'destination' }, ports: [8086, 8090, 4143] },
    { labels: { 'linkerd.io/control-plane-component': 'identity' }, ports: [8080, 4143] },
  ],
};

const MESHES = [ISTIO_SIDECAR, ISTIO_AMBIENT, LINKERD];

/** The ports where encrypted connections to a pod arrive, by its labels and annotations. */
export function tunnelPortsOf(
  labels: Readonly<Record<string, string>>,
  annotations: Readonly<Record<string, string>>,
): number[] {
  const holds = (own: Readonly<Record<string, string>>, asked: Readonly<Record<string, string>>): boolean =>
    Object.entries(asked).every(([name, value]) => own[name] === value);
  return MESHES.flatMap((mesh) =>
    mesh.tunnelPort !== undefined && holds(labels, mesh.labels.in) && holds(annotations, mesh.annotations.in)
      ? [mesh.tunnelPort]
      : [],
  );
}
