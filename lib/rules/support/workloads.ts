import { at, listAt, numberAt, textAt } from './fields';
import { groupKindOf, groupOf, type Manifest, nameOf, namespaceOf } from './manifest';
import type { Manifests } from './manifests';
import type { Pod } from './pods';

const SCALED_KINDS = ['apps/Deployment', 'apps/ReplicaSet', 'apps/StatefulSet'];

/** The highest number of pods of a workload at a time, autoscaling included; `undefined` where nothing says it. */
export function replicasOf(object: Manifest, manifests: Manifests): number | undefined {
  if (!SCALED_KINDS.includes(groupKindOf(object))) {
    return undefined;
  }
  const autoscaled = manifests.scaledBy(object).map((autoscaler) => numberAt(autoscaler, 'spec', 'maxReplicas') ?? 1);
  return Math.max(numberAt(object, 'spec', 'replicas') ?? 1, ...autoscaled);
}

/** The lowest number of pods of a workload, autoscaling included. */
export function leastReplicasOf(object: Manifest, manifests: Manifests): number | undefined {
  const [autoscaler] = manifests.scaledBy(object);
  return autoscaler === undefined ? replicasOf(object, manifests) : (numberAt(autoscaler, 'spec', 'minReplicas') ?? 1);
}

/** What an autoscaler scales, as a key for look-ups. */
export function scaleTarget(autoscaler: Manifest): string {
  const reference = at(autoscaler, 'spec', 'scaleTargetRef');
  const group = groupOf({ apiVersion: textAt(reference, 'apiVersion') ?? '', kind: '' });
  return `${group}/${textAt(reference, 'kind') ?? ''} ${namespaceOf(autoscaler)}/${textAt(reference, 'name') ?? ''}`;
}

/** A workload, as a key for look-ups. */
export function scaledObject(object: Manifest): string {
  return `${groupKindOf(object)} ${namespaceOf(object)}/${nameOf(object)}`;
}

/** The claims that a pod mounts and that only one node, or one pod, can mount, with the place of the volume. */
export function singleNodeClaims(
  pod: Pod,
  manifests: Manifests,
): { readonly volume: number; readonly claim: string; readonly modes: string }[] {
  return listAt(pod.spec, 'volumes').flatMap((entry, volume) => {
    const claim = textAt(entry, 'persistentVolumeClaim', 'claimName');
    const object = claim === undefined ? undefined : manifests.find('/PersistentVolumeClaim', pod.namespace, claim);
    const modes = listAt(object, 'spec', 'accessModes');
    return claim === undefined ||
      object === undefined ||
      modes.includes('ReadWriteMany') ||
      modes.includes('ReadOnlyMany')
      ? []
      : [{ volume, claim, modes: modes.join(', ') }];
  });
}
