import { invalid } from '../common/invalid';
import { rememberedText } from '../common/remembered-text';
import { acknowledge, ACKNOWLEDGEMENT_RULE } from './acknowledgements';
import { type Finding, findingOf } from './finding';
import type { GuardrailsOptions } from './guardrails-options';
import { isKnownKind } from './known-kinds';
import type { Report } from './report';
import { looksAt, type RuleSet } from './rule';
import { kubernetesVersions } from '../manifests/kubernetes-versions';
import { clustersOf, type PlaceOf } from '../manifests/clusters';
import { groupKindOf, type Manifest } from '../manifests/manifest';
import { Manifests } from '../manifests/manifests';

/**
 * Checks objects. Pure: the same objects give the same report, and nothing is changed.
 *
 * @param placeOf what is applied together; places with the same objects are for different clusters, which are judged apart.
 */
export function check(
  objects: readonly Manifest[],
  rules: RuleSet,
  options: GuardrailsOptions = {},
  placeOf: PlaceOf = () => undefined,
): Report {
  requireOwnIds(rules);
  const versions = kubernetesVersions('kubernetesVersion', options.kubernetesVersion);
  const clusters = clustersOf(objects, placeOf);
  const found = clusters.flatMap((cluster) => findingsIn(new Manifests(cluster, versions), rules));
  const known = new Set(rules.flatMap(({ kinds = [] }) => kinds));
  return {
    ...acknowledge(clusters.length === 1 ? found : once(found), objects, options.acknowledgements ?? [], rules),
    notChecked: objects.filter((object) => !isKnownKind(object) && !known.has(groupKindOf(object))),
  };
}

/** An acknowledgement names a rule by its id. */
function requireOwnIds(rules: RuleSet): void {
  const ids = [ACKNOWLEDGEMENT_RULE, ...rules].map(({ id }) => id);
  const shared = ids.find((id, index) => ids.indexOf(id) !== index);
  if (shared !== undefined) {
    throw invalid({
      what: 'id of a rule',
      value: shared,
      because: 'another rule has it, and an acknowledgement would be for both',
      instead: 'give each rule of a set an id of its own',
    });
  }
}

function findingsIn(manifests: Manifests, rules: RuleSet): Finding[] {
  const rulesFor = rememberedText((groupKind) => rules.filter((rule) => looksAt(rule, groupKind)));
  const found: Finding[] = [];
  for (const object of manifests.objects) {
    for (const rule of rulesFor(groupKindOf(object))) {
      for (const violation of rule.check(object, manifests)) {
        found.push(findingOf(rule, object, violation));
      }
    }
  }
  return found;
}

/** The findings, each once: several clusters may share an object. */
function once(findings: readonly Finding[]): Finding[] {
  const seen = new Map<Finding['object'], Set<string>>();
  return findings.filter(({ object, rule, path, message }) => {
    const ofObject = seen.get(object) ?? new Set();
    seen.set(object, ofObject);
    const key = JSON.stringify([rule, path, message]);
    return !ofObject.has(key) && ofObject.add(key);
  });
}
