import type { ApiObject } from 'cdk8s';
import type { INetworkPolicyPeer } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { peer } from './common/cdk8s-kinds';
import { instanceOf } from './common/class-kinds';
import { invalid } from './common/invalid';
import { listOf } from './common/kinds';
import { optional, pickProps, type PropTable, struct } from './common/props';
import { SecureIngress } from './ingress/secure-ingress';
import { SECURE_INGRESS_OPTIONS, type SecureIngressOptions } from './ingress/secure-ingress-props';
import { ClusterDns, PLATFORM_DNS } from './network/cluster-dns';
import { Egress } from './network/egress';
import { addOutgoingPolicies } from './network/outgoing-policy';
import { RestrictedService } from './network/restricted-service';
import { NimDeployment } from './nim/nim-deployment';
import { NIM_DEPLOYMENT_OPTIONS, type NimDeploymentOptions } from './nim/nim-deployment-props';
import type { NimModel } from './nim/nim-model';
import type { OpenTelemetry } from './nim/open-telemetry';
import { Observability } from './observability/observability';
import { OBSERVABILITY_OPTIONS, type ObservabilityOptions } from './observability/observability-options';
import type { NgcCredentials } from './secrets/ngc-credentials';
import { SecurityProfile } from './security/security-profile';

/** What can be chosen about a NIM of any model. */
export interface NimBaseProps extends NimDeploymentOptions {
  /**
   * The way in from outside the cluster.
   * @default - none: only `clients` and `monitoring` reach the NIM
   */
  readonly ingress?: SecureIngressOptions;
  /**
   * Where the connections of the ingress controller come from, when it is not the pods of its usual installation: for
   * a controller on the host network, the addresses of its nodes.
   * @default - the pods that the controller names
   */
  readonly ingressControllers?: INetworkPolicyPeer[];
  /**
   * Clients inside the cluster that may call the API without the ingress, and so without its TLS, rate limit and
   * authentication.
   * @default - none
   */
  readonly clients?: INetworkPolicyPeer[];
  /**
   * Monitoring pods. The NIM serves its metrics on the API port (`/v1/metrics`), so they can reach the API too; with
   * `tritonMetrics` the port 8002 as well.
   * @default - none
   */
  readonly monitoring?: INetworkPolicyPeer[];
  /**
   * How the NIM is watched by a Prometheus of the Prometheus Operator, which `monitoring` has to let in.
   * @default - not by this library: `monitoring` alone renders no object of the Prometheus Operator
   */
  readonly observability?: ObservabilityOptions;
  /**
   * Where the pods that download the model may connect to, beyond DNS: those of the NIM, or with `ModelCache.prefetched` those of its
   * Jobs, while the NIM's own ask the DNS only. A proxy given here is also set in their environment.
   * @default - Egress.publicHttps(), or Egress.none() with air-gapped credentials
   */
  readonly egress?: Egress;
  /**
   * Where the NIM's own pods may connect to beside that, also when `ModelCache.prefetched` leaves the download to Jobs: a collector of
   * telemetry, what a sidecar needs. Refused: a proxy, which belongs to `egress`.
   * @default Egress.none()
   */
  readonly furtherEgress?: Egress;
  /**
   * Where the pods ask for names.
   * @default - the DNS of the platform that the security profile is for: ClusterDns.OPENSHIFT with SecurityProfile.OPENSHIFT, else
   * ClusterDns.KUBE_DNS
   */
  readonly dns?: ClusterDns;
}

export const NIM_BASE_PROPS: PropTable<NimBaseProps> = {
  ...NIM_DEPLOYMENT_OPTIONS,
  ingress: optional(struct<SecureIngressOptions>(SECURE_INGRESS_OPTIONS)),
  ingressControllers: optional(listOf(peer)),
  clients: optional(listOf(peer)),
  monitoring: optional(listOf(peer)),
  observability: optional(struct<ObservabilityOptions>(OBSERVABILITY_OPTIONS)),
  egress: optional(instanceOf(Egress)),
  furtherEgress: optional(instanceOf(Egress)),
  dns: optional(instanceOf(ClusterDns)),
};

