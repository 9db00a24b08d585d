import { acknowledge, type Acknowledgement } from './acknowledgements';
import { type AcknowledgedFinding, type Finding, findingOf } from './finding';
import { RULES } from './rules/index';
import type { Rule } from './rule';
import { isKnownKind } from './known-kinds';
import { kubernetesVersions } from '../manifests/kubernetes-versions';
import type { Manifest } from '../manifests/manifest';
import { Manifests } from '../manifests/manifests';

/** What to check against. */
export interface CheckOptions {
  /**
   * The version of Kubernetes, such as `1.30`.
   * @default - every supported version
   */
  readonly kubernetesVersion?: string;
  /**
   * Findings that are accepted.
   * @default - only those that annotations of the objects accept
   */
  readonly acknowledgements?: readonly Acknowledgement[];
  /**
   * The rules.
   * @default - all
   */
  readonly rules?: readonly Rule[];
}

/** What a check found. */
export interface Report {
  readonly findings: readonly Finding[];
  readonly acknowledged: readonly AcknowledgedFinding[];
  /** Objects of kinds that the rules do not know: only their names and literal secrets were checked. */
  readonly notChecked: readonly Manifest[];
}

/** Checks objects that belong together. Pure: the same objects give the same report, and nothing is changed. */
export function check(objects: readonly Manifest[], options: CheckOptions = {}): Report {
  const manifests = new Manifests(objects, kubernetesVersions('kubernetesVersion', options.kubernetesVersion));
  const rules = options.rules ?? RULES;
  const found: Finding[] = [];
  for (const object of objects) {
    for (const rule of rules) {
      for (const { path, message } of rule.check(object, manifests)) {
        found.push(findingOf(rule, object, path, message));
      }
    }
  }
  return {
    ...acknowledge(found, objects, options.acknowledgements ?? []),
    notChecked: objects.filter((object) => !isKnownKind(object)),
  };
}
