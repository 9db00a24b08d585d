/**
 * Writes the committed renders: main.ts into test/golden/, and each examples/<name>/main.ts into examples/<name>/rendered/. Then the pages
 * and the picture that are made from them.
 *
 *   npm run golden                     all programs
 *   npm run golden -- <program> …      the named ones
 *
 * What an example with a publish.sh renders is published into its repository/, too.
 *
 * A directory is replaced as a whole, and only once its program has succeeded.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const projectDirectory = dirname(dirname(fileURLToPath(import.meta.url)));
const examplesDirectory = join(projectDirectory, 'examples');

function allPrograms() {
  const examples = existsSync(examplesDirectory) ? readdirSync(examplesDirectory) : [];
  return ['main.ts', ...examples.map((name) => join('examples', name, 'main.ts'))].filter((program) =>
    existsSync(join(projectDirectory, program)),
  );
}

const renderedDirectory = (program) =>
  dirname(program) === '.' ? join('test', 'golden') : join(dirname(program), 'rendered');

function runScript(script, environment = {}) {
  execFileSync(process.execPath, ['scripts/run.mjs', script], {
    cwd: projectDirectory,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function render(program) {
  const temporary = mkdtempSync(join(tmpdir(), 'cdk8s-nim-golden-'));
  try {
    runScript(program, { CDK8S_OUTDIR: temporary });
    const target = join(projectDirectory, renderedDirectory(program));
    rmSync(target, { recursive: true, force: true });
    cpSync(temporary, target, { recursive: true });
    console.log(`${program} -> ${renderedDirectory(program)}`);
    publish(dirname(program), target);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function publish(example, rendered) {
  if (!existsSync(join(projectDirectory, example, 'publish.sh'))) return;
  const repository = join(projectDirectory, example, 'repository');
  execFileSync('sh', [join(example, 'publish.sh'), rendered, repository], {
    cwd: projectDirectory,
    env: { ...process.env, CDK8S_NIM: 'node scripts/cli.mjs' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  console.log(`${rendered} -> ${relative(projectDirectory, repository)}`);
}

try {
  const named = process.argv.slice(2).map((program) => relative(projectDirectory, program));
  for (const program of named.length > 0 ? named : allPrograms()) {
    if (basename(program) !== 'main.ts') throw new Error(`${program} is no program: name a main.ts`);
    render(program);
  }
  runScript('scripts/docs/write.ts');
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
}
