import { type Finding, type GuardrailFinding, plainFinding } from '../rules/finding';
import type { Report } from '../rules/engine';
import type { Manifest } from '../rules/support/manifest';
import type { SourcedObject } from './documents';
import type { Problem } from './files';

/** A finding with the place in its file. */
export interface PlacedFinding extends GuardrailFinding {
  readonly file?: string;
  readonly line?: number;
}

/** Everything that a run of the check has to say. */
export interface CheckResult {
  readonly findings: readonly PlacedFinding[];
  readonly acknowledged: readonly { readonly finding: PlacedFinding; readonly reason: string }[];
  readonly notChecked: readonly { readonly apiVersion: string; readonly object: Manifest; readonly file: string }[];
  readonly problems: readonly Problem[];
  /** How many objects were checked. */
  readonly objects: number;
}

/** Adds the places to a report. */
export function placed(report: Report, sources: readonly SourcedObject[], problems: readonly Problem[]): CheckResult {
  const bySource = new Map(sources.map((source) => [source.object, source]));
  const place = (finding: Finding): PlacedFinding => {
    const source = finding.object === undefined ? undefined : bySource.get(finding.object);
    return {
      ...plainFinding(finding),
      ...(source === undefined ? {} : { file: source.file, line: source.lineOf(finding.path) }),
    };
  };
  return {
    findings: report.findings.map(place),
    acknowledged: report.acknowledged.map(({ finding, reason }) => ({ finding: place(finding), reason })),
    notChecked: report.notChecked.map((object) => ({
      apiVersion: object.apiVersion,
      object,
      file: bySource.get(object)?.file ?? '',
    })),
    problems,
    objects: sources.length,
  };
}
