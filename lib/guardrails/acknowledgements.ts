import { exceptionAnnotation, ownAnnotation, prerequisiteAnnotation } from '../common/annotations';
import { type AcknowledgedFinding, type Finding, findingOf } from './finding';
import { type RuleDescription, RuleLevel, type RuleSet } from './rule';
import { type Path, showPath } from '../manifests/fields';
import { annotationsOf, type Manifest, nameOf, namespaceOf } from '../manifests/manifest';

/** A finding that is accepted, and why. A member that is left out stands for every object. */
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
const NOTES: ReadonlyMap<string, Note> = new Map([
  [exceptionAnnotation('authentication'), { rule: 'ingress-authentication' }],
  [exceptionAnnotation('rate-per-second'), { rule: 'ingress-rate-limit' }],
  [exceptionAnnotation('rate-per-minute'), { rule: 'ingress-rate-limit' }],
  [exceptionAnnotation('exact-paths'), { rule: 'ingress-exact-paths' }],
  // Of an HTTPRoute, whose implementation of Gateway API may lack them.
  [exceptionAnnotation('timeouts'), { rule: 'ingress-timeout-and-body-size', about: /^spec\.rules/ }],
  [exceptionAnnotation('body-size'), { rule: 'ingress-timeout-and-body-size', about: /^spec$/ }],
  [ownAnnotation('approximate-exact-paths'), { rule: 'ingress-exact-paths' }],
  [prerequisiteAnnotation('model-cache'), { rule: 'claim-among-manifests' }],
]);

/** What a note accepts. */
interface Note {
  readonly rule: string;
  /** The fields of its findings, where the rule has others too. */
  readonly about?: RegExp;
}

/** An acknowledgement, and where it was written. */
interface Placed extends Acknowledgement, Note {
  readonly object?: Manifest;
  readonly path: Path;
}

/**
 * Findings without those that are accepted with a reason, and what is wrong with the acknowledgements.
 *
 * @param leftOut what is not judged: nothing is known of an acknowledgement that may be for one of these.
 */
export function acknowledge(
  findings: readonly Finding[],
  objects: readonly Manifest[],
  ofApp: readonly Acknowledgement[],
  rules: RuleSet,
  leftOut: readonly Manifest[] = [],
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
    .flatMap((entry) => {
      const message = whyWrong(entry, rules) ?? whyUnused(entry, leftOut);
      return message === undefined
        ? []
        : [findingOf(ACKNOWLEDGEMENT_RULE, entry.object, { path: entry.path, message })];
    });
  return { findings: [...open, ...unused], acknowledged };
}

function onObject(object: Manifest): Placed[] {
  return Object.entries(annotationsOf(object)).flatMap(([annotation, reason]) => {
    const note = annotation.startsWith(PREFIX) ? { rule: annotation.slice(PREFIX.length) } : NOTES.get(annotation);
    return note === undefined ? [] : [{ ...note, reason, object, path: ['metadata', 'annotations', annotation] }];
  });
}

function isNote([, , annotation]: Path): boolean {
  return typeof annotation === 'string' && NOTES.has(annotation);
}

function covers(entry: Placed, finding: Finding): boolean {
  const { rule, reason, field, about } = entry;
  const path = showPath(finding.path);
  return (
    (rule === finding.rule || rule === EVERY_RULE) &&
    reason.trim() !== '' &&
    finding.object !== undefined &&
    names(entry, finding.object) &&
    (field === undefined || isAtOrBelow(path, field)) &&
    (about === undefined || about.test(path))
  );
}

/** Whether an acknowledgement may be for an object. */
function names({ kind, namespace, name }: Acknowledgement, object: Manifest): boolean {
  return (
    (kind === undefined || kind === object.kind) &&
    (namespace === undefined || namespace === namespaceOf(object)) &&
    (name === undefined || name === nameOf(object))
  );
}

function isAtOrBelow(path: string, field: string): boolean {
  return path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`);
}

function whyWrong({ rule, reason }: Acknowledgement, rules: RuleSet): string | undefined {
  if (rule !== EVERY_RULE && !rules.some(({ id }) => id === rule)) {
    return `there is no rule ${rule}`;
  }
  return reason.trim() === '' ? `the acknowledgement of ${rule} has no reason, so it does not count` : undefined;
}

function whyUnused(entry: Placed, leftOut: readonly Manifest[]): string | undefined {
  if (entry.object === undefined && leftOut.some((object) => names(entry, object))) {
    return undefined;
  }
  const { rule, kind, namespace, name, field } = entry;
  const target = [kind, namespace, name, field].filter((part) => part !== undefined).join(' ');
  return `the acknowledgement of ${rule}${target === '' ? '' : ` for ${target}`} matches no finding`;
}
