import { type Rule, RuleLevel } from '../rule';
import { podsMounting, singleNodeClaims } from '../../manifests/claims';
import { showObject } from '../../manifests/manifest';
import type { Manifests } from '../../manifests/manifests';
import { servingNims } from '../../manifests/nim';
import { type Pod, POD_KINDS } from '../../manifests/pods';
import { replicasOf } from '../../manifests/scaling';

export const replicasAgainstVolume: Rule = {
  id: 'replicas-against-volume',
  level: RuleLevel.ERROR,
  kinds: POD_KINDS,
  what: 'Several replicas, and a NIM that shares a claim with another workload, mount only volumes that several nodes can mount.',
  why: 'With ReadWriteOnce the second pod waits for ever for the volume of the first one.',
  fix: 'use an access mode ReadWriteMany or ReadOnlyMany, an emptyDir, a claim for each workload, or one replica',
  check: (object, manifests) => {
    const pod = manifests.podOf(object);
    const replicas = replicasOf(object, manifests) ?? 1;
    if (pod === undefined || replicas === 0) {
      return [];
    }
    return singleNodeClaims(pod, manifests).flatMap(({ volume, claim, modes }) => {
      const other = besideNim(pod, manifests, claim);
      const sharers = replicas > 1 ? `${replicas} replicas` : other && `${showObject(other.owner)} and this workload`;
      return sharers === undefined
        ? []
        : [
            {
              path: [...pod.specPath, 'volumes', volume, 'persistentVolumeClaim'],
              message: `${sharers} share the claim ${claim}, whose access mode is ${modes === '' ? 'not set' : modes}`,
            },
          ];
    });
  },
};

/**
 * Another workload that holds the claim of a NIM until somebody stops it; a Job that fills it lets go of it. Workloads of other
 * applications often share a claim on one node.
 */
function besideNim(pod: Pod, manifests: Manifests, claim: string): Pod | undefined {
  return servingNims(pod).length === 0
    ? undefined
    : podsMounting(pod.namespace, claim, manifests).find(
        (other) => other !== pod && other.serving && replicasOf(other.owner, manifests) !== 0,
      );
}
