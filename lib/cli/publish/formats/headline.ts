import { OUTCOMES, outcomeOf } from '../objects';
import type { PublishResult } from '../result';

/** What a summary says when the guardrails were not asked. */
export const unjudged = 'the guardrails did not judge this render (--no-check)';

/** The whole run in one line. */
export function headline(result: PublishResult): string {
  const { target, done, written, removed, refusals } = result;
  const counts = countsOf(result);
  const files = written.length + removed.length;
  const objects = OUTCOMES.map((outcome) => `${counts[outcome]} ${outcome}`).join(', ');
  switch (done) {
    case 'published':
      return `${target}: ${objects}; ${files === 0 ? 'nothing to write' : `${files} ${files === 1 ? 'file' : 'files'} written or removed`}`;
    case 'compared':
      return `${target}: ${objects}; ${files === 0 ? 'nothing to write' : `${files} ${files === 1 ? 'file' : 'files'} to write or remove`}; nothing was written (--check)`;
    case 'refused':
      return `${target}: ${objects}; nothing was written: ${refusals.length} refused`;
  }
}

/** How many objects were added, changed, removed, and are as before. */
export function countsOf({ objects }: PublishResult): Record<(typeof OUTCOMES)[number], number> {
  const counts = { added: 0, changed: 0, removed: 0, unchanged: 0 };
  for (const change of objects) counts[outcomeOf(change)] += 1;
  return counts;
}
