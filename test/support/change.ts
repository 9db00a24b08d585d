import { transformSync } from 'esbuild';
import * as cdk8s from 'cdk8s';
import * as cdk8sPlus from 'cdk8s-plus-28';
import * as cdk8sNim from 'cdk8s-nim';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesIn } from './programs';

const PACKAGES: Readonly<Record<string, unknown>> = { cdk8s, 'cdk8s-plus-28': cdk8sPlus, 'cdk8s-nim': cdk8sNim };

/** The programs that were compiled, by their texts: each takes a process of esbuild. */
const compiled = new Map<string, string>();

function compile(text: string): string {
  const code = compiled.get(text) ?? transformSync(text, { loader: 'ts', format: 'cjs' }).code;
  compiled.set(text, code);
  return code;
}

/** What the text of a program renders, in this process. */
export function renderText(text: string, environment: Readonly<Record<string, string>> = {}): Record<string, string> {
  const directory = mkdtempSync(join(tmpdir(), 'cdk8s-nim-'));
  const { CDK8S_OUTDIR: before } = process.env;
  try {
    // cdk8s itself reads where to write; the program gets an environment of its own.
    process.env['CDK8S_OUTDIR'] = directory;
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- a program of this repository, changed by a test
    const program = new Function('require', 'exports', 'process', compile(text)) as (...args: unknown[]) => void;
    program((name: string) => PACKAGES[name], {}, { env: environment });
    return filesIn(directory);
  } finally {
    if (before === undefined) delete process.env['CDK8S_OUTDIR'];
    else process.env['CDK8S_OUTDIR'] = before;
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Which files differ, and in how many lines: those that are gone and those that are new. */
export function changedLines(before: Record<string, string>, after: Record<string, string>): Record<string, number> {
  return Object.fromEntries(
    [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((file) => {
      const lines = differingLines(before[file] ?? '', after[file] ?? '');
      return lines === 0 ? [] : [[file, lines]];
    }),
  );
}

/** The length of the shortest list of lines to remove and to add, as `git diff --stat` counts. */
function differingLines(before: string, after: string): number {
  if (before === after) return 0;
  const [old, now] = [before, after].map((text) => text.split('\n').slice(0, -1)) as [string[], string[]];
  let row = new Array<number>(now.length + 1).fill(0);
  for (const line of old) {
    const next = [0];
    now.forEach((other, index) => {
      next.push(line === other ? row[index]! + 1 : Math.max(row[index + 1]!, next[index]!));
    });
    row = next;
  }
  return old.length + now.length - 2 * row.at(-1)!;
}