/**
 * A whole NIM of any family: workload, service, network policy and the way in.
 *
 * Every part stays reachable (`deployment`, `service`, `ingress`, `credentials`), and each can be used alone.
 *
 * @example
 * const embedding: nim.NimBase = new nim.TextEmbeddingNim(chart, 'text-embedding', { model, credentials });
 * embedding.service.addClients([nim.Peer.pods({ labels: { app: 'retriever' }, namespace: 'rag' })]);
 */
export abstract class NimBase extends Construct {
  /** The workload. */
  public readonly deployment: NimDeployment;
  /** The service and its network policy. */
  public readonly service: RestrictedService;
  /** The network policy of the Jobs that fill the model cache, when it is `ModelCache.prefetched`. */
  public readonly modelFillPolicy: ApiObject | undefined;
  /** The CiliumNetworkPolicy of those Jobs, when `egress` is of `Egress.ciliumFqdns`. */
  public readonly modelFillFqdnPolicy: ApiObject | undefined;
  /** The way in from outside, when there is one. */
  public readonly ingress: SecureIngress | undefined;
  /** How the NIM is watched, when `observability` asks for it. */
  public readonly observability: Observability | undefined;
  /** The NGC secrets. */
  public readonly credentials: NgcCredentials;

  protected constructor(scope: Construct, id: string, props: NimBaseProps, model: NimModel) {
    super(scope, id);
    const egress = props.egress ?? (props.credentials.airGapped ? Egress.none() : Egress.publicHttps());
    const further = withCollector(requireNoProxy(props.furtherEgress ?? Egress.none()), props.openTelemetry);
    const dns = props.dns ?? PLATFORM_DNS[(props.securityProfile ?? SecurityProfile.RESTRICTED).platform];
    this.credentials = props.credentials;
    this.deployment = new NimDeployment(this, 'Deployment', {
      ...pickProps<NimDeploymentOptions>(props, NIM_DEPLOYMENT_OPTIONS),
      model,
      name: props.name ?? id,
      ...(egress.proxyUrl === undefined ? {} : { httpsProxy: egress.proxyUrl, noProxy: egress.noProxy }),
    });
    const fill = this.deployment.modelFill;
    this.service = new RestrictedService(this, 'Service', {
      pods: this.deployment,
      name: this.deployment.name,
      // An ingress of its own opens the policy; without one, a door may be made elsewhere.
      ...(props.ingress === undefined && props.ingressControllers !== undefined
        ? { ingressControllers: props.ingressControllers }
        : {}),
      clients: props.clients ?? [],
      monitoring: props.monitoring ?? [],
      egress: fill === undefined ? Egress.of([egress, further]) : further,
      dns,
    });
    const ofFill =
      fill === undefined
        ? undefined
        : addOutgoingPolicies(
            this,
            'ModelFillPolicy',
            { name: fill.name, labels: fill.labels },
            fill.selectorLabels,
            dns,
            egress,
          );
    this.modelFillPolicy = ofFill?.networkPolicy;
    this.modelFillFqdnPolicy = ofFill?.fqdnPolicy;
    this.ingress =
      props.ingress === undefined
        ? undefined
        : new SecureIngress(this, 'Ingress', {
            ...props.ingress,
            service: this.service,
            ...(props.ingressControllers === undefined ? {} : { ingressControllers: props.ingressControllers }),
          });
    this.observability =
      props.observability === undefined
        ? undefined
        : new Observability(this, 'Observability', {
            ...props.observability,
            service: this.service,
            credentials: this.credentials,
            ...(this.ingress === undefined ? {} : { ingress: this.ingress }),
          });
  }
}

/** What the NIM's own pods may connect to beside the download: a collector of telemetry is theirs. */
function withCollector(further: Egress, telemetry: OpenTelemetry | undefined): Egress {
  return telemetry === undefined ? further : Egress.of([further, telemetry._egress]);
}

/** The environment of the pods names the proxy of `egress`, and no other. */
function requireNoProxy(further: Egress): Egress {
  if (further.proxyUrl !== undefined) {
    throw invalid({
      what: 'furtherEgress',
      value: further.proxyUrl,
      because: 'the pods are told of the proxy of egress only',
      instead: 'write egress: Egress.viaProxy(…)',
    });
  }
  return further;
}
