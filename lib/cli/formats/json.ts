import { type Finding, plainFinding } from '../../guardrails/finding';
import { type Manifest, nameOf, namespaceOf } from '../../manifests/manifest';
import type { CheckResult } from '../result';

/** For programs. */
export function formatJson({ report, problems, objects, placeOf, fileOf }: CheckResult): string {
  const placed = (finding: Finding): object => ({ ...plainFinding(finding), ...placeOf(finding) });
  const listed = (objects: readonly Manifest[]): object[] =>
    objects.map((object) => ({
      apiVersion: object.apiVersion,
      kind: object.kind,
      namespace: namespaceOf(object),
      name: nameOf(object),
      file: fileOf(object),
    }));
  const result = {
    findings: report.findings.map(placed),
    acknowledged: report.acknowledged.map(({ finding, reason }) => ({ finding: placed(finding), reason })),
    problems,
    objects,
    notChecked: listed(report.notChecked),
    leftOut: listed(report.leftOut),
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}
