import type { Duration, Size } from 'cdk8s';
import type { IPodSelector } from 'cdk8s-plus-28';
import { duration, like, size } from '../common/cdk8s-kinds';
import { instanceOf } from '../common/class-kinds';
import { enumOf, type Kind, listOf, text } from '../common/kinds';
import { optional, type PropTable, required } from '../common/props';
import { InternalTls } from './internal-tls';
import type { ServiceMesh } from './service-mesh';

/**
 * The scheme by which an API is called inside the cluster.
 *
 * @example
 * const api: nim.HttpApi = {
 *   paths: ['/v1/embeddings'],
 *   internalPaths: ['/v1/metrics'],
 *   readinessPath: '/v1/health/ready',
 *   scheme: nim.ApiScheme.HTTPS,
 * };
 */
export enum ApiScheme {
  /** Without encryption. */
  HTTP = 'http',
  /** With TLS to the pod. */
  HTTPS = 'https',
}

/** What a front door has to know of an HTTP API. */
export interface HttpApi {
  /** The paths that clients need. */
  readonly paths: string[];
  /** Paths on the same port that must stay inside the cluster: metrics, metadata. */
  readonly internalPaths: string[];
  /**
   * How the pods speak on the port.
   * @default - ApiScheme.HTTPS with `tls`, else ApiScheme.HTTP
   */
  readonly scheme?: ApiScheme;
  /**
   * The certificate that the pods show on the port. Refused: beside ApiScheme.HTTP.
   * @default - none that is known here: with ApiScheme.HTTPS no front door can check it
   */
  readonly tls?: InternalTls;
  /**
   * The path of the metrics on the same port.
   * @default - none
   */
  readonly metricsPath?: string;
  /** The path that says whether the server is ready. */
  readonly readinessPath: string;
  /**
   * How long the server itself may take for one request.
   * @default - unknown
   */
  readonly requestTimeout?: Duration;
  /**
   * The body size below which usual requests would fail.
   * @default - unknown
   */
  readonly minBodySize?: Size;
  /**
   * The body size that large requests need.
   * @default - unknown
   */
  readonly maxBodySize?: Size;
}

export const HTTP_API: PropTable<HttpApi> = {
  paths: required(listOf(text)),
  internalPaths: required(listOf(text)),
  scheme: optional(enumOf({ ApiScheme })),
  tls: optional(instanceOf(InternalTls)),
  metricsPath: optional(text),
  readinessPath: required(text),
  requestTimeout: optional(duration),
  minBodySize: optional(size),
  maxBodySize: optional(size),
};

/** The scheme of an API. */
export function schemeOf({ scheme, tls }: HttpApi): ApiScheme {
  return scheme ?? (tls === undefined ? ApiScheme.HTTP : ApiScheme.HTTPS);
}

/** A documented metric of pods, for those who draw it. */
export interface ApiMetric {
  /** Its name. */
  readonly name: string;
  /** What it shows, in a few words. */
  readonly title: string;
  /** Its unit, in the words of Grafana: `percent`, `mbytes`, `reqps`. */
  readonly unit: string;
  /** Where it is documented. */
  readonly source: string;
  /**
   * Whether it only ever grows: then its rate is shown.
   * @default false
   */
  readonly counter?: boolean;
  /**
   * The counter that it is divided by, for an average of each request.
   * @default - none
   */
  readonly per?: string;
}

/** A port of pods that serves metrics and nothing else. */
export interface MetricsPort {
  /** The name that the containers give to the port. */
  readonly name: string;
  /** The number of the port. */
  readonly port: number;
  /** The path of the metrics. */
  readonly path: string;
  /**
   * The documented ones among them.
   * @default - none are known
   */
  readonly metrics?: ApiMetric[];
}

/** What has to be known of the Deployment of the pods to watch them. */
export interface ApiWorkload {
  /** Name of the Deployment. */
  readonly deployment: string;
  /** Name of the container with the API. */
  readonly container: string;
  /** The fewest pods that there are meant to be. */
  readonly minReplicas: number;
  /** How long a container may take from its start until it is ready. */
  readonly startupTimeout: Duration;
  /**
   * What NVIDIA's DCGM exporter counts of the GPUs of the pods.
   * @default - nothing
   */
  readonly gpuMetrics?: ApiMetric[];
}

/**
 * Pods with one HTTP API port: all that `RestrictedService` has to know of a workload.
 *
 * @example
 * class Retriever extends Construct implements nim.IApiPods {
 *   public readonly selectorLabels = { app: 'retriever' };
 *   public readonly labels = { app: 'retriever' };
 *   public readonly port = 8080;
 *   public readonly portName = 'http';
 *   public readonly api = { paths: ['/v1/search'], internalPaths: ['/metrics'], readinessPath: '/ready' };
 *   public readonly metricsPort: nim.MetricsPort = {
 *     name: 'metrics',
 *     port: 9090,
 *     path: '/metrics',
 *     metrics: [{ name: 'searches_total', title: 'Searches', unit: 'reqps', source: 'its README', counter: true }],
 *   };
 *   public readonly workload: nim.ApiWorkload = {
 *     deployment: 'retriever',
 *     container: 'retriever',
 *     minReplicas: 2,
 *     startupTimeout: Duration.minutes(1),
 *   };
 *
 *   public toPodSelectorConfig(): kplus.PodSelectorConfig {
 *     return { labelSelector: kplus.LabelSelector.of({ labels: this.selectorLabels }) };
 *   }
 * }
 *
 * new nim.RestrictedService(chart, 'retriever', { pods: new Retriever(chart, 'retriever-pods') });
 */
export interface IApiPods extends IPodSelector {
  /** Labels that select exactly these pods in a Service. */
  readonly selectorLabels: Record<string, string>;
  /** Labels for the objects around the pods. */
  readonly labels: Record<string, string>;
  /** The number of the API port. */
  readonly port: number;
  /** The name that the containers give to the API port. */
  readonly portName: string;
  /** The API behind the port. */
  readonly api: HttpApi;
  /**
   * A port for monitoring beside the API port: the network policy opens it to `monitoring`, and no Service has it.
   * @default - none
   */
  readonly metricsPort?: MetricsPort;
  /**
   * What makes the pods.
   * @default - unknown: no alert says that they are missing
   */
  readonly workload?: ApiWorkload;
  /**
   * The mesh that the pods are in: the network policy opens what it needs.
   * @default - none
   */
  readonly mesh?: ServiceMesh;
}

export const apiPods: Kind<IApiPods> = like(
  {
    wanted: 'pods with an API (IApiPods)',
    example: 'a NimDeployment, or a class of yours that implements IApiPods',
  },
  (value) =>
    typeof value.toPodSelectorConfig === 'function' &&
    typeof value.port === 'number' &&
    typeof value.portName === 'string' &&
    [value.api, value.labels, value.selectorLabels].every((part) => typeof part === 'object'),
);
