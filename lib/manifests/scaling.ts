import { at, numberAt, textAt } from './fields';
import { groupBy } from './grouping';
import { groupKindOf, groupOf, type Manifest, namespaceOf } from './manifest';
import { identityOf, type Manifests } from './manifests';
import { remembered } from './remembered';

const SCALED_KINDS = ['/ReplicationController', 'apps/Deployment', 'apps/ReplicaSet', 'apps/StatefulSet'];

/** The highest number of pods of a workload at a time, autoscaling included; `undefined` where nothing says it. */
export function replicasOf(object: Manifest, manifests: Manifests): number | undefined {
  if (!SCALED_KINDS.includes(groupKindOf(object))) {
    return undefined;
  }
  const autoscaled = autoscalersOf(object, manifests).map(
    (autoscaler) => numberAt(autoscaler, 'spec', 'maxReplicas') ?? 1,
  );
  return Math.max(numberAt(object, 'spec', 'replicas') ?? 1, ...autoscaled);
}

/** The lowest number of pods of a workload, autoscaling included. */
export function leastReplicasOf(object: Manifest, manifests: Manifests): number | undefined {
  const [autoscaler] = autoscalersOf(object, manifests);
  return autoscaler === undefined ? replicasOf(object, manifests) : (numberAt(autoscaler, 'spec', 'minReplicas') ?? 1);
}

/** The HorizontalPodAutoscalers that scale a workload. */
export function autoscalersOf(object: Manifest, manifests: Manifests): readonly Manifest[] {
  return autoscalersByTarget(manifests).get(identityOf(object)) ?? [];
}

const autoscalersByTarget = remembered((manifests: Manifests) =>
  groupBy(manifests.all('autoscaling/HorizontalPodAutoscaler'), targetOf),
);

/** The identity of what an autoscaler scales, whatever version of it is named. */
function targetOf(autoscaler: Manifest): string {
  const reference = at(autoscaler, 'spec', 'scaleTargetRef');
  const group = groupOf({ apiVersion: textAt(reference, 'apiVersion') ?? '' });
  return `${group}/${textAt(reference, 'kind') ?? ''} ${namespaceOf(autoscaler)}/${textAt(reference, 'name') ?? ''}`;
}
