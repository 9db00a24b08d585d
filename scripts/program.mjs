/**
 * Runs a TypeScript program from its sources: nothing is built beforehand, nothing is left behind, nothing can be stale.
 * esbuild joins the program and the library in memory; packages stay outside and are loaded as usual.
 */
import { buildSync } from 'esbuild';
import Module from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const projectDirectory = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs `entry` in this process. With DEBUG set, stack traces name the lines of the sources. */
export function runProgram(entry) {
  const path = resolve(entry);
  const debug = Boolean(process.env.DEBUG);
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
    sourcemap: debug ? 'inline' : false,
    logLevel: 'silent',
    outfile: path.replace(/\.[cm]?ts$/, '.js'),
    write: false,
  });
  if (debug) process.setSourceMapsEnabled(true);
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
  if (process.env.DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  process.exit(1);
}
