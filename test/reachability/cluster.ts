import { at, type Manifest } from '../support/manifests';
import type { ContainerPort, Labels, NetworkPolicy, NetworkPolicySpec, PodSpec, ServiceSpec } from './policy-objects';

/** A pod. On the host network it speaks with the address of its node. */
export interface Pod {
  readonly kind: 'pod';
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly address: string;
  readonly node: string;
  readonly hostNetwork: boolean;
  readonly ports: readonly ContainerPort[];
}

/** A node: its kubelet and everything else that runs on its network. */
export interface Node {
  readonly kind: 'node';
  readonly name: string;
  readonly address: string;
}

/** An address that belongs to no pod and no node. */
export interface Outside {
  readonly kind: 'outside';
  readonly name: string;
  readonly address: string;
}

export type Endpoint = Pod | Node | Outside;

export interface Service {
  readonly name: string;
  readonly namespace: string;
  readonly spec: ServiceSpec;
}

/** What the evaluator knows: who is there, and what the rendered objects say about them. */
export interface Cluster {
  /** The pods of the rendered workloads. */
  readonly pods: readonly Pod[];
  readonly policies: readonly NetworkPolicy[];
  readonly services: readonly Service[];
  /** Labels of the namespaces; each has its name as a label, whether listed here or not. */
  readonly namespaces: Readonly<Record<string, Labels>>;
  /** Every other object. */
  readonly objects: readonly Manifest[];
}

/** Where the pod template of each kind of workload is. */
const TEMPLATES: Readonly<Record<string, string>> = {
  Deployment: 'spec.template',
  StatefulSet: 'spec.template',
  DaemonSet: 'spec.template',
  ReplicaSet: 'spec.template',
  Job: 'spec.template',
  CronJob: 'spec.jobTemplate.spec.template',
};

/** The cluster that rendered objects make: one pod for each replica, each on a node of its own. */
export function clusterOf(objects: readonly Manifest[], namespaces: Readonly<Record<string, Labels>> = {}): Cluster {
  let addresses = 0;
  const pods = objects.flatMap((object) =>
    templatesOf(object).map(({ name, labels, spec }): Pod => {
      addresses += 1;
      return {
        kind: 'pod',
        name,
        namespace: namespaceOf(object),
        labels,
        address: `10.244.${Math.floor(addresses / 250)}.${(addresses % 250) + 1}`,
        node: `node-of-${namespaceOf(object)}-${name}`,
        hostNetwork: spec.hostNetwork === true,
        ports: [...(spec.initContainers ?? []), ...spec.containers].flatMap(({ ports }) => ports ?? []),
      };
    }),
  );
  return {
    pods,
    policies: ofKind(objects, 'NetworkPolicy').map((object) => ({
      name: object.metadata.name,
      namespace: namespaceOf(object),
      spec: object['spec'] as NetworkPolicySpec,
    })),
    services: ofKind(objects, 'Service').map((object) => ({
      name: object.metadata.name,
      namespace: namespaceOf(object),
      spec: object['spec'] as ServiceSpec,
    })),
    namespaces: {
      ...namespaces,
      ...Object.fromEntries(
        ofKind(objects, 'Namespace').map(({ metadata }) => [metadata.name, metadata.labels ?? {}] as const),
      ),
    },
    objects,
  };
}

function templatesOf(object: Manifest): { readonly name: string; readonly labels: Labels; readonly spec: PodSpec }[] {
  const { name } = object.metadata;
  if (object.kind === 'Pod') {
    return [{ name, labels: object.metadata.labels ?? {}, spec: object['spec'] as PodSpec }];
  }
  const path = TEMPLATES[object.kind];
  if (path === undefined) {
    return [];
  }
  const labels = (at(object, `${path}.metadata.labels`) ?? {}) as Labels;
  const spec = at(object, `${path}.spec`) as PodSpec;
  const replicas = (at(object, 'spec.replicas') ?? 1) as number;
  return Array.from({ length: replicas }, (_, index) => ({ name: `${name}-${index}`, labels, spec }));
}

export function ofKind(objects: readonly Manifest[], kind: string): Manifest[] {
  return objects.filter((object) => object.kind === kind);
}

export function namespaceOf(object: Manifest): string {
  return object.metadata.namespace ?? 'default';
}
