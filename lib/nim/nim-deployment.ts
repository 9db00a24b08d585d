import { type ApiObject, Duration } from 'cdk8s';
import {
  type INetworkPolicyPeer,
  type IPodSelector,
  type IScalable,
  k8s,
  LabelSelector,
  type NetworkPolicyPeerConfig,
  type PodSelectorConfig,
  type ScalingTarget,
} from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ownAnnotation } from '../common/annotations';
import { addObject, namespaceOf } from '../common/api-object';
import { requirePlace } from '../common/cdk8s-kinds';
import { instanceLabels, toLabelValue } from '../common/labels';
import { requireServiceName } from '../common/names';
import { requireProps } from '../common/props';
import { requireSeconds } from '../common/quantities';
import { ApiScheme, type ApiWorkload, type HttpApi, type IApiPods, type MetricsPort } from '../network/api-pods';
import { tellConnections } from '../network/connection-ports';
import { InternalTls } from '../network/internal-tls';
import { portsOfCallers, type ServiceMesh } from '../network/service-mesh';
import type { NgcCredentials } from '../secrets/ngc-credentials';
import { SecurityProfile } from '../security/security-profile';
import { METRICS_PATH, READINESS_PATH } from './api-paths';
import type { ContainerImage } from './container-image';
import { factsOfImage } from './generations';
import { claimsNote } from './further-volumes';
import { Gpu } from './gpu';
import { addAutoscaler, replicasOf, requireOneAutoscaler } from './autoscaler';
import { internalTlsPart } from './internal-tls-part';
import { ModelCache } from './model-cache';
import { existingClaimNote, isFilledByHand, modelCacheClaim } from './model-cache-claim';
import { addModelFill, type ModelFill } from './model-fill';
import { NIM_DEPLOYMENT_PROPS, type NimDeploymentProps } from './nim-deployment-props';
import { modelAnnotations, type NimModel } from './nim-model';
import type { NimRuntime } from './nim-runtime';
import { requireOperatorsUser } from './operator-cache';
import { fillTimeoutSeconds } from './prefetch-limits';
import { prefetchedImages } from './prefetched-images';
import { DEFAULT_API_PORT } from './runtime-facts';
import { requestTimeout, requireApiPort, tritonMetrics } from './runtime-limits';
import { accountName } from './service-account';
import { ServingDeployment } from './serving-deployment';
import { workloadOf } from './serving-pod';
import { API_PORT_NAME } from './setting-parts';
import { modelCachePart, prefetchedCachePart } from './volume-parts';

/** NVIDIA's chart allows 180 startup probes, 10 s apart. */
const DEFAULT_STARTUP_TIMEOUT = Duration.minutes(30);

/**
 * The workload: Deployment, ServiceAccount without token, PersistentVolumeClaim for the model and PodDisruptionBudget.
 *
 * Can be given wherever cdk8s-plus takes an `IPodSelector`, an `INetworkPolicyPeer` or an `IScalable`.
 *
 * @example
 * const pods = new nim.NimDeployment(chart, 'pods', { model, credentials });
 * new nim.RestrictedService(chart, 'service', { pods, egress: nim.Egress.publicHttps() });
 */
export class NimDeployment extends Construct implements IApiPods, INetworkPolicyPeer, IScalable {
  /** Name of every object of the workload, and its `app.kubernetes.io/instance`. */
  public readonly name: string;
  /** The namespace of the workload. */
  public readonly namespace: string;
  /** The model that is served. */
  public readonly model: NimModel;
  /** The image that runs. */
  public readonly image: ContainerImage;
  /** The runtime generation of the image. */
  public readonly runtime: NimRuntime;
  /** The NGC secrets that the pod uses. */
  public readonly credentials: NgcCredentials;
  /** The port of the HTTP API. */
  public readonly port: number;
  /** The name of the API port: the one port of the pod that anything outside it may use. */
  public readonly portName = API_PORT_NAME;
  /** The API behind the port, and its limits. */
  public readonly api: HttpApi;
  /** Triton's metrics, where `tritonMetrics` asks for them. */
  public readonly metricsPort?: MetricsPort;
  /** The workload, for those who watch it. */
  public readonly workload?: ApiWorkload;
  /** The mesh that the pods are in, when `mesh` puts them into one. */
  public readonly mesh?: ServiceMesh;
  /** Labels of every object of the workload. */
  public readonly labels: Record<string, string>;
  /** Labels that select the pods; they never change with the version. */
  public readonly selectorLabels: Record<string, string>;
  /** The Deployment. */
  public readonly deployment: ApiObject;
  /** The ServiceAccount, when the construct renders it. */
  public readonly serviceAccount: ApiObject | undefined;
  /** The PodDisruptionBudget. */
  public readonly podDisruptionBudget: ApiObject;
  /** The HorizontalPodAutoscaler or ScaledObject, when `autoscaling` asks for it. */
  public readonly autoscaler: ApiObject | undefined;
  /** The claim of the model cache, when the construct renders it. */
  public readonly modelCacheClaim: ApiObject | undefined;
  /** The Jobs that fill the model cache, when it is `ModelCache.prefetched`. */
  public readonly modelFill: ModelFill | undefined;

