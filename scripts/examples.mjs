/**
 * Compiles and runs every example of the docstrings and of docs/, and asks for one that uses each public type:
 * npm run build && npm run test:examples
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { JSII_ENVIRONMENT } from './jsii-environment.mjs';
import { shownTypes } from './shown-types.mjs';

const FIXTURE = readFileSync('rosetta/default.ts-fixture', 'utf8').replace('/// here', '');
const require = createRequire(import.meta.url);
const esbuild = require('esbuild');

const TYPES = publicTypes();

/** What examples take from where, in the order in which a name is looked for. */
const EXPORTS = ['cdk8s-nim', 'cdk8s', 'cdk8s-plus-28'].map((module) => ({ module, names: namesOf(module) }));

function run(program, ...args) {
  const { status } = spawnSync(process.execPath, [program, ...args], {
    stdio: 'inherit',
    env: JSII_ENVIRONMENT,
  });
  if (status !== 0) process.exit(1);
}

/** Those of docstrings and the README: jsii-rosetta compiles them, since it translates them for the other languages. */
function compileDocstrings(directory) {
  run(
    'node_modules/jsii-rosetta/bin/jsii-rosetta',
    'extract',
    '--strict',
    '--cache-to',
    join(directory, 'tablet.json'),
    '.',
  );
  const programs = TYPES.filter(({ docs }) => docs?.example !== undefined).map(({ name, docs }) => ({
    name: `${name}.ts`,
    code: programOf(docs.example),
  }));
  programs.forEach(({ name, code }) => runExample(name, code));
  return written(programs, directory);
}

/** Puts programs into files of a directory, and returns their paths. */
function written(programs, directory) {
  mkdirSync(directory, { recursive: true });
  return programs.map(({ name, code }) => {
    const file = join(directory, name);
    writeFileSync(file, code);
    return file;
  });
}

function requireEveryType(files) {
  const shown = shownTypes(files);
  for (const { fqn } of TYPES.filter(({ name }) => !shown.has(name))) {
    console.error(`${fqn} is in no example: add an @example to its docstring`);
    process.exitCode = 1;
  }
}

function runExample(name, program) {
  const { code } = esbuild.transformSync(program, { loader: 'ts', format: 'cjs' });
  try {
    new Function('require', 'module', code)(
      (name) => require(name === 'cdk8s-nim' ? '../build/lib/index.js' : name),
      {},
    );
  } catch (error) {
    console.error(`${name}: ${error.message}`);
    process.exitCode = 1;
  }
}

function publicTypes() {
  const { schema, filename, types } = JSON.parse(readFileSync('.jsii', 'utf8'));
  return Object.values(schema === 'jsii/file-redirect' ? JSON.parse(gunzipSync(readFileSync(filename))).types : types);
}

/** Those of docs/: whole programs, statements, or props of a NIM. */
function compilePages(directory) {
  const blocks = readdirSync('docs')
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) => {
      const found = readFileSync(join('docs', file), 'utf8').matchAll(/^ *```ts\n(.*?)^ *```$/gms);
      return [...found].map(([, code], index) => ({
        name: `${file.replace('.md', '')}-${index + 1}.ts`,
        code: programOf(dedent(code)),
      }));
    });
  blocks.forEach(({ name, code }) => runExample(name, code));
  const files = written(blocks, directory);
  writeFileSync(
    join(directory, 'tsconfig.json'),
    JSON.stringify({ extends: '../../tsconfig.json', compilerOptions: { noUnusedLocals: false }, include: ['*.ts'] }),
  );
  run('node_modules/typescript-native/bin/tsc', '-p', directory);
  return files;
}

/** A block inside a list is indented as a whole. */
function dedent(code) {
  const [indent] = /^ */.exec(code);
  return code.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
}

/** What stands in a page leaves out the imports, and the call around props. */
function programOf(code) {
  if (code.includes('new App(')) return code;
  const taken = new Set(code.match(/\b[A-Z]\w+\b(?=[.(])/g));
  for (const [imported] of `${FIXTURE}\n${code}`.matchAll(/^import .*?;$/gms))
    for (const name of imported.match(/\w+/g)) taken.delete(name);
  const imports = EXPORTS.flatMap(({ module, names }) => {
    const used = names.filter((name) => taken.delete(name));
    return used.length > 0 ? [`import { ${used.join(', ')} } from '${module}';`] : [];
  });
  const isProps = /^\w+: /.test(code);
  const body = isProps
    ? `new nim.TextEmbeddingNim(chart, 'text-embedding', { ...{ model, credentials }, ...{\n${code}} });\n`
    : code;
  return [...imports, FIXTURE, body].join('\n');
}

function namesOf(module) {
  return Object.keys(module === 'cdk8s-nim' ? require('../build/lib/index.js') : require(module));
}

mkdirSync('.cache', { recursive: true });
const directory = mkdtempSync(join('.cache', 'examples-'));
process.env.CDK8S_OUTDIR = join(directory, 'dist');
try {
  const docstrings = compileDocstrings(join(directory, 'docstrings'));
  console.log(`${docstrings.length} examples of docstrings compile and run`);
  const pages = compilePages(directory);
  console.log(`${pages.length} examples of docs/ compile and run`);
  requireEveryType([...docstrings, ...pages]);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
