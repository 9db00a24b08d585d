import { listAt, textAt } from './fields';
import { groupByEach } from './grouping';
import type { Manifests } from './manifests';
import type { Pod } from './pods';
import { remembered } from './remembered';

/** A claim that only one node, or one pod, can mount. */
export interface SingleNodeClaim {
  /** The index of the volume among those of the pod. */
  readonly volume: number;
  readonly claim: string;
  readonly modes: string;
}

/** The claims that a pod mounts and that only one node, or one pod, can mount. */
export function singleNodeClaims(pod: Pod, manifests: Manifests): SingleNodeClaim[] {
  return mountedClaims(pod).flatMap(({ volume, claim }) => {
    const object = manifests.find('/PersistentVolumeClaim', pod.namespace, claim);
    const modes = listAt(object, 'spec', 'accessModes');
    return object === undefined || modes.includes('ReadWriteMany') || modes.includes('ReadOnlyMany')
      ? []
      : [{ volume, claim, modes: modes.filter((mode) => typeof mode === 'string').join(', ') }];
  });
}

/** The claims that a pod mounts, each with the place of its volume. */
export const mountedClaims = remembered((pod: Pod): readonly { readonly volume: number; readonly claim: string }[] =>
  listAt(pod.spec, 'volumes').flatMap((entry, volume) => {
    const claim = textAt(entry, 'persistentVolumeClaim', 'claimName');
    return claim === undefined ? [] : [{ volume, claim }];
  }),
);

/** Whether a pod mounts volumes that outlive it. A StatefulSet makes the claims from its templates, and the volumes with them. */
export function mountsPersistently(pod: Pod): boolean {
  return listAt(pod.owner, 'spec', 'volumeClaimTemplates').length > 0 || mountedClaims(pod).length > 0;
}

/** The pods of a namespace that mount a claim. */
export function podsMounting(namespace: string, claim: string, manifests: Manifests): readonly Pod[] {
  return podsByClaim(manifests).get(`${namespace}/${claim}`) ?? [];
}

const podsByClaim = remembered((manifests: Manifests) =>
  groupByEach(manifests.pods(), (pod) => mountedClaims(pod).map(({ claim }) => `${pod.namespace}/${claim}`)),
);
