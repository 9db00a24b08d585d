import { invalid } from '../common/invalid';
import type { SecurityProfile } from '../security/security-profile';
import type { ModelCache } from './model-cache';
import type { PodPart } from './pod-part';
import type { RuntimeFacts } from './runtime-facts';

/** The NIM Operator's default `userID`; it writes files that only their owner can read. */
const OPERATORS_USER = 1000;

/** Refuses a pod that could not read the files of the NIM Operator. */
export function requireOperatorsUser({ nimCache }: ModelCache, { name, identity }: SecurityProfile): void {
  if (nimCache !== undefined && identity?.runAsUser !== OPERATORS_USER) {
    throw invalid({
      what: 'NimDeployment securityProfile',
      value: name,
      because: `the NIM Operator's files belong to the user ${OPERATORS_USER}, and only that one can read them`,
      instead: 'use SecurityProfile.RESTRICTED, or fill a claim of your own with ModelCache.prefetched(…)',
    });
  }
}

/** Where a NIM finds what the NIM Operator downloaded. */
export function operatorCachePart({ nimCache }: ModelCache, facts: RuntimeFacts): PodPart {
  const from = 'ModelCache.fromNimOperator';
  if (nimCache === undefined) {
    return { from };
  }
  if (facts.operatorCache === undefined) {
    throw invalid({
      what: `${from} nimCache`,
      value: nimCache,
      because: `the NIM Operator fills no cache for images ${facts.versions}`,
      instead: 'use an image 1.x, or 2.2 and newer, or ModelCache.prefetched(…)',
    });
  }
  return { from, env: facts.operatorCache(nimCache) };
}
