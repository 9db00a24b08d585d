/**
 * Renders the program like `cdk8s synth` does, without the start-up time of its command line.
 *
 *   npm run synth                      renders main.ts into dist/
 *   npm run synth -- <environment>     renders one of its environments only, like CDK8S_ENVIRONMENT=<environment>
 *   npm run synth -- <program>.ts      renders another program
 *   CDK8S_OUTDIR=<directory>           renders into another directory
 *
 * The output directory is replaced as a whole, and only once the program has succeeded: a kill leaves the old or the new render.
 */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { exitWithError, runProgram } from './program.mjs';
import { preparedOf, recoverFolder, replaceFolder } from './replace-folder.mjs';
import { checkTypes } from './types.mjs';

const outputDirectory = resolve(process.env.CDK8S_OUTDIR || 'dist');
const shownDirectory = relative('', outputDirectory) || '.';

function refuseToReplaceSources() {
  if (`${process.cwd()}${sep}`.startsWith(`${outputDirectory}${sep}`)) {
    throw new Error(`the output directory ${JSON.stringify(shownDirectory)} holds the program: choose another one`);
  }
  if (existsSync(join(outputDirectory, '.git'))) {
    throw new Error(`the output directory ${JSON.stringify(shownDirectory)} is a Git checkout: choose another one`);
  }
}

function manifestsOf(directory) {
  return readdirSync(directory, { recursive: true })
    .filter((file) => file.endsWith('.yaml'))
    .sort();
}

async function render(program) {
  recoverFolder(outputDirectory);
  const renderedDirectory = preparedOf(outputDirectory);
  mkdirSync(renderedDirectory, { recursive: true });
  process.on('exit', (code) => {
    try {
      if ((process.exitCode ?? code) !== 0) return;
      const manifests = manifestsOf(renderedDirectory);
      if (manifests.length === 0) throw new Error(`${program} wrote no manifest into CDK8S_OUTDIR`);
      replaceFolder(outputDirectory, renderedDirectory);
      for (const manifest of manifests) console.log(`  - ${join(shownDirectory, manifest)}`);
    } catch (error) {
      process.exitCode = 1;
      process.stderr.write(`error: ${error.message}\n`);
    } finally {
      rmSync(renderedDirectory, { recursive: true, force: true });
    }
  });
  process.env.CDK8S_OUTDIR = renderedDirectory;
  console.log('Synthesizing application');
  await runProgram(program);
}

const isProgram = (argument) => /\.[cm]?ts$/.test(argument);
const [program = 'main.ts', ...otherPrograms] = process.argv.slice(2).filter(isProgram);
const [environment, ...otherEnvironments] = process.argv.slice(2).filter((argument) => !isProgram(argument));

function chooseEnvironment() {
  const others = [...otherPrograms, ...otherEnvironments];
  if (others.length > 0) throw new Error(`one program and one environment at a time; leave out ${others.join(' ')}`);
  if (!existsSync(program)) throw new Error(`${program}: there is no such program`);
  if (environment !== undefined) process.env.CDK8S_ENVIRONMENT = environment;
}

let types;
const exit = (error) => exitWithError(error, types);

process.on('uncaughtException', exit);
try {
  chooseEnvironment();
  refuseToReplaceSources();
  types = checkTypes(program);
  await render(program);
} catch (error) {
  exit(error);
}
