import { type INetworkPolicyPeer, Namespaces, Pods } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { freeId } from '../common/free-id';
import { invalid } from '../common/invalid';
import { requireNamespaceName, requireObjectName } from '../common/names';
import { recordOf, text } from '../common/kinds';
import { optional, type PropTable } from '../common/props';
import { isOlder } from '../common/version';
import type { ControllerMetrics } from './controller-metrics';
import type { CapabilityTable } from './features';
import type { IngressSpec } from './spec';
import type { CertificateSource } from './tls';

/** Where the pods of a controller run, as its own installation guide places them. */
export interface ControllerPods {
  readonly namespace: string;
  readonly labels: Record<string, string>;
}

/** One ingress controller: what it can do, and how a front door looks in its language. One folder each in `controllers/`. */
export interface ControllerProfile {
  /** The name as the project writes it. */
  readonly name: string;
  /** The version that runs in the cluster. */
  readonly version: string;
  readonly capabilities: CapabilityTable;
  /** The certificates that the controller can use. */
  readonly certificates: readonly CertificateSource['kind'][];
  /** What the controller counts of a front door. */
  readonly metrics: ControllerMetrics;
  /**
   * Whether an issued certificate has to be there before the objects that name it: Argo CD then applies the Certificate in an
   * earlier wave and waits until it is ready. For controllers that refuse an object whose Secret is missing, and that need
   * not look at it again when the Secret appears. The others take a Secret whenever it comes.
   * @default false
   */
  readonly certificateFirst?: boolean;
  /**
   * Flags that oauth2-proxy has to run with for this controller, beside those that it needs for all.
   * @default - none
   */
  readonly oauth2ProxyFlags?: readonly string[];
  /** Where the connections to the NIM come from, as peers of a network policy. */
  peers(scope: Construct): INetworkPolicyPeer[];
  /** Adds the objects to the tree; refuses what the table cannot express, such as a value that the controller would not take. */
  render(scope: Construct, spec: IngressSpec): void;
}

/** Options that every controller has. */
export interface IngressControllerOptions {
  /**
   * The version of the controller that runs in the cluster. A feature that this version lacks is refused.
   * @default - the version that the rendering was written for
   */
  readonly version?: string;
  /**
   * Name of the IngressClass.
   * @default - the name that the controller's own installation uses
   */
  readonly ingressClassName?: string;
  /**
   * Namespace of the controller's pods, for the network policy.
   * @default - the namespace of the controller's own installation guide
   */
  readonly namespace?: string;
  /**
   * Labels of the controller's pods, for the network policy.
   * @default - the labels of the controller's own installation
   */
  readonly podLabels?: Record<string, string>;
}

export const INGRESS_CONTROLLER_OPTIONS: PropTable<IngressControllerOptions> = {
  version: optional(text),
  ingressClassName: optional(text),
  namespace: optional(text),
  podLabels: optional(recordOf(text)),
};

/** The IngressClass of a controller, from its options and its usual installation. */
export function ingressClass(options: IngressControllerOptions, installed: string): string {
  return requireObjectName('IngressController ingressClassName', options.ingressClassName ?? installed);
}

/** The pods of a controller as peers, from its options and its usual installation. */
export function podPeers(
  scope: Construct,
  options: IngressControllerOptions,
  installed: ControllerPods,
): INetworkPolicyPeer[] {
  const namespace = requireNamespaceName('IngressController namespace', options.namespace ?? installed.namespace);
  return [
    Pods.select(scope, freeId(scope, 'IngressController'), {
      labels: requirePodLabels(options.podLabels ?? installed.labels),
      namespaces: Namespaces.select(scope, freeId(scope, 'IngressControllerNamespace'), { names: [namespace] }),
    }),
  ];
}

/** Refuses labels that cdk8s-plus would leave out of the policy, which then admits every pod of the namespace. */
function requirePodLabels(labels: Record<string, string>): Record<string, string> {
  if (!Object.values(labels).some((value) => value !== '')) {
    throw invalid({
      what: 'IngressController podLabels',
      value: labels,
      because: 'every pod of the namespace would be admitted',
      instead: 'write at least one label with a value, or leave podLabels out',
    });
  }
  return labels;
}

/** The certificates of controllers that read Secrets. */
export const CERTIFICATES_IN_SECRETS: readonly CertificateSource['kind'][] = ['secret', 'issuer'];

/** A version as a controller states it. */
export const VERSION = /^\d+\.\d+(\.\d+)?$/;

/** Refuses a version below the lowest one that a rendering was written for. */
export function requireVersion(controller: string, version: string, minimum: string): string {
  if (!VERSION.test(version) || isOlder(version, minimum)) {
    throw invalid({
      what: `${controller} version`,
      value: version,
      because: `what is rendered needs ${minimum} or newer, written as "major.minor.patch"`,
      instead: 'upgrade the controller, or choose another one',
    });
  }
  return version;
}
