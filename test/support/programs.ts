import { App, type AppProps } from 'cdk8s';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { vi } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { rememberedText } from '../../lib/common/remembered-text';
import { isManifest, type Manifest } from '../../lib/manifests/manifest';

/** The files below a directory with their contents; names use "/". */
export function filesIn(directory: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(directory.length + 1).replaceAll(sep, '/'), readFileSync(path, 'utf8')] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Runs `use` with a temporary directory that is gone afterwards. */
export function withDirectory<Result>(use: (directory: string) => Result): Result {
  const directory = mkdtempSync(join(tmpdir(), 'cdk8s-nim-'));
  try {
    return use(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** What a program leaves behind: its error, if it ended with one, and the files it wrote. */
export interface Outcome {
  readonly error: string | undefined;
  readonly files: string[];
}

/** Runs a program that builds an app and writes it, like `main.ts` does. */
export function runApp(build: (app: App) => void, props: AppProps = {}): Outcome {
  return withDirectory((outdir) => {
    let error: string | undefined;
    try {
      const app = new App({ ...props, outdir });
      build(app);
      app.synth();
    } catch (thrown) {
      error = thrown instanceof Error ? thrown.message : String(thrown);
    }
    return { error, files: Object.keys(filesIn(outdir)) };
  });
}

const projectDirectory = join(__dirname, '../..');

/** A program of this repository and the directory of its committed render. */
export interface GoldenProgram {
  readonly program: string;
  readonly golden: string;
}

/**
 * The programs with a committed render: `main.ts` and the examples. The tests of `npm test` read the committed render of `main.ts`
 * and never run it, because people edit it; CI compares the two.
 */
export function goldenPrograms(): GoldenProgram[] {
  return [{ program: 'main.ts', golden: join(projectDirectory, 'test/golden') }, ...examplePrograms()];
}

/** Every `examples/<name>/main.ts`; `npm run golden` writes their renders. */
export function examplePrograms(): GoldenProgram[] {
  const examples = join(projectDirectory, 'examples');
  return readdirSync(examples)
    .sort()
    .filter((name) => existsSync(join(examples, name, 'main.ts')))
    .map((name) => ({ program: `examples/${name}/main.ts`, golden: join(examples, name, 'rendered') }));
}

/** The objects of the committed render below a directory. Read once for all tests: change copies. */
export const committedObjects = rememberedText((directory): readonly Manifest[] =>
  Object.entries(filesIn(directory))
    .filter(([file]) => file.endsWith('.yaml'))
    .flatMap(([, text]) => parseAllDocuments(text))
    .map((document): unknown => document.toJS())
    .filter(isManifest),
);

/** Runs a program in this process, which takes a tenth of one of its own. */
export async function renderHere(program: string): Promise<Record<string, string>> {
  const directory = mkdtempSync(join(tmpdir(), 'cdk8s-nim-'));
  vi.stubEnv('CDK8S_OUTDIR', directory);
  try {
    await import(resolve(projectDirectory, program));
    return filesIn(directory);
  } finally {
    vi.unstubAllEnvs();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Runs a program of this repository like `cdk8s synth` does, and returns the files that it writes. */
export async function renderProgram(program: string): Promise<Record<string, string>> {
  const directory = mkdtempSync(join(tmpdir(), 'cdk8s-nim-'));
  try {
    await promisify(execFile)(process.execPath, ['scripts/run.mjs', program], {
      cwd: projectDirectory,
      env: { ...process.env, CDK8S_OUTDIR: directory },
    });
    return filesIn(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
