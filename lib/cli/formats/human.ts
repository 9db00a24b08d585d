import type { Finding } from '../../guardrails/finding';
import { countsOf } from '../../guardrails/report';
import { showPath } from '../../manifests/fields';
import { showObject } from '../../manifests/manifest';
import type { CheckResult, Place } from '../result';

/** For people and terminals. */
export function formatHuman({ report, problems, objects, placeOf, fileOf }: CheckResult): string {
  const { findings, acknowledged, notChecked } = report;
  const counts = Object.entries({ objects, ...countsOf(report), problems: problems.length });
  return [
    ...findings.map(
      (finding) => `${heading(finding, placeOf(finding))}\n  ${finding.message}\n  fix: ${finding.fix}\n`,
    ),
    ...acknowledged.map(
      ({ finding, reason }) => `${heading(finding, placeOf(finding), 'acknowledged')}\n  reason: ${reason}\n`,
    ),
    ...notChecked.map(
      (object) =>
        `${fileOf(object)}: not checked: ${showObject(object)} (${object.apiVersion}): no rule knows its fields; names and literal secrets were checked\n`,
    ),
    ...problems.map(
      ({ file, line, message }) => `${file}${line === undefined ? '' : `:${line}`}: problem: ${message}\n`,
    ),
    `${counts.map(([what, count]) => `${count} ${what}`).join(', ')}\n`,
  ].join('');
}

function heading({ rule, level, object, path }: Finding, { file, line }: Place, weight: string = level): string {
  const place = file === undefined ? '' : `${file}:${line ?? 1}: `;
  const field = path.length === 0 ? '' : `: ${showPath(path)}`;
  return `${place}${weight} ${rule}: ${object === undefined ? 'app' : showObject(object)}${field}`;
}
