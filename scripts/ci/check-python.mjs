// Checks the Python package in packages/python: installs it with its peers from the package index into an environment of its own,
// and compares what each Python program renders with what its TypeScript twin has rendered, byte for byte; then the programs of
// the README and of most options, what wrong programs are told, and the whole app of examples/python. Usage: node scripts/ci/check-python.mjs
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { JSII_ENVIRONMENT } from '../jsii-environment.mjs';

const work = mkdtempSync(join(tmpdir(), 'cdk8s-nim-python-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));

const bin = join(work, 'venv', 'bin');
const environment = {
  ...JSII_ENVIRONMENT,
  PATH: `${bin}${delimiter}${process.env.PATH}`,
  CDK8S_OUTDIR: join(work, 'dist'),
};
const run = (file, args, options = {}) =>
  execFileSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], env: environment, ...options });

function install() {
  const wheels = readdirSync('packages/python').filter((file) => file.endsWith('.whl'));
  if (wheels.length !== 1) throw new Error('packages/python has no wheel: npm run package:python');
  run('python3', ['-m', 'venv', join(work, 'venv')]);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  run(join(bin, 'python'), [...pip, join('packages/python', wheels[0])]);
  const installed = JSON.parse(
    run(join(bin, 'python'), ['-m', 'pip', 'list', '--format', 'json', '--disable-pip-version-check']),
  );
  console.log(installed.map(({ name, version }) => `${name} ${version}`).join(', '));
}

/** Each Python program with the render of its twin. */
function programs() {
  const examples = readdirSync('examples').filter((name) => existsSync(join('examples', name, 'main.ts')));
  return [
    { program: 'examples/python/main.py', rendered: 'test/golden' },
    ...examples.map((name) => ({
      program: join('examples', name, 'main.py'),
      rendered: join('examples', name, 'rendered'),
    })),
  ];
}

function requireSameFiles(rendered, directory) {
  run('diff', ['-r', rendered, directory], { stdio: 'inherit' });
}

function compareRender({ program, rendered }) {
  const CDK8S_OUTDIR = join(work, program);
  run(join(bin, 'python'), [program], { env: { ...environment, CDK8S_OUTDIR } });
  requireSameFiles(rendered, CDK8S_OUTDIR);
  console.log(`${program} renders ${rendered}`);
}

/** Compares what two programs render, of which nothing is committed. */
function comparePair(what, programs) {
  const [typescript, python] = ['ts', 'py'].map((end) => {
    const CDK8S_OUTDIR = join(work, `${what}-${end}`);
    return { program: programs[end], directory: CDK8S_OUTDIR, env: { ...environment, CDK8S_OUTDIR } };
  });
  // The program of the README does not stand beside the packages that it imports.
  const env = { ...typescript.env, NODE_PATH: resolve('node_modules') };
  run(process.execPath, ['scripts/run.mjs', typescript.program], { env });
  run(join(bin, 'python'), [python.program], { env: python.env });
  requireSameFiles(typescript.directory, python.directory);
  console.log(`${what}: both programs render the same`);
}

/** The ten lines of the README, in a file for each language. */
function programsOfReadme() {
  const readme = readFileSync('README.md', 'utf8');
  const fileOf = (language, end) => {
    const [, program] = new RegExp(`\`\`\`${language}(?: [a-z]+)?\\n(.*?\\n)\`\`\`\\n`, 's').exec(readme) ?? [];
    if (!program) throw new Error(`README.md has no program in ${language}`);
    const file = join(work, `readme.${end}`);
    writeFileSync(file, program);
    return file;
  };
  return { ts: fileOf('ts', 'ts'), py: fileOf('python', 'py') };
}

function compareRefusals() {
  const inTypeScript = JSON.parse(run(process.execPath, ['scripts/run.mjs', 'test/python/refused.ts']));
  const inPython = JSON.parse(run(join(bin, 'python'), ['test/python/refused.py']));
  for (const [name, text] of Object.entries(inTypeScript)) {
    if (!text || inPython[name] !== text) {
      throw new Error(`${name}: TypeScript is told\n${text}\nand Python\n${inPython[name]}`);
    }
  }
  console.log(`${Object.keys(inTypeScript).length} wrong programs are told the same`);
}

/** A team that has only the app: the cdk8s command, and the command that the wheel brings. */
function renderApp() {
  const app = join(work, 'app');
  cpSync('examples/python', app, { recursive: true });
  const cdk8s = resolve('node_modules/cdk8s-cli/bin/cdk8s');
  run(process.execPath, [cdk8s, 'synth', '--no-check-upgrade'], {
    cwd: app,
    env: { ...environment, CDK8S_OUTDIR: '' },
  });
  requireSameFiles('test/golden', join(app, 'dist'));
  console.log(run('cdk8s-nim', ['check', 'dist'], { cwd: app }).trim());
}

/** A new user: the ten lines of the README, rendered and checked as it says, and refused by the check when they are weakened. */
function checkReadme({ py }) {
  const env = { ...environment, CDK8S_OUTDIR: 'dist' };
  const cwd = join(work, 'user');
  mkdirSync(cwd);
  run(join(bin, 'python'), [py], { cwd, env });
  console.log(run('cdk8s-nim', ['check', 'dist'], { cwd }).trim());
  const file = join(cwd, 'dist/production.k8s.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('type: ClusterIP', 'type: NodePort'));
  const { status, stdout } = spawnSync('cdk8s-nim', ['check', 'dist'], { cwd, env, encoding: 'utf8' });
  if (status !== 1 || !stdout.includes('service-only-api-port')) {
    throw new Error(`the check of a Service of type NodePort ends with ${status}: ${stdout}`);
  }
}

try {
  install();
  programs().forEach(compareRender);
  const readme = programsOfReadme();
  comparePair('README.md', readme);
  checkReadme(readme);
  comparePair('options', { ts: 'test/python/options.ts', py: 'test/python/options.py' });
  compareRefusals();
  renderApp();
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
}
