import { showObject } from '../../../manifests/manifest';
import type { FieldChange } from '../fields';
import { type ChangeOutcome, type ObjectChange, outcomeOf, placed } from '../objects';
import type { PublishResult } from '../result';
import { headline, unjudged } from './headline';
import { showValues } from './values';

const SIGNS: Readonly<Record<ChangeOutcome, string>> = { added: '+', changed: '~', removed: '-', unchanged: ' ' };

/** For people and terminals: what becomes of each object, then what to look at twice, and how much of what at the end. */
export function formatHuman(result: PublishResult): string {
  const { objects, warnings, refusals, diff } = result;
  return [
    ...(diff === undefined || diff === '' ? [] : [`${diff}\n`]),
    ...objects.filter((change) => outcomeOf(change) !== 'unchanged' || hasMoved(change)).map(showChange),
    ...warnings.map(
      ({ object, path, message, effect }) =>
        `! ${showObject(object)}${path === '' ? '' : `: ${path}`}: ${message}\n    in the cluster: ${effect}\n`,
    ),
    ...(result.judged ? [] : [`! ${unjudged}\n`]),
    ...refusals.map(
      ({ file, line, message }) => `${file}${line === undefined ? '' : `:${line}`}: refused: ${message}\n`,
    ),
    `${headline(result)}\n`,
  ].join('');
}

function showChange(change: ObjectChange): string {
  const { object, file } = placed(change);
  const outcome = outcomeOf(change);
  const where = hasMoved(change) ? `${change.before?.file ?? ''} → ${file}` : file;
  const name = `${SIGNS[outcome]} ${hasMoved(change) && outcome === 'unchanged' ? 'moved' : outcome} ${showObject(object)}`;
  return `${name}  (${where})\n${change.fields.map(showField).join('')}`;
}

function hasMoved({ before, after }: ObjectChange): boolean {
  return before !== undefined && after !== undefined && before.file !== after.file;
}

function showField({ path, before, after }: FieldChange): string {
  const values = showValues(before, after);
  if (values.before === undefined) return `    + ${path}: ${values.after ?? ''}\n`;
  if (values.after === undefined) return `    - ${path}: ${values.before}\n`;
  return `    ~ ${path}: ${values.before} → ${values.after}\n`;
}
