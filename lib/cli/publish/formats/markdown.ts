import { showObject } from '../../../manifests/manifest';
import { type ObjectChange, outcomeOf, placed } from '../objects';
import type { PublishResult } from '../result';
import { headline, unjudged } from './headline';
import { showValues } from './values';

/** A fence that no text of a manifest ends. */
const FENCE = '````````';

/** For the description of a pull request: what to look at twice first, then a row for each field. */
export function formatMarkdown(result: PublishResult): string {
  const { objects, warnings, refusals, diff } = result;
  const rows = objects.filter((change) => outcomeOf(change) !== 'unchanged').flatMap(rowsOf);
  const notes = [
    ...refusals.map(
      ({ file, line, message }) =>
        `**Refused:** ${code(`${file}${line === undefined ? '' : `:${line}`}`)}: ${plain(message)}`,
    ),
    ...warnings.map(
      ({ object, path, message, effect }) =>
        `**${plain(showObject(object))}**${path === '' ? '' : ` ${code(path)}`}: ${plain(message)}. In the cluster: ${plain(effect)}.`,
    ),
    ...(result.judged ? [] : [`${plain(unjudged)}.`]),
  ];
  return [
    `**${plain(headline(result))}**\n`,
    ...(notes.length === 0 ? [] : [`> [!WARNING]\n${notes.map((note) => `> - ${note}\n`).join('')}`]),
    ...(rows.length === 0 ? [] : [`| | object | field | before | after |\n|---|---|---|---|---|\n${rows.join('')}`]),
    ...(diff === undefined || diff === ''
      ? []
      : [`<details><summary>The lines</summary>\n\n${FENCE}diff\n${diff}${FENCE}\n\n</details>\n`]),
  ].join('\n');
}

function rowsOf(change: ObjectChange): string[] {
  const { object } = placed(change);
  const outcome = outcomeOf(change);
  if (outcome !== 'changed') {
    return [row(outcome, plain(showObject(object)), '', '', '')];
  }
  return change.fields.map(({ path, before, after }, index) => {
    const values = showValues(before, after);
    const name = index === 0 ? [outcome, plain(showObject(object))] : ['', ''];
    return row(...name, code(path), cell(values.before), cell(values.after));
  });
}

function row(...cells: string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

function cell(value: string | undefined): string {
  return value === undefined ? '' : code(value);
}

/** Code in a cell: a bar would end the cell, a backtick the code. */
function code(text: string): string {
  const fence = '`'.repeat(Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length)) + 1);
  const space = /^`|`$/.test(text) ? ' ' : '';
  return `${fence}${space}${text.replaceAll('|', '\\|')}${space}${fence}`;
}

/** Text that means nothing to Markdown. */
function plain(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>|#]/g, '\\$&').replaceAll(/\s*\n\s*/g, ' ');
}
