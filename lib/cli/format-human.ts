import { RuleLevel } from '../guardrails/rule';
import { showObject } from '../manifests/manifest';
import type { CheckResult, PlacedFinding } from './result';

/** For people and terminals. */
export function formatHuman({ findings, acknowledged, notChecked, problems, objects }: CheckResult): string {
  const errors = findings.filter(({ level }) => level === RuleLevel.ERROR).length;
  return [
    ...findings.map((finding) => `${heading(finding)}\n  ${finding.message}\n  fix: ${finding.fix}\n`),
    ...acknowledged.map(({ finding, reason }) => `${heading(finding, 'acknowledged')}\n  reason: ${reason}\n`),
    ...notChecked.map(
      ({ apiVersion, object, file }) =>
        `${file}: not checked: ${showObject(object)} (${apiVersion}): no rule knows its fields; names and literal secrets were checked\n`,
    ),
    ...problems.map(
      ({ file, line, message }) => `${file}${line === undefined ? '' : `:${line}`}: problem: ${message}\n`,
    ),
    [
      `${objects} objects`,
      `${errors} errors`,
      `${findings.length - errors} warnings`,
      `${acknowledged.length} acknowledged`,
      `${notChecked.length} not checked`,
      `${problems.length} problems`,
    ].join(', ') + '\n',
  ].join('');
}

function heading(finding: PlacedFinding, level: string = finding.level): string {
  const place = finding.file === undefined ? '' : `${finding.file}:${finding.line ?? 1}: `;
  const namespace = finding.namespace === undefined ? '' : `${finding.namespace}/`;
  const object = finding.kind === undefined ? 'app' : `${finding.kind} ${namespace}${finding.name ?? ''}`;
  return `${place}${level} ${finding.rule}: ${object}${finding.path === '' ? '' : `: ${finding.path}`}`;
}
