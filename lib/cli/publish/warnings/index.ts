import type { ObjectChange } from '../objects';
import { removedClaims } from './removed-claims';
import type { ChangeWarning } from './warning';

/** Everything in changes that deserves a warning. */
export function warningsOf(changes: readonly ObjectChange[]): ChangeWarning[] {
  return [...removedClaims(changes)];
}
