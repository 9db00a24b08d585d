import { at, type Manifest } from '../../support/manifests';
import type { ApiClient, LiveObject } from './api-client';
import { eventually } from './eventually';

/** What a test asks about a pod. */
export interface PodState {
  readonly name: string;
  readonly node: string | undefined;
  readonly image: string;
  readonly ready: boolean;
  /** Why no node takes it. */
  readonly waitsFor: string;
}

/** The pods of a namespace that are not on their way out. */
export async function podsIn(api: ApiClient, namespace: string): Promise<PodState[]> {
  const pods = await api.list('v1', 'Pod', namespace);
  return pods.filter((pod) => at(pod, 'metadata.deletionTimestamp') === undefined).map(stateOf);
}

/** Waits until the pods of a namespace are as described. The error says how they are. */
export async function podsThat(
  api: ApiClient,
  namespace: string,
  what: string,
  are: (pods: readonly PodState[]) => boolean,
): Promise<readonly PodState[]> {
  let last: readonly PodState[] = [];
  return eventually(`${namespace}: ${what}`, async () => {
    last = await podsIn(api, namespace);
    return are(last) ? last : undefined;
  }).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${JSON.stringify(last, undefined, 2)}`);
  });
}

/** Whether a Deployment has carried out what it says, as `kubectl rollout status` decides it. */
export function rolledOut(deployment: LiveObject): boolean {
  const status = (field: string): unknown => at(deployment, `status.${field}`) ?? 0;
  const replicas = at(deployment, 'spec.replicas');
  return (
    Number(status('observedGeneration')) >= Number(at(deployment, 'metadata.generation')) &&
    status('updatedReplicas') === replicas &&
    status('replicas') === replicas &&
    status('availableReplicas') === replicas
  );
}

/** Asks the API to evict a pod, as a drain does. */
export async function evict(
  api: ApiClient,
  namespace: string,
  name: string,
): Promise<{ status: number; text: string }> {
  const eviction: Manifest = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } };
  const { status, body } = await api.send('POST', `/api/v1/namespaces/${namespace}/pods/${name}/eviction`, eviction);
  return { status, text: JSON.stringify(body) };
}

function stateOf(pod: LiveObject): PodState {
  const conditions = (at(pod, 'status.conditions') ?? []) as readonly {
    readonly type: string;
    readonly status: string;
    readonly message?: string;
  }[];
  const condition = (type: string): (typeof conditions)[number] | undefined =>
    conditions.find((candidate) => candidate.type === type);
  return {
    name: pod.metadata.name,
    node: at(pod, 'spec.nodeName') as string | undefined,
    image: at(pod, 'spec.containers.0.image') as string,
    ready: condition('Ready')?.status === 'True',
    waitsFor: condition('PodScheduled')?.status === 'False' ? (condition('PodScheduled')?.message ?? '') : '',
  };
}
