import { listAt, numberAt, textAt } from './fields';
import { groupKindOf, type Manifest } from './manifest';
import type { Manifests } from './manifests';
import type { Pod } from './pods';

const SCALED_KINDS = ['/ReplicationController', 'apps/Deployment', 'apps/ReplicaSet', 'apps/StatefulSet'];

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

/** The claims that a pod mounts and that only one node, or one pod, can mount, with the place of the volume. */
export function singleNodeClaims(
  pod: Pod,
  manifests: Manifests,
): { readonly volume: number; readonly claim: string; readonly modes: string }[] {
  return listAt(pod.spec, 'volumes').flatMap((entry, volume) => {
    const claim = textAt(entry, 'persistentVolumeClaim', 'claimName');
    if (claim === undefined) {
      return [];
    }
    const object = manifests.find('/PersistentVolumeClaim', pod.namespace, claim);
    const modes = listAt(object, 'spec', 'accessModes');
    return object === undefined || modes.includes('ReadWriteMany') || modes.includes('ReadOnlyMany')
      ? []
      : [{ volume, claim, modes: modes.join(', ') }];
  });
}
