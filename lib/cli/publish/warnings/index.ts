import type { ObjectChange } from '../objects';
import { immutableFields } from './immutable-fields';
import { otherModels } from './other-models';
import { removedClaims } from './removed-claims';
import { transitionsOf } from './transition';
import type { ChangeWarning } from './warning';
import { widerDoors } from './wider-doors';
import { widerPolicies } from './wider-policies';

/** Everything in changes that deserves a warning. */
export function warningsOf(changes: readonly ObjectChange[]): ChangeWarning[] {
  return [
    ...immutableFields(changes),
    ...removedClaims(changes),
    ...transitionsOf(changes).flatMap((transition) => [
      ...otherModels(transition),
      ...widerDoors(transition),
      ...widerPolicies(transition),
    ]),
  ];
}
