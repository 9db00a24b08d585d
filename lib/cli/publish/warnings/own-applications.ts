import { groupOf, namespaceOf } from '../../../manifests/manifest';
import { type ObjectChange, outcomeOf, placed } from '../objects';
import type { ChangeWarning } from './warning';

const ARGO_CD = 'argoproj.io';

/** Objects for Argo CD that come to lie among what it syncs: a whole render in the folder of one environment. */
export function ownApplications(changes: readonly ObjectChange[]): ChangeWarning[] {
  const others = changes.flatMap(({ after }) => after?.object ?? []).filter((object) => groupOf(object) !== ARGO_CD);
  return changes
    .filter((change) => outcomeOf(change) === 'added')
    .map((change) => placed(change).object)
    .filter(
      (object) => groupOf(object) === ARGO_CD && others.some((other) => namespaceOf(other) !== namespaceOf(object)),
    )
    .map((object) => ({
      object,
      path: '',
      message: 'it lies among what Argo CD syncs',
      effect:
        'the Application of this folder syncs it too, and fails where its project does not permit that; publish each folder of the render into a folder of its own',
    }));
}