  /** Whether an autoscaler decides the number of pods. */
  public hasAutoscaler: boolean;
  private readonly serving: ServingDeployment;

  public constructor(scope: Construct, id: string, props: NimDeploymentProps) {
    super(...requirePlace('NimDeployment', scope, id));
    requireProps('NimDeployment', props, NIM_DEPLOYMENT_PROPS);
    this.name = requireServiceName('NimDeployment name', props.name ?? id);
    this.namespace = namespaceOf(this);
    this.model = props.model;
    this.image = props.image ?? props.model.image;
    const { family } = this.model;
    this.model._requireServedBy(this.image);
    const gpu = props.gpu ?? Gpu.whole();
    this.model._requireFits(gpu);
    const facts = factsOfImage(family, this.image, props.runtime);
    this.runtime = facts.runtime;
    this.credentials = props.credentials;
    this.credentials._requireNamespace(this.namespace, `NimDeployment ${this.name}`);
    this.credentials._requireLogin(this.image.registry, `NimDeployment ${this.name}`);
    this.port = requireApiPort(props.port ?? DEFAULT_API_PORT, facts);
    tellConnections(this, portsOfCallers(props.mesh, this.port));
    const metrics = tritonMetrics(facts, props.tritonMetrics);
    if (metrics.port !== undefined) {
      this.metricsPort = metrics.port;
    }
    const timeout = requestTimeout(facts, props.requestTimeout);
    this.api = {
      ...(props.internalTls === undefined
        ? { scheme: ApiScheme.HTTP }
        : { scheme: ApiScheme.HTTPS, tls: InternalTls._named(props.internalTls, this.name) }),
      paths: family.paths,
      internalPaths: family.internalPaths,
      metricsPath: METRICS_PATH,
      readinessPath: READINESS_PATH,
      minBodySize: this.model.minBodySize,
      maxBodySize: this.model.maxBodySize,
      ...(timeout.seconds === undefined ? {} : { requestTimeout: Duration.seconds(timeout.seconds) }),
    };

    if (props.mesh !== undefined) {
      this.mesh = props.mesh;
    }
    const { application, component, partOf } = family;
    const labels = instanceLabels({ application, component, partOf, instance: this.name, version: this.image.tag });
    this.labels = labels.all;
    this.selectorLabels = labels.selector;
    const modelLabel = { [ownAnnotation('model')]: toLabelValue(this.model.id) };

    const replicas = replicasOf(props);
    const modelCache = props.modelCache ?? ModelCache.claim();
    replicas.requireVolume(modelCache);
    const filledByHand = isFilledByHand(modelCache, this.credentials.airGapped, props.initContainers ?? []);
    this.modelCacheClaim = modelCacheClaim(this, this.name, this.labels, modelCache, filledByHand);
    const claimName = this.modelCacheClaim?.name ?? modelCache.persistentVolumeClaim?.name;
    const profile = props.securityProfile ?? SecurityProfile.RESTRICTED;
    requireOperatorsUser(modelCache, profile);
    const { prefetch } = modelCache;
    const prefetched =
      prefetch === undefined || claimName === undefined
        ? undefined
        : {
            claimName,
            images: prefetchedImages(modelCache, this.model, this.image, props.runtime),
            timeoutSeconds: fillTimeoutSeconds(prefetch),
          };

    this.serviceAccount =
      props.serviceAccount === undefined
        ? addObject(this, 'ServiceAccount', k8s.KubeServiceAccount, {
            metadata: this.metadata(),
            automountServiceAccountToken: false,
          })
        : undefined;

    const startupSeconds = requireSeconds(
      'NimDeployment startupTimeout',
      props.startupTimeout ?? DEFAULT_STARTUP_TIMEOUT,
    );
    const drainSeconds =
      props.drainDelay === undefined ? 0 : requireSeconds('NimDeployment drainDelay', props.drainDelay);
    const workload = workloadOf(this.name, replicas, startupSeconds, gpu);
    this.workload = workload;
    this.serving = new ServingDeployment(
      this,
      {
        metadata: { name: this.name, labels: labels.workload },
        annotations: { ...modelAnnotations(this.model), ...existingClaimNote(modelCache), ...claimsNote(props) },
        modelLabel,
        cache: modelCache,
        fillSeconds: prefetched?.timeoutSeconds ?? 0,
        serviceAccountName: accountName(props.serviceAccount) ?? this.name,
        labels: { ...labels.workload, ...modelLabel },
        selectorLabels: this.selectorLabels,
        image: this.image,
        facts,
        credentials: this.credentials,
        port: this.port,
        gpu,
        tritonMetrics: metrics.part,
        requestTimeout: timeout,
        internalTls: internalTlsPart(facts, this.api.tls),
        workload,
        drainSeconds,
        prefetched: prefetched !== undefined,
        downloads: prefetched === undefined && !this.credentials.airGapped,
        modelCache:
          prefetched === undefined
            ? modelCachePart(modelCache, claimName, facts)
            : prefetchedCachePart(prefetched.claimName, facts, prefetched.images[0].place),
        profile,
      },
      replicas,
      props,
    );
    this.deployment = this.serving.object;

    this.modelFill =
      prefetched === undefined
        ? undefined
        : addModelFill(
            this,
            {
              nim: this.name,
              servingLabels: this.selectorLabels,
              model: this.model,
              port: this.port,
              shareable: modelCache.shareable,
              credentials: this.credentials,
              profile,
              ...prefetched,
            },
            props,
          );

    this.podDisruptionBudget = addObject(this, 'PodDisruptionBudget', k8s.KubePodDisruptionBudget, {
      metadata: this.metadata(),
      spec: {
        selector: { matchLabels: this.selectorLabels },
        maxUnavailable: k8s.IntOrString.fromNumber(replicas.maxUnavailable),
        // A pod that still loads its model must not hold up the drain of a node.
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
      },
    });

    const scaled = {
      name: this.name,
      namespace: this.namespace,
      labels: this.labels,
      facts,
      gpu,
      tritonMetrics: metrics.port !== undefined,
      startupSeconds,
    };
    this.autoscaler = props.autoscaling === undefined ? undefined : addAutoscaler(this, scaled, props.autoscaling);
    this.hasAutoscaler = this.autoscaler !== undefined;
  }

