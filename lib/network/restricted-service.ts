import type { ApiObject } from 'cdk8s';
import { type INetworkPolicyPeer, k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { addObject, namespaceOf } from '../common/api-object';
import { invalid } from '../common/invalid';
import { requireServiceName } from '../common/names';
import { peer, requirePlace } from '../common/cdk8s-kinds';
import { instanceOf } from '../common/class-kinds';
import { listOf, requireKind, text } from '../common/kinds';
import { optional, type PropTable, required, requireProps } from '../common/props';
import { apiPods, ApiScheme, HTTP_API, type HttpApi, type IApiPods, type MetricsPort, schemeOf } from './api-pods';
import { ClusterDns } from './cluster-dns';
import { Egress } from './egress';
import { addFqdnPolicy } from './cilium-policy';
import { InternalTls, type ServiceTls } from './internal-tls';
import { probesThroughMesh, throughMesh } from './service-mesh';
import { addServiceCertificate, serviceTls } from './service-certificate';
import { addNetworkPolicy, type PolicyRule, tcp } from './network-policy';
import { outgoingRules } from './outgoing-policy';
import { requireBounded } from './peers';

/** Props of `RestrictedService`. */
export interface RestrictedServiceProps {
  /** The pods behind the service. */
  readonly pods: IApiPods;
  /**
   * Name of the Service and of the policies.
   * @default - the id of the construct
   */
  readonly name?: string;
  /**
   * The pods, or the addresses, of the ingress controller.
   * @default - none: no ingress controller reaches the pods
   */
  readonly ingressControllers?: INetworkPolicyPeer[];
  /**
   * Clients inside the cluster that may call the API without the ingress, and so without its TLS, rate limit and
   * authentication.
   * @default - none
   */
  readonly clients?: INetworkPolicyPeer[];
  /**
   * Monitoring pods. The NIM serves its metrics on the API port (`/v1/metrics`), so they can reach the API too; and the port
   * for metrics of the pods, where they have one. Only pods may reach that one, no addresses.
   * @default - none
   */
  readonly monitoring?: INetworkPolicyPeer[];
  /**
   * Where the pods may connect to, beyond DNS.
   * @default Egress.none()
   */
  readonly egress?: Egress;
  /**
   * Where the pods ask for names.
   * @default ClusterDns.KUBE_DNS
   */
  readonly dns?: ClusterDns;
}

export const RESTRICTED_SERVICE_PROPS: PropTable<RestrictedServiceProps> = {
  pods: required(apiPods),
  name: optional(text),
  ingressControllers: optional(listOf(peer)),
  clients: optional(listOf(peer)),
  monitoring: optional(listOf(peer)),
  egress: optional(instanceOf(Egress)),
  dns: optional(instanceOf(ClusterDns)),
};

/**
 * One door to pods: a ClusterIP Service with the API port only, and one NetworkPolicy for both directions.
 *
 * NodePort, LoadBalancer and external IPs cannot be expressed. The kubelet reaches the pods of its own node whatever the
 * policy says, and a network plugin that does not enforce network policies ignores it.
 *
 * @example
 * const api = new nim.RestrictedService(chart, 'service', { pods: deployment });
 * api.addClients([nim.Peer.pods({ labels: { app: 'retriever' } })]);
 * const url = api.url;
 */
export class RestrictedService extends Construct {
  /** Name of the Service. */
  public readonly name: string;
  /** Namespace of the Service. */
  public readonly namespace: string;
  /** Number of the one port. */
  public readonly port: number;
  /** Name of the one port. */
  public readonly portName: string;
  /** The pods behind the service. */
  public readonly pods: IApiPods;
  /** The API behind the port. */
  public readonly api: HttpApi;
  /** The port for metrics that `monitoring` reaches beside the API port. */
  public readonly metricsPort?: MetricsPort;
  /** How callers check the certificate of the pods, where these have one. */
  public readonly tls?: ServiceTls;
  /** The Certificate of the pods, when cert-manager issues it. */
  public readonly certificate: ApiObject | undefined;
  /** Labels of the objects around the pods. */
  public readonly labels: Record<string, string>;
  /** The Service. */
  public readonly service: ApiObject;
  /** The NetworkPolicy. */
  public readonly networkPolicy: ApiObject;
  /** The CiliumNetworkPolicy, when `egress` is of `Egress.ciliumFqdns`. */
  public readonly fqdnPolicy: ApiObject | undefined;
  private readonly callers: Record<'ingressControllers' | 'clients' | 'monitoring', PolicyRule[]> = {
    ingressControllers: [],
    clients: [],
    monitoring: [],
  };

  public constructor(scope: Construct, id: string, props: RestrictedServiceProps) {
    super(...requirePlace('RestrictedService', scope, id));
    requireProps('RestrictedService', props, RESTRICTED_SERVICE_PROPS);
    const { pods } = props;
    requireProps('RestrictedService pods api', pods.api, HTTP_API);
    this.name = requireServiceName('RestrictedService name', props.name ?? id);
    this.namespace = namespaceOf(this);
    requireSameNamespace(pods, this.namespace);
    this.pods = pods;
    this.port = pods.port;
    this.portName = pods.portName;
    this.api = pods.api;
    this.labels = pods.labels;
    if (pods.metricsPort !== undefined) {
      this.metricsPort = pods.metricsPort;
    }
    this.service = addObject(this, 'Default', k8s.KubeService, {
      metadata: { name: this.name, labels: this.labels },
      spec: {
        type: 'ClusterIP',
        selector: pods.selectorLabels,
        ports: [
          {
            name: this.portName,
            port: this.port,
            targetPort: k8s.IntOrString.fromString(this.portName),
            protocol: 'TCP',
          },
        ],
      },
    });

    const tls = tlsOfApi(pods.api, this.name);
    if (tls !== undefined) {
      this.tls = serviceTls(this, tls);
    }
    this.certificate = tls === undefined ? undefined : addServiceCertificate(this, tls);

    this.addIngressControllers(props.ingressControllers ?? []);
    this.addClients(props.clients ?? []);
    this.addMonitoring(props.monitoring ?? []);
    const { mesh } = pods;
    const [dns, egress] = [props.dns ?? ClusterDns.KUBE_DNS, props.egress ?? Egress.none()];
    const outgoing = [...outgoingRules(this, dns, egress, mesh), ...(mesh?._controlPlane ?? [])];
    const metadata = { name: this.name, labels: this.labels };
    this.networkPolicy = addNetworkPolicy(
      this,
      'NetworkPolicy',
      metadata,
      // The labels of the Service, so that no other pods fall under the policy.
      pods.selectorLabels,
      () => ({
        ingress: [...throughMesh(mesh, Object.values(this.callers).flat()), ...probesThroughMesh(mesh, this.port)],
        egress: outgoing,
      }),
    );
    this.fqdnPolicy = addFqdnPolicy(this, 'FqdnPolicy', metadata, pods.selectorLabels, dns, egress);
  }

  /**
   * Lets the pods, or the addresses, of an ingress controller reach the API. `SecureIngress` does it for its controller.
   *
   * @param peers refused: peers that mean everybody.
   */
  public addIngressControllers(peers: INetworkPolicyPeer[]): void {
    this.allow('ingressControllers', peers, [tcp(this.port)]);
  }

  /**
   * Lets clients inside the cluster call the API without the ingress, and so without its TLS, rate limit and authentication.
   *
   * @param peers refused: peers that mean everybody.
   */
  public addClients(peers: INetworkPolicyPeer[]): void {
    this.allow('clients', peers, [tcp(this.port)]);
  }

  /**
   * Lets monitoring pods reach the API port, which serves metrics too, and the port for metrics of the pods, where they have one.
   *
   * @param peers refused: peers that mean everybody; addresses, where there is a port for metrics.
   */
  public addMonitoring(peers: INetworkPolicyPeer[]): void {
    const { metricsPort } = this;
    this.allow('monitoring', peers, [tcp(this.port)]);
    if (metricsPort !== undefined) {
      // A rule of its own: who reads the policy sees at once whom it is open to.
      this.allow('monitoring', peers, [tcp(metricsPort.port)]);
      peers.forEach((peer) => requirePods(peer, metricsPort));
    }
  }

  /** Whether monitoring pods reach the API port. */
  public get monitored(): boolean {
    return this.callers.monitoring.length > 0;
  }

  private allow(
    kind: keyof RestrictedService['callers'],
    peers: INetworkPolicyPeer[],
    ports: PolicyRule['ports'],
  ): void {
    const callers = requireKind(`RestrictedService ${kind}`, peers, listOf(peer));
    this.callers[kind].push(...callers.map((caller) => ({ peer: requireBounded(caller), ports })));
  }

  /** The URL of the API inside the cluster. */
  public get url(): string {
    return `${schemeOf(this.api)}://${this.name}.${this.namespace}.svc:${this.port}`;
  }
}

/** The certificate of the pods; refuses one of pods that speak plain HTTP. */
function tlsOfApi(api: HttpApi, name: string): InternalTls | undefined {
  if (api.tls !== undefined && schemeOf(api) === ApiScheme.HTTP) {
    throw invalid({
      what: 'RestrictedService pods api scheme',
      value: api.scheme,
      because: 'the API has a certificate (tls), which nobody would see',
      instead: 'write ApiScheme.HTTPS, or leave out scheme or tls',
    });
  }
  return api.tls === undefined ? undefined : InternalTls._named(api.tls, name);
}

/** Refuses addresses: whatever has one of them would reach a port that asks nobody who he is. */
function requirePods(monitoring: INetworkPolicyPeer, { name, port }: MetricsPort): void {
  const { ipBlock } = monitoring.toNetworkPolicyPeerConfig();
  if (ipBlock !== undefined) {
    throw invalid({
      what: `RestrictedService monitoring ${monitoring.node.path}`,
      value: ipBlock.cidr,
      because: `the port ${port} (${name}) opens to monitoring pods only, and addresses may be anything's`,
      instead: 'write Peer.pods({ labels, namespace }), or leave out what asks for the port (tritonMetrics)',
    });
  }
}

/** Refuses pods of another namespace: the Service would find none of them, and nothing would say so. */
function requireSameNamespace(pods: IApiPods, namespace: string): void {
  const { names } = pods.toPodSelectorConfig().namespaces ?? {};
  if (names !== undefined && !names.includes(namespace)) {
    throw invalid({
      what: `RestrictedService pods ${pods.node.path}`,
      value: names.join(', '),
      because: `it is their namespace, and the Service is in ${JSON.stringify(namespace)}, where it would select nothing`,
      instead: 'make the RestrictedService in the chart of the pods',
    });
  }
}
