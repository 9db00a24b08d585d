import { OUTCOMES, outcomeOf } from '../objects';
import { RECORD_FILE } from '../record';
import type { PublishResult } from '../result';

/** What a summary says when the guardrails were not asked. */
export const unjudged = 'the guardrails did not judge this render (--no-check)';

/** The whole run in one line. */
export function headline(result: PublishResult): string {
  const { target, done, refusals } = result;
  const counts = countsOf(result);
  const objects = OUTCOMES.map((outcome) => `${counts[outcome]} ${outcome}`).join(', ');
  switch (done) {
    case 'published':
      return `${target}: ${objects}; ${filesOf(result, ['written or removed', 'written'])}`;
    case 'compared':
      return `${target}: ${objects}; ${filesOf(result, ['to write or remove', 'to write'])}; nothing was written (--check)`;
    case 'refused':
      return `${target}: ${objects}; nothing was written: ${refusals.length} refused`;
  }
}

/** @param words what becomes of the files, and of the record alone. */
function filesOf({ written, removed, recordChanges }: PublishResult, [what, alone]: readonly [string, string]): string {
  const files = written.length + removed.length;
  if (files > 0) {
    return `${files} ${files === 1 ? 'file' : 'files'} ${what}`;
  }
  return recordChanges ? `no file but ${RECORD_FILE} ${alone}` : 'nothing to write';
}

/** How many objects were added, changed, removed, and are as before. */
export function countsOf({ objects }: PublishResult): Record<(typeof OUTCOMES)[number], number> {
  const counts = { added: 0, changed: 0, removed: 0, unchanged: 0 };
  for (const change of objects) counts[outcomeOf(change)] += 1;
  return counts;
}
