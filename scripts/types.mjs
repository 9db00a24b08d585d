/**
 * Checks the types of a program while it renders, with the native compiler of TypeScript 7: as fast as the render, and beside it.
 * Where that compiler has no build for the platform, the one of the linter does the same more slowly. Never without a word.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const projectDirectory = dirname(dirname(fileURLToPath(import.meta.url)));
const CACHE = join(projectDirectory, 'node_modules/.cache/cdk8s-nim');
const { resolve: pathOf } = createRequire(import.meta.url);
/** The native compiler is done before it needs the memory that Go would collect meanwhile, which takes a quarter of its time. */
const env = { GOGC: 'off', GOMEMLIMIT: '1GiB', ...process.env };

/** Begins to check a program. A type error ends this process with exit code 1 and the compiler's message, whatever else happens. */
export function checkTypes(entry) {
  const { file, temporary } = configurationFor(resolve(entry));
  const [program, ...args] = [...compiler(), '-p', file, '--pretty', `${process.stderr.isTTY === true}`];
  const check = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'], env });
  let output = '';
  let done = false;
  check.stdout.on('data', (text) => (output += text));
  const finished = new Promise((resolve) => {
    check.on('error', (error) => resolve(finish(1, `error: the types were not checked: ${error.message}\n`)));
    check.on('close', (status) => resolve(finish(status, output)));
  });
  // A program that ends the process itself does not wait.
  process.on('exit', (code) => {
    if (done || code !== 0) return;
    check.kill();
    const { status, stdout, error } = spawnSync(program, args, { encoding: 'utf8', env });
    finish(status, error ? `error: the types were not checked: ${error.message}\n` : stdout);
  });
  if (temporary !== undefined) process.on('exit', () => rmSync(temporary, { recursive: true, force: true }));
  function finish(status, text) {
    if (done) return;
    done = true;
    if (status === 0) return;
    process.stderr.write(text);
    process.exitCode = 1;
  }
  return finished;
}

/** The command of a TypeScript compiler. The native one leaves the other processors to the render. */
function compiler() {
  const name = process.platform === 'win32' ? 'tsc.exe' : 'tsc';
  try {
    return [
      join(dirname(pathOf(`@typescript/typescript-${process.platform}-${process.arch}/package.json`)), 'lib', name),
      '--singleThreaded',
    ];
  } catch {
    return [process.execPath, pathOf('typescript/bin/tsc')];
  }
}

/**
 * A configuration for one program. What the compiler remembers of a program of this project is kept for the next time; of another one
 * nothing is.
 */
function configurationFor(path) {
  const isOurs = path.startsWith(`${projectDirectory}${sep}`);
  const directory = isOurs ? CACHE : mkdtempSync(join(tmpdir(), 'cdk8s-nim-types-'));
  const name = createHash('sha256').update(path).digest('hex').slice(0, 16);
  const file = join(directory, `${name}.json`);
  mkdirSync(directory, { recursive: true });
  writeFileSync(
    file,
    JSON.stringify({
      extends: join(projectDirectory, 'tsconfig.json'),
      files: [path],
      include: [],
      compilerOptions: {
        typeRoots: [join(projectDirectory, 'node_modules/@types')],
        ...(isOurs ? { incremental: true, tsBuildInfoFile: join(directory, `${name}.tsbuildinfo`) } : {}),
        // What is not used yet is no reason not to look at a render.
        noUnusedLocals: false,
        noUnusedParameters: false,
      },
    }),
  );
  return { file, temporary: isOurs ? undefined : directory };
}
