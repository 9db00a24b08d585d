import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unifiedDiff } from '../../../lib/cli/publish/lines';

const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

/** The second text, made from the first one as a patch program does it. */
function patched(before: readonly string[], diff: string): string[] {
  const result: string[] = [];
  let next = 0;
  for (const line of diff.split('\n').slice(0, -1)) {
    const [, start, count] = /^@@ -(\d+),(\d+) \+\d+,\d+ @@$/.exec(line) ?? [];
    if (start !== undefined) {
      const first = Number(count) === 0 ? Number(start) : Number(start) - 1;
      result.push(...before.slice(next, first));
      next = first;
    } else if (line.startsWith('+')) {
      result.push(line.slice(1));
    } else {
      expect(before[next]).toBe(line.slice(1));
      next += 1;
      if (line.startsWith(' ')) result.push(line.slice(1));
    }
  }
  return [...result, ...before.slice(next)];
}

describe('the lines that differ', () => {
  it('are shown with three lines around them, in hunks', () => {
    const lines = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`);
    const changed = lines.map((line) => (line === 'line 2' || line === 'line 25' ? `${line}!` : line));
    expect(unifiedDiff(text(lines), text(changed))).toBe(`@@ -1,5 +1,5 @@
 line 1
-line 2
+line 2!
 line 3
 line 4
 line 5
@@ -22,7 +22,7 @@
 line 22
 line 23
 line 24
-line 25
+line 25!
 line 26
 line 27
 line 28
`);
  });

  it('are none of two texts that are the same', () => {
    expect(unifiedDiff('a\nb\n', 'a\nb\n')).toBe('');
  });

  it('are all of a new text', () => {
    expect(unifiedDiff('', 'a\nb\n')).toBe('@@ -0,0 +1,2 @@\n+a\n+b\n');
  });

  it('make the second text of the first one', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 });
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        expect(patched(before, unifiedDiff(text(before), text(after)))).toEqual(after);
      }),
    );
  });

  it('are replaced as a whole where two texts have little in common', () => {
    const before = Array.from({ length: 1500 }, (_, index) => `a${index}`);
    const after = Array.from({ length: 1500 }, (_, index) => `b${index}`);
    expect(patched(before, unifiedDiff(text(before), text(after)))).toEqual(after);
  });
});
