import { text } from '../common/kinds';
import { requireNamespaceName } from '../common/names';
import { optional, type PropTable, requireProps } from '../common/props';
import { ISTIO_AMBIENT, ISTIO_SIDECAR, LINKERD, type MeshFacts } from './mesh-facts';
import { type PolicyRule, tcp } from './network-policy';
import { Peer } from './peer';

/** Options of a mesh whose proxies ask a control plane. */
export interface MeshOptions {
  /**
   * The namespace of the control plane, for the network policy.
   * @default - that of the project's own installation, `istio-system` or `linkerd`
   */
  readonly controlPlaneNamespace?: string;
}

export const MESH_OPTIONS: PropTable<MeshOptions> = { controlPlaneNamespace: optional(text) };

/**
 * A service mesh that encrypts between pods: what puts the pods of a NIM into it, and what the network policy then has to open. The
 * Jobs that fill a cache stay out of it.
 *
 * The mesh also admits what is not encrypted, until its own policy forbids it (`PeerAuthentication` of Istio, an
 * authorization policy of Linkerd): that is for the platform team to say.
 *
 * @example
 * nim.ServiceMesh.istioAmbient();
 * nim.ServiceMesh.istioSidecar();
 * nim.ServiceMesh.linkerd({ controlPlaneNamespace: 'linkerd' });
 */
export class ServiceMesh {
  /**
   * Istio with a proxy in the pod. Callers keep their port. A cluster that enforces the Pod Security Standard `restricted` needs the CNI
   * plugin of Istio, because its init container wants `NET_ADMIN`.
   */
  public static istioSidecar(options: MeshOptions = {}): ServiceMesh {
    return ServiceMesh._of(ISTIO_SIDECAR, options);
  }

  /**
   * Istio with a proxy on the node: connections arrive at port 15008 (HBONE), and probes from addresses of Istio, both of which the
   * network policy opens.
   */
  public static istioAmbient(): ServiceMesh {
    return ServiceMesh._of(ISTIO_AMBIENT, {});
  }

  /**
   * Linkerd: connections between pods of the mesh arrive at port 4143, which the network policy opens. A cluster that enforces the Pod Security
   * Standard `restricted` needs the CNI plugin of Linkerd, because its init container wants `NET_ADMIN`.
   */
  public static linkerd(options: MeshOptions = {}): ServiceMesh {
    return ServiceMesh._of(LINKERD, options);
  }

  /** @internal */
  public static _of(facts: MeshFacts, options: MeshOptions): ServiceMesh {
    requireProps(facts.from, options, MESH_OPTIONS);
    const namespace = options.controlPlaneNamespace ?? facts.controlPlaneNamespace;
    return new ServiceMesh(facts, requireNamespaceName(`${facts.from} controlPlaneNamespace`, namespace));
  }

  private constructor(
    private readonly facts: MeshFacts,
    private readonly namespace: string,
  ) {}

  /** @internal */
  public get _facts(): MeshFacts {
    return this.facts;
  }

  /** @internal What the proxies of the pods ask. */
  public get _controlPlane(): PolicyRule[] {
    return this.facts.controlPlane.map(({ labels, ports }) => ({
      peer: Peer.pods({ labels: { ...labels }, namespace: this.namespace }),
      ports: ports.map(tcp),
    }));
  }
}

/**
 * The rules of callers, or of what is called, and where encrypted connections of other pods arrive. A rule of its own: who reads the
 * policy sees at once what is for the mesh.
 */
export function throughMesh(mesh: ServiceMesh | undefined, rules: readonly PolicyRule[]): PolicyRule[] {
  const port = mesh?._facts.tunnelPort;
  const pods = rules.filter(({ peer }) => peer.toNetworkPolicyPeerConfig().ipBlock === undefined);
  return [...rules, ...(port === undefined ? [] : pods.map(({ peer }) => ({ peer, ports: [tcp(port)] })))];
}

/** The ports that callers of pods connect to: that of the API, and where their mesh has its tunnel end. */
export function portsOfCallers(mesh: ServiceMesh | undefined, apiPort: number): number[] {
  const port = mesh?._facts.tunnelPort;
  return [apiPort, ...(port === undefined ? [] : [port])];
}

/** The probes of the kubelet, where the mesh changes where they come from. */
export function probesThroughMesh(mesh: ServiceMesh | undefined, apiPort: number): PolicyRule[] {
  return (mesh?._facts.probeAddresses ?? []).map((cidr) => ({
    peer: Peer.cidr(cidr),
    ports: [tcp(apiPort)],
  }));
}
