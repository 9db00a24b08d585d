import { type Finding, type GuardrailFinding, plainFinding } from '../guardrails/finding';
import type { Report } from '../guardrails/engine';
import type { Manifest } from '../manifests/manifest';
import type { Config } from './config';
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

/** Where objects and acknowledgements were read. */
export interface Sources {
  readonly objects: readonly SourcedObject[];
  readonly config: Config | undefined;
}

/** Adds the places to a report. */
export function placed(report: Report, { objects, config }: Sources, problems: readonly Problem[]): CheckResult {
  const bySource = new Map(objects.map((source) => [source.object, source]));
  const placeOf = ({ object, path }: Finding): { readonly file?: string; readonly line?: number } => {
    const source = object === undefined ? undefined : bySource.get(object);
    if (source !== undefined) {
      return { file: source.file, line: source.lineOf(path) };
    }
    return config === undefined ? {} : { file: config.file, line: config.lines[Number(path[1])] ?? 1 };
  };
  const place = (finding: Finding): PlacedFinding => ({ ...plainFinding(finding), ...placeOf(finding) });
  return {
    findings: report.findings.map(place),
    acknowledged: report.acknowledged.map(({ finding, reason }) => ({ finding: place(finding), reason })),
    notChecked: report.notChecked.map((object) => ({
      apiVersion: object.apiVersion,
      object,
      file: bySource.get(object)?.file ?? '',
    })),
    problems,
    objects: objects.length,
  };
}
