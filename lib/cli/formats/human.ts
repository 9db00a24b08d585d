import type { Finding } from '../../guardrails/finding';
import { countsOf } from '../../guardrails/report';
import { showPath } from '../../manifests/fields';
import { groupBy } from '../../manifests/grouping';
import { showObject } from '../../manifests/manifest';
import { type CheckResult, nothingJudged, type Place } from '../result';

/** For people and terminals: first what could not be read, because findings may follow from it; each fix once. */
export function formatHuman(result: CheckResult): string {
  const { report, problems, objects, placeOf, fileOf } = result;
  const { findings, acknowledged, notChecked, leftOut } = report;
  const counts = Object.entries({ objects, ...countsOf(report), problems: problems.length });
  // Places are looked up in the order of the files, before the findings are grouped.
  const placed = findings.map((finding) => ({
    rule: finding.rule,
    fix: finding.fix,
    text: `${heading(finding, placeOf(finding))}\n  ${finding.message}\n`,
  }));
  return [
    ...problems.map(
      ({ file, line, message }) => `${file}${line === undefined ? '' : `:${line}`}: problem: ${message}\n`,
    ),
    ...[...groupBy(placed, ({ rule }) => rule).values()].map(
      (same) => `${same.map(({ text }) => text).join('')}  fix: ${same[0]?.fix ?? ''}\n`,
    ),
    ...acknowledged.map(
      ({ finding, reason }) => `${heading(finding, placeOf(finding), 'acknowledged')}\n  reason: ${reason}\n`,
    ),
    ...notChecked.map(
      (object) =>
        `${fileOf(object)}: not checked: ${showObject(object)} (${object.apiVersion}): no rule knows its fields; names and literal secrets were checked\n`,
    ),
    ...leftOut.map((object) => `${fileOf(object)}: left out: ${showObject(object)}: of another application\n`),
    ...(nothingJudged(result) ? ['nothing was judged: no rule knows the fields of any of these objects\n'] : []),
    `${counts.map(([what, count]) => `${count} ${what}`).join(', ')}\n`,
  ].join('');
}

function heading({ rule, level, object, path }: Finding, { file, line }: Place, weight: string = level): string {
  const place = file === undefined ? '' : `${file}:${line ?? 1}: `;
  const field = path.length === 0 ? '' : `: ${showPath(path)}`;
  return `${place}${weight} ${rule}: ${object === undefined ? 'app' : showObject(object)}${field}`;
}
