import { exceptionAnnotation, ownAnnotation, prerequisiteAnnotation } from '../common/annotations';
import { type AcknowledgedFinding, type Finding, findingOf } from './finding';
import { type RuleDescription, RuleLevel, type RuleSet } from './rule';
import { type Path, showPath } from '../manifests/fields';
import { annotationsOf, type Manifest, nameOf, namespaceOf } from '../manifests/manifest';

/** A finding that is accepted, and why. What is left out stands for every object. */
export interface Acknowledgement {
  /** Id of the rule, or `*` for every rule, which needs a kind, a namespace or a name. */
  readonly rule: string;
  /** Why the finding may stay; reported with it. */
  readonly reason: string;
  /**
   * Kind of the object.
   * @default - every kind
   */
  readonly kind?: string;
  /**
   * Namespace of the object.
   * @default - every namespace
   */
  readonly namespace?: string;
  /**
   * Name of the object.
   * @default - every name
   */
  readonly name?: string;
  /**
   * The field, as the finding names it; what is below it is covered as well.
   * @default - every field, also those that get a finding later
   */
  readonly field?: string;
}

/** The rule for acknowledgements themselves, which nobody can acknowledge. */
export const ACKNOWLEDGEMENT_RULE: RuleDescription = {
  id: 'acknowledgement',
  level: RuleLevel.WARNING,
  what: 'An acknowledgement has a reason, and a finding that it is for.',
  why: 'One that matches nothing would hide a finding that comes back.',
  fix: 'write why the finding may stay, and remove an acknowledgement whose finding is gone',
};

/** Stands for every rule. */
export const EVERY_RULE = '*';
const PREFIX = ownAnnotation('acknowledge-');

/**
 * Notes on a front door, as `SecureIngress` writes them, that accept the finding of a rule. One that matches no
 * finding is fine: it says what the controller lacks, and something else may provide that.
 */
const NOTES: ReadonlyMap<string, string> = new Map([
  [exceptionAnnotation('authentication'), 'ingress-authentication'],
  [exceptionAnnotation('rate-per-second'), 'ingress-rate-limit'],
  [exceptionAnnotation('rate-per-minute'), 'ingress-rate-limit'],
  [exceptionAnnotation('exact-paths'), 'ingress-exact-paths'],
  [ownAnnotation('approximate-exact-paths'), 'ingress-exact-paths'],
  [prerequisiteAnnotation('model-cache'), 'claim-among-manifests'],
]);

/** An acknowledgement, and where it was written. */
interface Placed extends Acknowledgement {
  readonly object?: Manifest;
  readonly path: Path;
}

/** Findings without those that are accepted with a reason, and what is wrong with the acknowledgements. */
export function acknowledge(
  findings: readonly Finding[],
  objects: readonly Manifest[],
  ofApp: readonly Acknowledgement[],
  rules: RuleSet,
): { readonly findings: Finding[]; readonly acknowledged: AcknowledgedFinding[] } {
  const byObject = new Map<Finding['object'], Placed[]>(objects.map((object) => [object, onObject(object)]));
  const inOptions = ofApp.map((entry, index): Placed => ({ ...entry, path: ['acknowledgements', index] }));
  const placed = [...[...byObject.values()].flat().filter(({ path }) => !isNote(path)), ...inOptions];
  const used = new Set<Placed>();
  const open: Finding[] = [];
  const acknowledged: AcknowledgedFinding[] = [];
  for (const finding of findings) {
    const onIt = byObject.get(finding.object) ?? [];
    const matching = [...onIt, ...inOptions].filter((candidate) => covers(candidate, finding));
    matching.forEach((acknowledgement) => used.add(acknowledgement));
    const [first] = matching;
    if (first === undefined) {
      open.push(finding);
    } else {
      acknowledged.push({ finding, reason: first.reason.trim() });
    }
  }
  const unused = placed
    .filter((entry) => !used.has(entry))
    .map((entry) =>
      findingOf(ACKNOWLEDGEMENT_RULE, entry.object, { path: entry.path, message: whyUnused(entry, rules) }),
    );
  return { findings: [...open, ...unused], acknowledged };
}

function onObject(object: Manifest): Placed[] {
  return Object.entries(annotationsOf(object)).flatMap(([annotation, reason]) => {
    const rule = annotation.startsWith(PREFIX) ? annotation.slice(PREFIX.length) : NOTES.get(annotation);
    return rule === undefined ? [] : [{ rule, reason, object, path: ['metadata', 'annotations', annotation] }];
  });
}

function isNote([, , annotation]: Path): boolean {
  return typeof annotation === 'string' && NOTES.has(annotation);
}

function covers({ rule, reason, kind, namespace, name, field }: Placed, finding: Finding): boolean {
  const { object } = finding;
  return (
    (rule === finding.rule || rule === EVERY_RULE) &&
    reason.trim() !== '' &&
    object !== undefined &&
    (kind === undefined || kind === object.kind) &&
    (namespace === undefined || namespace === namespaceOf(object)) &&
    (name === undefined || name === nameOf(object)) &&
    (field === undefined || isAtOrBelow(showPath(finding.path), field))
  );
}

function isAtOrBelow(path: string, field: string): boolean {
  return path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`);
}

function whyUnused({ rule, reason, kind, namespace, name, field }: Acknowledgement, rules: RuleSet): string {
  if (rule !== EVERY_RULE && !rules.some(({ id }) => id === rule)) {
    return `there is no rule ${rule}`;
  }
  const target = [kind, namespace, name, field].filter((part) => part !== undefined).join(' ');
  return reason.trim() === ''
    ? `the acknowledgement of ${rule} has no reason, so it does not count`
    : `the acknowledgement of ${rule}${target === '' ? '' : ` for ${target}`} matches no finding`;
}
