/**
 * Runs a TypeScript program from its sources: nothing is built beforehand, nothing is left behind, nothing can be stale.
 * esbuild joins the program and the library in memory; packages stay outside and are loaded as usual.
 */
import { buildSync } from 'esbuild';
import Module from 'node:module';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const projectDirectory = dirname(dirname(fileURLToPath(import.meta.url)));

let entryPath;

/** Runs `entry` in this process. */
export function runProgram(entry) {
  const path = resolve(entry);
  const { outputFiles } = buildSync({
    absWorkingDir: projectDirectory,
    entryPoints: [path],
    alias: { 'cdk8s-nim': './lib/index.ts' },
    bundle: true,
    format: 'cjs',
    packages: 'external',
    platform: 'node',
    target: `node${process.versions.node}`,
    keepNames: true,
    sourcemap: 'inline', // so that an error names the line of the program
    logLevel: 'silent',
    outfile: path.replace(/\.[cm]?ts$/, '.js'),
    write: false,
  });
  process.setSourceMapsEnabled(true);
  entryPath = path;
  const program = new Module(path);
  program.filename = path;
  program.paths = Module._nodeModulePaths(dirname(path));
  process.mainModule = program; // so that `require.main === module` holds in the program
  program._compile(outputFiles[0].text, path);
}

/** Ends the process with a message that a person can act on; DEBUG shows where it came from. */
export function exitWithError(error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`error: ${message}\n`);
  const line = error instanceof Error ? lineOfProgram(error.stack ?? '') : undefined;
  if (line) process.stderr.write(`  at ${line}\n`);
  if (process.env.DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  process.exit(1);
}

/** The line of the program that led to an error, as `main.ts:12:1`. */
function lineOfProgram(stack) {
  const frame = stack.split('\n').find((text) => entryPath && text.includes(`${entryPath}:`));
  return frame && `${relative(process.cwd(), entryPath)}${/:\d+:\d+/.exec(frame.split(entryPath)[1])?.[0] ?? ''}`;
}
