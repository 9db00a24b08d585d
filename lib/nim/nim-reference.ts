import {
  type INetworkPolicyPeer,
  type IPodSelector,
  LabelSelector,
  type NetworkPolicyPeerConfig,
  type PodSelectorConfig,
} from 'cdk8s-plus-28';
import { RootConstruct } from 'constructs';
import { instanceOf } from '../common/class-kinds';
import { enumOf, port, text } from '../common/kinds';
import { instanceLabels } from '../common/labels';
import { requireNamespaceName, requireServiceName } from '../common/names';
import { optional, type PropTable, required, requireProps } from '../common/props';
import { ApiScheme } from '../network/api-pods';
import { tellConnections } from '../network/connection-ports';
import { portsOfCallers, ServiceMesh } from '../network/service-mesh';
import type { NimFamily } from './nim-family';
import { DEFAULT_API_PORT } from './runtime-facts';

/** What has to be known of a NIM that another app or chart renders. */
export interface NimAttributes {
  /** Its name: that of its Deployment and its Service. */
  readonly name: string;
  /** Its namespace. */
  readonly namespace: string;
  /**
   * The port of its API.
   * @default 8000
   */
  readonly port?: number;
  /**
   * How it speaks on that port: ApiScheme.HTTPS where it has `internalTls`.
   * @default ApiScheme.HTTP
   */
  readonly scheme?: ApiScheme;
  /**
   * The mesh that its pods and the client are in: `connections.allowTo` of a client then opens the port of the mesh too (15008 of Istio in
   * ambient mode, 4143 of Linkerd), where its packets go.
   * @default - none: a client in a mesh would be let out to the port of the API only
   */
  readonly mesh?: ServiceMesh;
}

export const NIM_ATTRIBUTES: PropTable<NimAttributes> = {
  name: required(text),
  namespace: required(text),
  port: optional(port),
  scheme: optional(enumOf({ ApiScheme })),
  mesh: optional(instanceOf(ServiceMesh)),
};

/**
 * A NIM that exists, by its name: its URL, its port, and its pods as a peer of network policies. It renders nothing, and does not know
 * whether the NIM is there.
 *
 * The policy of the NIM has to let the client in, too (`clients`).
 *
 * @example
 * const embedding: nim.NimReference = nim.TextEmbeddingNim.fromAttributes({ name: 'text-embedding', namespace: 'embeddings' });
 * const client = new kplus.Deployment(chart, 'client', {
 *   containers: [
 *     { image: 'registry.example.com/client:1.0.0', envVariables: { EMBEDDINGS_URL: { value: embedding.url } } },
 *   ],
 * });
 * client.connections.allowTo(embedding, { isolation: kplus.PodConnectionsIsolation.POD });
 */
export class NimReference extends RootConstruct implements IPodSelector, INetworkPolicyPeer {
  /** Its name: that of its Deployment and its Service. */
  public readonly name: string;
  /** Its namespace. */
  public readonly namespace: string;
  /** The port of its API. */
  public readonly port: number;
  /** The URL of its API inside the cluster. */
  public readonly url: string;
  private readonly selectorLabels: Record<string, string>;

  /** @internal */
  public static _of(factory: string, family: NimFamily, attributes: NimAttributes): NimReference {
    return new NimReference(factory, family, requireProps(factory, attributes, NIM_ATTRIBUTES));
  }

  private constructor(factory: string, family: NimFamily, attributes: NimAttributes) {
    const name = requireServiceName(`${factory} name`, attributes.name);
    const namespace = requireNamespaceName(`${factory} namespace`, attributes.namespace);
    super(`${family.name} NIM ${namespace} ${name}`);
    this.name = name;
    this.namespace = namespace;
    this.port = attributes.port ?? DEFAULT_API_PORT;
    this.url = `${attributes.scheme ?? ApiScheme.HTTP}://${name}.${namespace}.svc:${this.port}`;
    const { application, component, partOf } = family;
    this.selectorLabels = instanceLabels({ application, instance: name, component, partOf }).selector;
    tellConnections(this, portsOfCallers(attributes.mesh, this.port));
  }

  /** Its pods for network policies, by the labels of its Service. */
  public toPodSelectorConfig(): PodSelectorConfig {
    return {
      labelSelector: LabelSelector.of({ labels: this.selectorLabels }),
      namespaces: { names: [this.namespace] },
    };
  }

  /** Its pods as a peer of a network policy. */
  public toNetworkPolicyPeerConfig(): NetworkPolicyPeerConfig {
    return { podSelector: this.toPodSelectorConfig() };
  }

  /** Its pods as a selector. */
  public toPodSelector(): IPodSelector | undefined {
    return this;
  }
}