  /** The pods for network policies, by the labels of the Service, so that no other pods are taken for them. */
  public toPodSelectorConfig(): PodSelectorConfig {
    return {
      labelSelector: LabelSelector.of({ labels: this.selectorLabels }),
      namespaces: { names: [this.namespace] },
    };
  }

  /** The pods of the NIM as a peer of a network policy. */
  public toNetworkPolicyPeerConfig(): NetworkPolicyPeerConfig {
    return { podSelector: this.toPodSelectorConfig() };
  }

  /** The pods of the NIM as a selector. */
  public toPodSelector(): IPodSelector | undefined {
    return this;
  }

  /**
   * Leaves the number of pods to an autoscaler of cdk8s-plus, which calls this. Refused: a second one, `replicas`, and volumes that only one
   * node can mount.
   */
  public markHasAutoscaler(): void {
    requireOneAutoscaler(this);
    this.serving.leaveToAutoscaler();
    this.hasAutoscaler = true;
  }

  /** The Deployment, for an autoscaler of cdk8s-plus. No containers are named: one without metrics, which would go by the CPU, is refused there. */
  public toScalingTarget(): ScalingTarget {
    const { apiVersion, kind, name } = this.deployment;
    return { apiVersion, kind, name, containers: [] };
  }

  private metadata(): k8s.ObjectMeta {
    return { name: this.name, labels: this.labels };
  }
}
