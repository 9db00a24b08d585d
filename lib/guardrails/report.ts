import type { AcknowledgedFinding, Finding } from './finding';
import { RuleLevel } from './rule';
import type { Manifest } from '../manifests/manifest';

/** What a check found. */
export interface Report {
  readonly findings: readonly Finding[];
  readonly acknowledged: readonly AcknowledgedFinding[];
  /** Objects of kinds that the rules do not know: only their names and literal secrets were checked. */
  readonly notChecked: readonly Manifest[];
  /** Objects of other applications, which nobody looked at because only those of NIMs were asked for. */
  readonly leftOut: readonly Manifest[];
}

/** The findings for which a report fails: errors, and warnings where it is strict. */
export function failing({ findings }: Report, { strict = false }: { readonly strict?: boolean }): Finding[] {
  return findings.filter(({ level }) => level === RuleLevel.ERROR || strict);
}

/** How much there is of what, in the order in which reports say it. */
export function countsOf(report: Report): Record<string, number> {
  const { findings, acknowledged, notChecked, leftOut } = report;
  const errors = findings.filter(({ level }) => level === RuleLevel.ERROR).length;
  return {
    errors,
    warnings: findings.length - errors,
    acknowledged: acknowledged.length,
    'not checked': notChecked.length,
    ...(leftOut.length === 0 ? {} : { 'left out': leftOut.length }),
  };
}
