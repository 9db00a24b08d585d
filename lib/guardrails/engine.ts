import { invalid } from '../common/invalid';
import { rememberedText } from '../common/remembered-text';
import { acknowledge } from './acknowledgements';
import { type Finding, findingOf } from './finding';
import type { GuardrailsOptions } from './guardrails-options';
import { isKnownKind } from './known-kinds';
import { languagesWith } from './own-controllers';
import type { Report } from './report';
import { looksAt, type RuleSet } from './rule';
import { ruleSetOf } from './rule-set';
import { kubernetesVersions } from '../manifests/kubernetes-versions';
import { clustersOf, type PlaceOf } from '../manifests/clusters';
import { groupKindOf, type Manifest } from '../manifests/manifest';
import { Manifests } from '../manifests/manifests';
import { objectsOfNims } from '../manifests/objects-of-nims';

/**
 * Checks objects. Pure: the same objects give the same report, and nothing is changed.
 *
 * @param rules those of the entry point; the options may add others.
 * @param placeOf what is applied together; places with the same objects are for different clusters, which are judged apart.
 */
export function check(
  objects: readonly Manifest[],
  rules: RuleSet,
  options: GuardrailsOptions = {},
  placeOf: PlaceOf = () => undefined,
): Report {
  const every = ruleSetOf(rules, options);
  const versions = kubernetesVersions('kubernetesVersion', options.kubernetesVersion);
  const languages = languagesWith(options.controllers ?? []);
  const clusters = clustersOf(objects, placeOf).map((cluster) => new Manifests(cluster, versions, languages));
  const judged = options.nimOnly === true ? ofNims(clusters, objects) : objects;
  const found = clusters.flatMap((cluster) => findingsIn(cluster, every, new Set(judged)));
  const known = new Set(every.flatMap(({ kinds = [] }) => kinds));
  const leftOut = judged === objects ? [] : without(objects, judged);
  return {
    ...acknowledge(clusters.length === 1 ? found : once(found), judged, options.acknowledgements ?? [], every, leftOut),
    notChecked: judged.filter((object) => !isKnownKind(object, { languages }) && !known.has(groupKindOf(object))),
    leftOut,
  };
}

/** The objects of NIMs; refuses manifests without any, because then nothing would be judged. */
function ofNims(clusters: readonly Manifests[], objects: readonly Manifest[]): readonly Manifest[] {
  const belonging = new Set(clusters.flatMap((cluster) => [...objectsOfNims(cluster)]));
  if (belonging.size === 0 && objects.length > 0) {
    throw invalid({
      what: 'nimOnly',
      value: true,
      because: `there is no NIM among the ${objects.length} objects, and nothing would be judged`,
      instead: 'leave it out, or check the manifests of a NIM',
    });
  }
  return objects.filter((object) => belonging.has(object));
}

function without(objects: readonly Manifest[], others: readonly Manifest[]): Manifest[] {
  const these = new Set(others);
  return objects.filter((object) => !these.has(object));
}

function findingsIn(manifests: Manifests, rules: RuleSet, judged: ReadonlySet<Manifest>): Finding[] {
  const rulesFor = rememberedText((groupKind) => rules.filter((rule) => looksAt(rule, groupKind)));
  const found: Finding[] = [];
  for (const object of manifests.objects) {
    for (const rule of judged.has(object) ? rulesFor(groupKindOf(object)) : []) {
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
