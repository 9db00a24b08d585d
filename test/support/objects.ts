import { type Manifest, nameOf } from '../../lib/manifests/manifest';
import type { Pod } from '../../lib/manifests/pods';

/** An object of a group and kind, written `networking.k8s.io/NetworkPolicy`, with only what a look-up needs. */
export function object(groupKind: string, name: string, spec: object = {}, namespace = 'embeddings'): Manifest {
  const [group, kind = ''] = groupKind.split('/');
  return { apiVersion: group === '' ? 'v1' : `${group}/v1`, kind, metadata: { name, namespace }, spec };
}

/** A Deployment whose pods have these labels. */
export function deployment(name: string, labels: Record<string, string> = {}, namespace?: string): Manifest {
  return object('apps/Deployment', name, { template: { metadata: { labels } } }, namespace);
}

/** The names of the workloads that pods are of. */
export function ownersOf(pods: readonly Pod[]): string[] {
  return pods.map(({ owner }) => nameOf(owner));
}
