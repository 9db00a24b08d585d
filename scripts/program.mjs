/**
 * Runs a TypeScript program from its sources: nothing is built beforehand, nothing is left behind, nothing can be stale.
 * esbuild joins the program and the library in memory; packages stay outside and are loaded as usual.
 */
import './compile-cache.mjs';
import Module, { createRequire } from 'node:module';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

// An `import` of a CommonJS package makes Node search its text for names, which takes longer than to run it.
const esbuild = createRequire(import.meta.url)('esbuild');

const projectDirectory = dirname(dirname(fileURLToPath(import.meta.url)));

let entryPath;

/** Runs `entry` in this process. */
export async function runProgram(entry) {
  const path = resolve(entry);
  const { outputFiles } = await esbuild.build(optionsFor(path));
  await esbuild.stop();
  const [{ text }] = outputFiles;
  entryPath = path;
  showPositionsOfSources(path, text);
  const program = new Module(path);
  program.filename = path;
  program.paths = Module._nodeModulePaths(dirname(path));
  process.mainModule = program; // so that `require.main === module` holds in the program
  program._compile(text, path);
}

function optionsFor(path) {
  return {
    absWorkingDir: projectDirectory,
    entryPoints: [path],
    alias: { 'cdk8s-nim': './lib/index.ts' },
    bundle: true,
    format: 'cjs',
    packages: 'external',
    platform: 'node',
    target: `node${process.versions.node}`,
    keepNames: true,
    logLevel: 'silent',
    outfile: path.replace(/\.[cm]?ts$/, '.js'),
    write: false,
  };
}

/** Lets stacks name the lines of the sources. Most runs show none, so the source map is made for the first one. */
function showPositionsOfSources(path, text) {
  let map;
  const sourceOf = (position, line, column) => {
    map ??= sourceMapOf(path, text);
    const { originalSource, originalLine, originalColumn } = map.findEntry(line - 1, column - 1);
    return originalSource
      ? `${resolve(dirname(path), originalSource)}:${originalLine + 1}:${originalColumn + 1}`
      : position;
  };
  Error.prepareStackTrace = (error, frames) =>
    [String(error), ...frames.map((frame) => `    at ${frame}`)]
      .join('\n')
      .replaceAll(positionsIn(path), (position, line, column) => sourceOf(position, Number(line), Number(column)));
}

function positionsIn(path) {
  return new RegExp(`${path.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')}:(\\d+):(\\d+)`, 'g');
}

function sourceMapOf(path, text) {
  const { outputFiles } = esbuild.buildSync({ ...optionsFor(path), sourcemap: 'external' });
  const [map, joined] = outputFiles;
  // A source that was changed in the meantime has other lines.
  return new Module.SourceMap(joined.text === text ? JSON.parse(map.text) : { sources: [], mappings: '' });
}

/**
 * Ends the process with a message that a person can act on; DEBUG shows where it came from.
 *
 * @param others what may have more to say before the end.
 */
export function exitWithError(error, others = undefined) {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`error: ${message}\n`);
  const line = error instanceof Error ? lineOfProgram(error.stack ?? '') : undefined;
  if (line) process.stderr.write(`  at ${line}\n`);
  if (process.env.DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  if (others === undefined) process.exit(1);
  process.exitCode = 1;
  others.finally(() => process.exit(1));
}

/** The line of the program that led to an error, as `main.ts:12:1`. */
function lineOfProgram(stack) {
  const frame = stack.split('\n').find((text) => entryPath && text.includes(`${entryPath}:`));
  return frame && `${relative(process.cwd(), entryPath)}${/:\d+:\d+/.exec(frame.split(entryPath)[1])?.[0] ?? ''}`;
}
