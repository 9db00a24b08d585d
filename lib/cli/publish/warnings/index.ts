import type { Manifests } from '../../../manifests/manifests';
import type { ObjectChange } from '../objects';
import { immutableFields } from './immutable-fields';
import { otherModels } from './other-models';
import { ownApplications } from './own-applications';
import { removedClaims } from './removed-claims';
import { transitionsOf } from './transition';
import type { ChangeWarning } from './warning';
import { widerDoors } from './wider-doors';
import { widerPolicies } from './wider-policies';

/**
 * Everything in changes that deserves a warning.
 *
 * @param languages those of the controllers that may read the front doors, where others are declared beside the known ones.
 */
export function warningsOf(changes: readonly ObjectChange[], languages?: Manifests['languages']): ChangeWarning[] {
  return [
    ...immutableFields(changes),
    ...removedClaims(changes),
    ...ownApplications(changes),
    ...transitionsOf(changes, languages).flatMap((transition) => [
      ...otherModels(transition),
      ...widerDoors(transition),
      ...widerPolicies(transition),
    ]),
  ];
}
