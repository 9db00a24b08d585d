/**
 * Measures what the package costs (`npm run bench`) and prints each ratio beside its goal. It judges nothing: the exit
 * code is 0 whatever the numbers are, because they depend on the machine.
 *
 *   KUBE_LINTER=<executable>   with what the command is compared, where the PATH does not have it
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compare, median } from './bench/compare.mjs';

const START_RUNS = { runs: 7, repeats: 5 };
const LONG_RUNS = { runs: 5, repeats: 1 };
const CONSTRUCT_RUNS = 7;
const SYNTH_RUNS = 3;
const GOAL_GROWTH = 1.2; // the last hundred NIMs against the first hundred
const GOAL_MEBIBYTES = 500; // of the command for 5,000 NIMs

const projectDirectory = dirname(dirname(fileURLToPath(import.meta.url)));
const workDirectory = mkdtempSync(join(tmpdir(), 'cdk8s-nim-bench-'));
const environment = { ...process.env, CDK8S_OUTDIR: join(workDirectory, 'out') };
// The preload that the npm scripts run with is no part of what is measured.
delete environment.NODE_OPTIONS;
const options = { cwd: projectDirectory, env: environment };

const node = (...args) => [process.execPath, ...args];
const plus = node('scripts/bench/plus.cjs');
const many = (...args) => node('scripts/bench/many.cjs', ...args.map(String));
const check = (directory) => node('build/lib/cli/main.js', 'check', directory);

const milliseconds = (value) => `${value.toFixed(value < 10 ? 2 : 0)} ms`.padStart(10);
const line = (label, ...columns) => console.log(`  ${label.padEnd(54)}${columns.join('  ')}`);
const ratio = (value, goal) => `ratio ${value.toFixed(2)} (goal: at most ${goal})`;
const times = (count, run) => Array.from({ length: count }, run);

function run([file, ...args], env = environment) {
  return execFileSync(file, args, { ...options, env, encoding: 'utf8' });
}

function benchAgainst(label, command, other, runs, goal) {
  const result = compare(command, other, runs, options);
  const columns = [milliseconds(result.command * 1000), milliseconds(result.other * 1000)];
  line(label, ...columns, ratio(result.ratio, goal));
}

function benchProcesses() {
  console.log('\nWhole processes in turn: processor time, that of what they are compared with, median of the ratios');
  benchAgainst('load the library / cdk8s-plus-28', node('scripts/bench/load.cjs'), plus, START_RUNS, 1.15);
  benchAgainst('one NIM to files / load cdk8s-plus-28', node('scripts/bench/one.cjs'), plus, START_RUNS, 1.6);
  const synth = node('scripts/synth.mjs');
  const withoutTypes = node('scripts/run.mjs', 'main.ts');
  benchAgainst('npm run synth / load cdk8s-plus-28', synth, plus, START_RUNS, 2.2);
  benchAgainst('npm run synth / run.mjs, which checks no types', synth, withoutTypes, START_RUNS, 1.1);
  for (const [layout, count] of Object.entries({ charts: 1000, 'one-chart': 1000, 'file-per-chart': 100 })) {
    const commands = [many(count, layout, 'guardrails'), many(count, layout)];
    benchAgainst(`${count} NIMs (${layout}) with guardrails / without`, ...commands, LONG_RUNS, 1.25);
  }
}

function benchCheck() {
  console.log('\nThe command on rendered NIMs');
  const rendered = (count) => {
    const directory = join(workDirectory, String(count));
    run(many(count, 'charts'), { ...environment, CDK8S_OUTDIR: directory });
    return directory;
  };
  const thousand = rendered(1000);
  const linter = process.env.KUBE_LINTER || 'kube-linter';
  if (spawnSync(linter, ['version']).error) {
    console.log(
      '  not compared with kube-linter: npm run scan:install -- kube-linter, and KUBE_LINTER=<its executable>',
    );
  } else {
    benchAgainst('check 1,000 NIMs / kube-linter', check(thousand), [linter, 'lint', thousand], LONG_RUNS, 1);
  }
  for (const [count, directory] of [
    [1000, thousand],
    [5000, rendered(5000)],
  ]) {
    const [file, ...args] = check(directory);
    const { stderr } = spawnSync(file, ['--require', './scripts/bench/peak.cjs', ...args], {
      ...options,
      encoding: 'utf8',
    });
    const goal = count === 5000 ? ` (goal: at most ${GOAL_MEBIBYTES})` : '';
    line(`largest memory, ${count} NIMs`, `${stderr.trim().split('\n').at(-1)} MiB${goal}`);
  }
}

function benchConstruction(layout, label) {
  const [file, ...args] = many(1000, layout);
  const runs = times(CONSTRUCT_RUNS, () => JSON.parse(run([file, '--expose-gc', ...args])).hundreds);
  const hundreds = runs[0].map((_, index) => median(runs.map((values) => values[index])));
  const growth = median(runs.map((values) => values.at(-1) / values[0]));
  console.log(`\nConstructing 1,000 NIMs, ${label}: ms per hundred, median of ${CONSTRUCT_RUNS} runs`);
  console.log(`  ${hundreds.map((value) => value.toFixed(1)).join('  ')}`);
  line('last hundred / first hundred', ratio(growth, GOAL_GROWTH));
}

function benchSynth(layout, label) {
  console.log(`\nConstructing and rendering, ${label}: median of ${SYNTH_RUNS} runs`);
  line('', ' construct', '    render', '   per NIM');
  for (const count of [1, 10, 100, 1000]) {
    const runs = times(SYNTH_RUNS, () => JSON.parse(run(many(count, layout))));
    const construct = median(runs.map((values) => values.construct));
    const synth = median(runs.map((values) => values.synth));
    const perNim = (construct + synth) / count;
    line(`${count} NIM${count > 1 ? 's' : ''}`, milliseconds(construct), milliseconds(synth), milliseconds(perNim));
  }
}

try {
  execFileSync('npm', ['run', '--silent', 'build'], { ...options, stdio: 'inherit', shell: true });
  console.log(`Node ${process.version}`);
  benchProcesses();
  benchCheck();
  benchConstruction('charts', 'each in its own chart');
  benchConstruction('one-chart', 'all in one chart');
  benchSynth('charts', 'each in its own chart');
  benchSynth('one-chart', 'all in one chart');
} catch (error) {
  console.error(`error: ${error.message}`);
} finally {
  rmSync(workDirectory, { recursive: true, force: true });
}
