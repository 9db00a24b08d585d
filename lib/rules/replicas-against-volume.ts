import { type Rule, RuleLevel } from './rule';
import { replicasOf, singleNodeClaims } from './support/workloads';

export const replicasAgainstVolume: Rule = {
  id: 'replicas-against-volume',
  level: RuleLevel.ERROR,
  what: 'More than one replica mounts only volumes that several nodes can mount.',
  why: 'With ReadWriteOnce the second pod waits for the volume of the first one for ever.',
  fix: 'use an access mode ReadWriteMany or ReadOnlyMany, an emptyDir, or one replica',
  check: (object, manifests) => {
    const replicas = replicasOf(object, manifests) ?? 1;
    const pod = replicas > 1 ? manifests.podOf(object) : undefined;
    return pod === undefined
      ? []
      : singleNodeClaims(pod, manifests).map(({ volume, claim, modes }) => ({
          path: [...pod.specPath, 'volumes', volume, 'persistentVolumeClaim'],
          message: `${replicas} replicas share the claim ${claim}, whose access mode is ${modes === '' ? 'not set' : modes}`,
        }));
  },
};
