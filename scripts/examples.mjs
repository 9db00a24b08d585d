/**
 * Compiles and runs every example of the docstrings and of docs/, and asks for one of every public class and enum:
 * npm run build && npm run test:examples
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { JSII_ENVIRONMENT } from './jsii-environment.mjs';

const FIXTURE = readFileSync('rosetta/default.ts-fixture', 'utf8').replace('/// here', '');
const require = createRequire(import.meta.url);
const esbuild = require('esbuild');

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
function compileDocstrings(tablet) {
  run('node_modules/jsii-rosetta/bin/jsii-rosetta', 'extract', '--strict', '--cache-to', tablet, '.');
  const { snippets } = JSON.parse(readFileSync(tablet, 'utf8'));
  const shown = new Set(Object.values(snippets).flatMap(({ fqnsReferenced }) => fqnsReferenced ?? []));
  const types = Object.values(assembly().types);
  const without = types.filter(
    ({ kind, fqn, docs }) => kind !== 'interface' && docs?.example === undefined && !shown.has(fqn),
  );
  for (const { fqn } of without) console.error(`${fqn} is in no example: add an @example to its docstring`);
  if (without.length > 0) process.exit(1);
  const examples = types.filter(({ docs }) => docs?.example !== undefined);
  for (const { fqn, docs } of examples) runExample(fqn, programOf(docs.example));
  return examples.length;
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

function assembly() {
  const { schema, filename, ...whole } = JSON.parse(readFileSync('.jsii', 'utf8'));
  return schema === 'jsii/file-redirect' ? JSON.parse(gunzipSync(readFileSync(filename))) : whole;
}

/** Those of docs/: whole programs, statements, or props of a NIM. */
function compilePages(directory) {
  const blocks = readdirSync('docs')
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) => {
      const found = readFileSync(join('docs', file), 'utf8').matchAll(/^ *```ts\n(.*?)^ *```$/gms);
      return [...found].map(([, code], index) => ({
        name: `${file.replace('.md', '')}-${index + 1}.ts`,
        code: dedent(code),
      }));
    });
  for (const { name, code } of blocks) {
    writeFileSync(join(directory, name), programOf(code));
    runExample(name, programOf(code));
  }
  writeFileSync(
    join(directory, 'tsconfig.json'),
    JSON.stringify({ extends: '../../tsconfig.json', compilerOptions: { noUnusedLocals: false }, include: ['*.ts'] }),
  );
  run('node_modules/typescript-native/bin/tsc', '-p', directory);
  return blocks.length;
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
  console.log(`${compileDocstrings(join(directory, 'tablet.json'))} examples of docstrings compile and run`);
  console.log(`${compilePages(directory)} examples of docs/ compile and run`);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
