/**
 * Checks the types of a program while it renders, with the native compiler of TypeScript 7: faster than the render, and beside it.
 * Where that compiler has no build for the platform, the one of the linter does the same more slowly. Never without a word.
 *
 * The compiler keeps the declarations of the library, so that a changed program is read with these and not with all sources, and an
 * unchanged one is not read at all. Of the types of Node.js, which are more than all else, it reads those that every program uses.
 * What it says then is asked for again with all sources and types before it counts as a type error: a program may use more of Node.js,
 * and two first runs at once write the declarations at once.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const projectDirectory = dirname(dirname(fileURLToPath(import.meta.url)));
const CACHE = join(projectDirectory, 'node_modules/.cache/cdk8s-nim');
/** The library as a project of its own, whose declarations the compiler keeps. */
const LIBRARY = join(CACHE, 'library.json');
const OF_ANY_PLACE = { typeRoots: [join(projectDirectory, 'node_modules/@types')] };
/** What is not used yet is no reason not to look at a render. */
const OF_A_PROGRAM = { ...OF_ANY_PLACE, noUnusedLocals: false, noUnusedParameters: false };
/** `process` and `console`. What these take from modules of Node.js is of any type, until a program imports such a module. */
const NODE_TYPES = ['process', 'globals', 'console'].map((name) =>
  join(projectDirectory, 'node_modules/@types/node', `${name}.d.ts`),
);
const { resolve: pathOf } = createRequire(import.meta.url);
/** The native compiler is done before it needs the memory that Go would collect meanwhile, which takes a quarter of its time. */
const env = { GOGC: 'off', GOMEMLIMIT: '1GiB', ...process.env };

/** Begins to check a program. A type error ends this process with exit code 1 and the compiler's message, whatever else happens. */
export function checkTypes(entry) {
  const { built, whole, usesNode, temporary } = configurationsFor(resolve(entry));
  const { command, options } = compiler();
  const [program, ...script] = command;
  const check = spawn(program, [...script, '-b', built, ...options], { stdio: 'ignore', env });
  let done = false;
  const finished = new Promise((resolve) => {
    check.on('error', () => resolve(finish(1)));
    check.on('close', (status) => resolve(finish(status)));
  });
  // A program that ends the process itself does not wait.
  process.on('exit', (code) => {
    if (done || code !== 0) return;
    check.kill();
    finish(1);
  });
  if (temporary !== undefined) process.on('exit', () => rmSync(temporary, { recursive: true, force: true }));
  function finish(builtStatus) {
    if (done) return;
    done = true;
    if (builtStatus === 0) return;
    const { status, stdout, error } = spawnSync(program, [...script, '-p', whole, ...options], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      env,
    });
    if (status === 0) {
      writeFileSync(usesNode, '');
      return;
    }
    process.stderr.write(error ? `error: the types were not checked: ${error.message}\n` : stdout);
    process.exitCode = 1;
  }
  return finished;
}

/** The command of a TypeScript compiler, and its options. The native one leaves the other processors to the render. */
function compiler() {
  const name = process.platform === 'win32' ? 'tsc.exe' : 'tsc';
  const pretty = ['--pretty', `${process.stderr.isTTY === true}`];
  try {
    const native = dirname(pathOf(`@typescript/typescript-${process.platform}-${process.arch}/package.json`));
    return { command: [join(native, 'lib', name)], options: ['--singleThreaded', ...pretty] };
  } catch {
    return { command: [process.execPath, pathOf('typescript/bin/tsc')], options: pretty };
  }
}

/**
 * The configurations for one program: with the declarations of the library, and with its sources. What the compiler remembers of a
 * program of this project is kept for the next time; of another one nothing is.
 */
function configurationsFor(path) {
  const isOurs = path.startsWith(`${projectDirectory}${sep}`);
  const directory = isOurs ? CACHE : mkdtempSync(join(tmpdir(), 'cdk8s-nim-types-'));
  const name = createHash('sha256').update(path).digest('hex').slice(0, 16);
  const remembered = (file) =>
    isOurs ? { incremental: true, tsBuildInfoFile: file.replace(/json$/, 'tsbuildinfo') } : {};
  const built = join(directory, `${name}.json`);
  const whole = join(directory, `${name}.whole.json`);
  // That a program uses more of Node.js is found once.
  const usesNode = join(directory, `${name}.node`);
  const ofNode = existsSync(usesNode) ? { files: [], types: {} } : { files: NODE_TYPES, types: { types: [] } };
  mkdirSync(CACHE, { recursive: true });
  writeLibraryConfiguration();
  writeConfiguration(built, {
    files: [path, ...ofNode.files],
    references: [{ path: LIBRARY }],
    compilerOptions: { ...OF_A_PROGRAM, ...ofNode.types, ...remembered(built) },
  });
  writeConfiguration(whole, { files: [path], compilerOptions: { ...OF_A_PROGRAM, ...remembered(whole) } });
  return { built, whole, usesNode, temporary: isOurs ? undefined : directory };
}

function writeLibraryConfiguration() {
  writeConfiguration(LIBRARY, {
    include: ['lib', 'imports'].map((name) => join(projectDirectory, name)),
    exclude: [join(projectDirectory, 'lib/cli')],
    compilerOptions: {
      ...OF_ANY_PLACE,
      composite: true,
      noEmit: false,
      emitDeclarationOnly: true,
      rootDir: projectDirectory,
      outDir: join(CACHE, 'library'),
      tsBuildInfoFile: join(CACHE, 'library.tsbuildinfo'),
    },
  });
}

/** Writes a configuration if it is another one: the compiler reads everything again where it was written since. */
function writeConfiguration(file, content) {
  const text = JSON.stringify({ extends: join(projectDirectory, 'tsconfig.json'), include: [], ...content });
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  const prepared = `${file}.${process.pid}`;
  writeFileSync(prepared, text);
  renameSync(prepared, file);
}
