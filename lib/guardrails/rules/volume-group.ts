import { mountsPersistently } from '../../manifests/claims';
import { numberAt } from '../../manifests/fields';
import { type Pod, POD_KINDS } from '../../manifests/pods';
import { type Rule, RuleLevel } from '../rule';

export const volumeGroup: Rule = {
  id: 'volume-group',
  level: RuleLevel.WARNING,
  kinds: POD_KINDS,
  what: 'A pod that runs as a certain user and mounts a persistent volume names the group that may write to it.',
  why: 'Most volumes belong to root at first: without fsGroup the user cannot write, and the download of the model fails.',
  fix: 'set securityContext.fsGroup to the group of the user, with fsGroupChangePolicy: OnRootMismatch',
  check: (object, manifests) => {
    const pod = manifests.podOf(object);
    return pod !== undefined && isWithoutGroup(pod) && mountsPersistently(pod)
      ? [{ path: [...pod.specPath, 'securityContext', 'fsGroup'], message: 'no group may write to its volumes' }]
      : [];
  },
};

/** Whether a pod has a user but no group for its volumes. Where it has neither, the platform assigns both, as OpenShift does. */
export function isWithoutGroup({ spec, containers }: Pod): boolean {
  const users = [spec, ...containers.map(({ fields }) => fields)].map((of) =>
    numberAt(of, 'securityContext', 'runAsUser'),
  );
  return (
    numberAt(spec, 'securityContext', 'fsGroup') === undefined && users.some((user) => user !== undefined && user > 0)
  );
}
