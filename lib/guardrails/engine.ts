import { acknowledge } from './acknowledgements';
import { type Finding, findingOf } from './finding';
import type { GuardrailsOptions } from './guardrails-options';
import { isKnownKind } from './known-kinds';
import type { Report } from './report';
import type { RuleSet } from './rule';
import { kubernetesVersions } from '../manifests/kubernetes-versions';
import { groupKindOf, type Manifest } from '../manifests/manifest';
import { Manifests } from '../manifests/manifests';

/** Checks objects that belong together. Pure: the same objects give the same report, and nothing is changed. */
export function check(objects: readonly Manifest[], rules: RuleSet, options: GuardrailsOptions = {}): Report {
  const manifests = new Manifests(objects, kubernetesVersions('kubernetesVersion', options.kubernetesVersion));
  const found: Finding[] = [];
  for (const object of objects) {
    for (const rule of rules) {
      for (const violation of rule.check(object, manifests)) {
        found.push(findingOf(rule, object, violation));
      }
    }
  }
  const known = new Set(rules.flatMap(({ kinds = [] }) => kinds));
  return {
    ...acknowledge(found, objects, options.acknowledgements ?? [], rules),
    notChecked: objects.filter((object) => !isKnownKind(object) && !known.has(groupKindOf(object))),
  };
}
