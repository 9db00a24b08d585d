import { RuleLevel } from './rule';
import type { AcknowledgedFinding, Finding } from './finding';
import { annotationsOf, type Manifest, nameOf, namespaceOf } from './support/manifest';

/** A finding that is accepted, and why. What is left out stands for every object. */
export interface Acknowledgement {
  /** Id of the rule. */
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
}

/** The id under which acknowledgements themselves are reported. */
export const ACKNOWLEDGEMENT = 'acknowledgement';

const PREFIX = 'cdk8s-nim/acknowledge-';

/** An acknowledgement with the place that it was written to. */
interface Placed extends Acknowledgement {
  readonly object?: Manifest;
  readonly annotation?: string;
}

/** Findings without those that are accepted with a reason, and what is wrong with the acknowledgements. */
export function acknowledge(
  findings: readonly Finding[],
  objects: readonly Manifest[],
  ofApp: readonly Acknowledgement[],
): { readonly findings: Finding[]; readonly acknowledged: AcknowledgedFinding[] } {
  const byObject = new Map<Finding['object'], Placed[]>(objects.map((object) => [object, onObject(object)]));
  const placed: Placed[] = [...byObject.values()].flat().concat(ofApp);
  const used = new Set<Placed>();
  const open: Finding[] = [];
  const acknowledged: AcknowledgedFinding[] = [];
  for (const finding of findings) {
    const onIt = byObject.get(finding.object) ?? [];
    const matching = [...onIt, ...ofApp].filter((candidate) => covers(candidate, finding));
    matching.forEach((acknowledgement) => used.add(acknowledgement));
    const [first] = matching;
    if (first === undefined) {
      open.push(finding);
    } else {
      acknowledged.push({ finding, reason: first.reason.trim() });
    }
  }
  return { findings: [...open, ...placed.filter((entry) => !used.has(entry)).map(unused)], acknowledged };
}

function onObject(object: Manifest): Placed[] {
  return Object.entries(annotationsOf(object))
    .filter(([name]) => name.startsWith(PREFIX))
    .map(([annotation, reason]) => ({ rule: annotation.slice(PREFIX.length), reason, object, annotation }));
}

function covers({ rule, reason, kind, namespace, name }: Placed, { rule: found, object }: Finding): boolean {
  return (
    rule === found &&
    reason.trim() !== '' &&
    object !== undefined &&
    (kind === undefined || kind === object.kind) &&
    (namespace === undefined || namespace === namespaceOf(object)) &&
    (name === undefined || name === nameOf(object))
  );
}

function unused({ rule, reason, object, annotation, kind, namespace, name }: Placed): Finding {
  const target = [kind, namespace, name].filter((part) => part !== undefined).join(' ');
  return {
    rule: ACKNOWLEDGEMENT,
    level: RuleLevel.WARNING,
    object,
    path: annotation === undefined ? [] : ['metadata', 'annotations', annotation],
    message:
      reason.trim() === ''
        ? `the acknowledgement of ${rule} has no reason, so it does not count`
        : `the acknowledgement of ${rule}${target === '' ? '' : ` for ${target}`} matches no finding`,
    fix: 'write why the finding may stay, and remove an acknowledgement whose finding is gone',
  };
}
