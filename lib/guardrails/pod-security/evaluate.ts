import type { Violation } from '../rule';
import { showPath } from '../../manifests/fields';
import type { KubernetesVersions } from '../../manifests/kubernetes-versions';
import type { Pod } from '../../manifests/pods';
import { remembered } from '../../manifests/remembered';
import { BASELINE } from './baseline';
import type { PodSecurityCheck } from './check';
import { RESTRICTED } from './restricted';

/** A level of the Pod Security Standards. */
export type PodSecurityLevel = 'baseline' | 'restricted';

/** What a pod does that a level of the Pod Security Standards forbids in a minor version of Kubernetes. */
export function podSecurityViolations(pod: Pod, level: PodSecurityLevel, minor: number): Violation[] {
  return checksOf(level, minor).flatMap((check) => check.check(pod, minor));
}

/**
 * The same over a range of versions. Over time controls are added, or forbid less. So the oldest version of the range,
 * together with the controls that are newer, forbids all that any version of the range forbids.
 */
export function podSecurityViolationsOfRange(
  pod: Pod,
  level: PodSecurityLevel,
  versions: KubernetesVersions,
): Violation[] {
  const violations = CHECKS_OF_RANGE[level](versions).flatMap(({ check, minor }) => check.check(pod, minor));
  return [...new Map(violations.map((violation) => [showPath(violation.path), violation])).values()];
}

const CHECKS_OF_RANGE = {
  baseline: remembered((versions: KubernetesVersions) => checksOfRange('baseline', versions)),
  restricted: remembered((versions: KubernetesVersions) => checksOfRange('restricted', versions)),
};

/** The controls of a range of versions, and the version in which each is asked. */
function checksOfRange(
  level: PodSecurityLevel,
  { oldest, newest }: KubernetesVersions,
): { readonly check: PodSecurityCheck; readonly minor: number }[] {
  const newer = checksOf(level, newest).filter(({ since }) => since !== undefined && since > oldest);
  return [
    ...checksOf(level, oldest).map((check) => ({ check, minor: oldest })),
    ...newer.map((check) => ({ check, minor: newest })),
  ];
}

function checksOf(level: PodSecurityLevel, minor: number): PodSecurityCheck[] {
  const exists = ({ since }: PodSecurityCheck): boolean => since === undefined || since <= minor;
  const baseline = BASELINE.filter(exists);
  if (level === 'baseline') {
    return baseline;
  }
  const restricted = RESTRICTED.filter(exists);
  const overridden = restricted.map(({ overrides }) => overrides);
  return [...baseline.filter(({ id }) => !overridden.includes(id)), ...restricted];
}
