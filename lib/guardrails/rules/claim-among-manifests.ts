import { claimsOfNote } from '../../common/told-claims';
import { isKnownKind } from '../known-kinds';
import { mountedClaims } from '../../manifests/claims';
import { annotationsOf, nameOf, namespaceOf } from '../../manifests/manifest';
import type { Manifests } from '../../manifests/manifests';
import { POD_KINDS } from '../../manifests/pods';
import { type Rule, RuleLevel } from '../rule';

export const claimAmongManifests: Rule = {
  id: 'claim-among-manifests',
  level: RuleLevel.WARNING,
  kinds: POD_KINDS,
  what: 'Every PersistentVolumeClaim that pods mount is among the manifests, or in the note of the workload on claims that exist before it.',
  why: 'Pods wait for ever for a claim that nobody makes, and some charts name one without rendering it.',
  fix: 'add the PersistentVolumeClaim, check it together with the workload, or acknowledge it where somebody else makes it',
  check: (object, manifests) => {
    const pod = manifests.podOf(object);
    const told = claimsOfNote(annotationsOf(object));
    return pod === undefined
      ? []
      : mountedClaims(pod)
          .filter(({ claim }) => !told.includes(claim))
          .filter(({ claim }) => !isMade(pod.namespace, claim, manifests))
          .map(({ volume, claim }) => ({
            path: [...pod.specPath, 'volumes', volume, 'persistentVolumeClaim', 'claimName'],
            message: `no manifest makes the claim ${claim}`,
          }));
  },
};

/** As a claim, or by an object of its name whose kind the rules do not know: operators make claims so. */
function isMade(namespace: string, claim: string, manifests: Manifests): boolean {
  return (
    manifests.find('/PersistentVolumeClaim', namespace, claim) !== undefined ||
    manifests.objects.some(
      (object) => namespaceOf(object) === namespace && nameOf(object) === claim && !isKnownKind(object, manifests),
    )
  );
}
