import { annotationsOf, groupKindOf } from '../../../manifests/manifest';
import { type ObjectChange, outcomeOf, placed } from '../objects';
import type { ChangeWarning } from './warning';

const SYNC_OPTIONS = 'argocd.argoproj.io/sync-options';

/** What a cluster loses with an object of these kinds. */
const LOSSES: Readonly<Record<string, string>> = {
  '/PersistentVolumeClaim':
    'Argo CD deletes the claim when it prunes; it goes when no pod mounts it any more, and with the reclaim policy Delete, the usual one, its volume and the model on it go too',
  '/Namespace': 'Argo CD deletes the namespace when it prunes, and everything in it goes, claims and Secrets too',
};

/** Claims and namespaces that are no longer rendered. */
export function removedClaims(changes: readonly ObjectChange[]): ChangeWarning[] {
  return changes
    .filter((change) => outcomeOf(change) === 'removed')
    .map((change) => placed(change).object)
    .flatMap((object) => {
      const loss = LOSSES[groupKindOf(object)];
      const isKept = /(^|,)\s*Prune=false\s*(,|$)/.test(annotationsOf(object)[SYNC_OPTIONS] ?? '');
      const effect = isKept
        ? `Argo CD does not delete it (Prune=false): its Application stays OutOfSync until somebody does`
        : loss;
      return loss === undefined || effect === undefined ? [] : [{ object, path: '', message: 'it is removed', effect }];
    });
}
