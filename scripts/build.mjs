/**
 * Builds the package into build/, from nothing. jsii compiles the library as Python, Go and Java will get it: the types file by file,
 * and `.jsii`, which describes the public API. It refuses what not all of those languages have. Then the code of the library and that
 * of the command, compiled as ES modules, are joined into one CommonJS file each: Node loads one file in half the time of 180.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { JSII_ENVIRONMENT } from './jsii-environment.mjs';

const { bin, engines, main } = JSON.parse(readFileSync('package.json', 'utf8'));
const commands = Object.values(bin);
const entryPoints = [main, ...commands];

function compile() {
  // `namespace` is a word of C#, which nobody builds this for.
  const silenced = ['--silence-warnings', 'reserved-word'];
  const { status } = spawnSync(process.execPath, ['node_modules/jsii/bin/jsii', '--fail-on-warnings', ...silenced], {
    // What it says goes to stderr: `npm pack --json` prints its report on stdout.
    stdio: ['inherit', 2, 'inherit'],
    env: JSII_ENVIRONMENT,
  });
  if (status !== 0) process.exit(1);
}

const filesOf = (directory, end) =>
  readdirSync(directory, { recursive: true })
    .filter((file) => file.endsWith(end))
    .map((file) => join(directory, file));

function refuseInternalMembers() {
  const shown = filesOf('build', '.d.ts').filter((file) =>
    /^ +([a-z]+ )*_[a-z]|[{,] _[a-z]/m.test(readFileSync(file, 'utf8')),
  );
  for (const file of shown) console.error(`${file} shows a member that is internal`);
  if (shown.length > 0) process.exit(1);
}

function bundle() {
  const { outputFiles } = createRequire(import.meta.url)('esbuild').buildSync({
    entryPoints,
    outbase: '.',
    outdir: '.',
    write: false,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: engines.node.replace('>=', 'node'),
    keepNames: true,
  });
  for (const file of filesOf('build', '.js')) rmSync(file);
  for (const { path, contents } of outputFiles) writeFileSync(path, contents);
  // npm makes commands executable where it installs a package, and `npx` in a clone finds them as they are.
  for (const command of commands) chmodSync(command, 0o755);
}

rmSync('build', { recursive: true, force: true });
compile();
refuseInternalMembers();
bundle();
