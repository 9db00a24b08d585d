import { at, numberAt, textAt } from './fields';
import { groupBy } from './grouping';
import { groupKindOf, groupOf, type Manifest, namespaceOf } from './manifest';
import { identityOf, type Manifests } from './manifests';
import { remembered } from './remembered';

const SCALED_KINDS = ['/ReplicationController', 'apps/Deployment', 'apps/ReplicaSet', 'apps/StatefulSet'];

/** A kind that scales workloads, and how it names the bounds. */
interface Scaler {
  readonly lowest: string;
  readonly highest: string;
  /** The default of the controller where the object sets none. */
  readonly defaults: {
    readonly lowest: number;
    readonly highest: number;
    readonly apiVersion: string;
    readonly kind: string;
  };
}

const SCALERS: Readonly<Record<string, Scaler>> = {
  'autoscaling/HorizontalPodAutoscaler': {
    lowest: 'minReplicas',
    highest: 'maxReplicas',
    defaults: { lowest: 1, highest: 1, apiVersion: '', kind: '' },
  },
  'keda.sh/ScaledObject': {
    lowest: 'minReplicaCount',
    highest: 'maxReplicaCount',
    defaults: { lowest: 0, highest: 100, apiVersion: 'apps/v1', kind: 'Deployment' },
  },
};

/** The highest number of pods of a workload at a time, autoscaling included; `undefined` where nothing says it. */
export function replicasOf(object: Manifest, manifests: Manifests): number | undefined {
  if (!SCALED_KINDS.includes(groupKindOf(object))) {
    return undefined;
  }
  const autoscaled = autoscalersOf(object, manifests).map((autoscaler) => bound(autoscaler, 'highest'));
  return Math.max(numberAt(object, 'spec', 'replicas') ?? 1, ...autoscaled);
}

/** The lowest number of pods of a workload, autoscaling included. */
export function leastReplicasOf(object: Manifest, manifests: Manifests): number | undefined {
  const [autoscaler] = autoscalersOf(object, manifests);
  return autoscaler === undefined ? replicasOf(object, manifests) : bound(autoscaler, 'lowest');
}

/** The HorizontalPodAutoscalers and ScaledObjects that scale a workload. */
export function autoscalersOf(object: Manifest, manifests: Manifests): readonly Manifest[] {
  return autoscalersByTarget(manifests).get(identityOf(object)) ?? [];
}

const autoscalersByTarget = remembered((manifests: Manifests) =>
  groupBy(
    Object.keys(SCALERS).flatMap((kind) => manifests.all(kind)),
    targetOf,
  ),
);

function bound(autoscaler: Manifest, which: 'lowest' | 'highest'): number {
  const scaler = SCALERS[groupKindOf(autoscaler)];
  return numberAt(autoscaler, 'spec', scaler?.[which] ?? '') ?? scaler?.defaults[which] ?? 1;
}

/** The identity of what an autoscaler scales, whatever version of it is named. */
function targetOf(autoscaler: Manifest): string {
  const reference = at(autoscaler, 'spec', 'scaleTargetRef');
  const defaults = SCALERS[groupKindOf(autoscaler)]?.defaults;
  const group = groupOf({ apiVersion: textAt(reference, 'apiVersion') ?? defaults?.apiVersion ?? '' });
  const kind = textAt(reference, 'kind') ?? defaults?.kind ?? '';
  return `${group}/${kind} ${namespaceOf(autoscaler)}/${textAt(reference, 'name') ?? ''}`;
}
