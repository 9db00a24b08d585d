import { groupKindOf } from '../../manifests/manifest';
import { readObjects } from '../documents';
import type { FilePlan } from './plan';

/** How many lines around a change are shown. */
const CONTEXT = 3;
/** Above this many steps two texts have so little in common that one replaces the other. */
const MOST_STEPS = 1000;

interface Line {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** The lines of all files that a plan changes, in the form of `diff --unified`. Files with a Secret are only named. */
export function diffOfFiles({ writes, removals, before }: FilePlan): string {
  const paths = [...writes.keys(), ...removals].sort();
  return paths
    .map((path) => {
      const [old, now] = [before.get(path), writes.get(path)];
      const head = `--- ${old === undefined ? '/dev/null' : `a/${path}`}\n+++ ${now === undefined ? '/dev/null' : `b/${path}`}\n`;
      return [old, now].some((text) => text !== undefined && holdsSecret(path, text))
        ? `${head}(not shown: it has a Secret, or is no manifest)\n`
        : head + unifiedDiff(old ?? '', now ?? '');
    })
    .join('');
}

/** Whether a Secret is in a text, or nobody knows what is. */
function holdsSecret(file: string, text: string): boolean {
  const { objects, problems } = readObjects({ file, text });
  return problems.length > 0 || objects.some(({ object }) => groupKindOf(object) === '/Secret');
}

/** The lines that differ, with some around them. */
export function unifiedDiff(before: string, after: string): string {
  const lines = compareLines(linesOf(before), linesOf(after));
  const shown = lines.map((_, index) =>
    lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(({ sign }) => sign !== ' '),
  );
  let [old, now] = [1, 1];
  let text = '';
  for (let start = 0; start < lines.length;) {
    if (shown[start] !== true) {
      [old, now, start] = [old + 1, now + 1, start + 1];
      continue;
    }
    const end = shown.indexOf(false, start);
    const hunk = lines.slice(start, end === -1 ? lines.length : end);
    const [removed, added] = ['+', '-'].map((other) => hunk.filter(({ sign }) => sign !== other).length);
    text += `@@ -${rangeOf(old, removed)} +${rangeOf(now, added)} @@\n`;
    text += hunk.map((line) => `${line.sign}${line.text}\n`).join('');
    [old, now, start] = [old + (removed ?? 0), now + (added ?? 0), start + hunk.length];
  }
  return text;
}

function rangeOf(first: number, count = 0): string {
  return `${count === 0 ? first - 1 : first},${count}`;
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** The shortest way from one list of lines to the other (Myers, 1986). */
function compareLines(before: readonly string[], after: readonly string[]): Line[] {
  const same = (x: number, y: number): boolean => x < before.length && y < after.length && before[x] === after[y];
  const reach = new Map<number, number>([[1, 0]]);
  const trace: Map<number, number>[] = [];
  for (let steps = 0; steps <= Math.min(before.length + after.length, MOST_STEPS); steps += 1) {
    trace.push(new Map(reach));
    for (let diagonal = -steps; diagonal <= steps; diagonal += 2) {
      let x = isDown(diagonal, steps, reach) ? (reach.get(diagonal + 1) ?? 0) : (reach.get(diagonal - 1) ?? 0) + 1;
      while (same(x, x - diagonal)) x += 1;
      reach.set(diagonal, x);
      if (x >= before.length && x - diagonal >= after.length) {
        return wayBack(trace, before, after);
      }
    }
  }
  return [...before.map((text): Line => ({ sign: '-', text })), ...after.map((text): Line => ({ sign: '+', text }))];
}

/** Whether the next step on a diagonal takes a line of the second text, and not one away from the first. */
function isDown(diagonal: number, steps: number, reach: ReadonlyMap<number, number>): boolean {
  return (
    diagonal === -steps || (diagonal !== steps && (reach.get(diagonal - 1) ?? -1) < (reach.get(diagonal + 1) ?? -1))
  );
}

function wayBack(
  trace: readonly ReadonlyMap<number, number>[],
  before: readonly string[],
  after: readonly string[],
): Line[] {
  const lines: Line[] = [];
  let [x, y] = [before.length, after.length];
  for (let steps = trace.length - 1; steps >= 0; steps -= 1) {
    const reach = trace[steps] ?? new Map<number, number>();
    const diagonal = x - y;
    const previous = isDown(diagonal, steps, reach) ? diagonal + 1 : diagonal - 1;
    const startX = steps === 0 ? 0 : (reach.get(previous) ?? 0);
    const startY = steps === 0 ? 0 : startX - previous;
    while (x > startX && y > startY) {
      x -= 1;
      y -= 1;
      lines.push({ sign: ' ', text: before[x] ?? '' });
    }
    if (steps > 0) {
      lines.push(x === startX ? { sign: '+', text: after[startY] ?? '' } : { sign: '-', text: before[startX] ?? '' });
    }
    [x, y] = [startX, startY];
  }
  return lines.reverse();
}
