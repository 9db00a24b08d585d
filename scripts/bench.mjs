/**
 * Measures what the library costs (`npm run bench`) and prints each ratio beside its goal. It judges nothing: the exit
 * code is 0 whatever the numbers are, because they depend on the machine.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROCESS_RUNS = 21;
const CONSTRUCT_RUNS = 7;
const SYNTH_RUNS = 3;
const GUARDRAIL_RUNS = 5;
const GOAL_PROCESS = 1.6; // one environment against loading cdk8s-plus alone
const GOAL_GUARDRAILS = 1.3; // constructing and rendering 1,000 NIMs with guardrails against without
const GOAL_GROWTH = 1.2; // the last hundred NIMs against the first hundred

const projectDirectory = dirname(dirname(fileURLToPath(import.meta.url)));
const outputDirectory = mkdtempSync(join(tmpdir(), 'cdk8s-nim-bench-'));
const environment = { ...process.env, CDK8S_OUTDIR: outputDirectory };
// The preload that the npm scripts run with is no part of what is measured.
delete environment.NODE_OPTIONS;

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const milliseconds = (value) => `${value.toFixed(value < 10 ? 2 : 0)} ms`.padStart(10);
const line = (label, ...columns) => console.log(`  ${label.padEnd(46)}${columns.join('  ')}`);
const ratio = (value, goal) => `ratio ${value.toFixed(2)} (goal: at most ${goal})`;
const times = (count, run) => Array.from({ length: count }, run);

function runNode(...args) {
  return execFileSync(process.execPath, args, { cwd: projectDirectory, env: environment, encoding: 'utf8' });
}

function timeOf(script) {
  const start = performance.now();
  runNode(script);
  return performance.now() - start;
}

function many(count, layout, ...nodeOptions) {
  return JSON.parse(runNode(...nodeOptions, 'scripts/bench/many.cjs', String(count), layout));
}

function benchProcess() {
  console.log(`\nWhole process, median of ${PROCESS_RUNS} interleaved runs`);
  const scripts = ['scripts/bench/plus.cjs', 'scripts/bench/one.cjs'];
  scripts.forEach(timeOf); // warms the file cache
  const rounds = times(PROCESS_RUNS, () => scripts.map(timeOf));
  const [plus, one] = scripts.map((_, index) => median(rounds.map((round) => round[index])));
  line('node loading cdk8s-plus-28', milliseconds(plus));
  line('node rendering one environment', milliseconds(one), ratio(one / plus, GOAL_PROCESS));
}

function benchConstruction(layout, label) {
  const runs = times(CONSTRUCT_RUNS, () => many(1000, layout, '--expose-gc').hundreds);
  const hundreds = runs[0].map((_, index) => median(runs.map((run) => run[index])));
  const growth = median(runs.map((run) => run.at(-1) / run[0]));
  console.log(`\nConstructing 1,000 NIMs, ${label}: ms per hundred, median of ${CONSTRUCT_RUNS} runs`);
  console.log(`  ${hundreds.map((value) => value.toFixed(1)).join('  ')}`);
  line('last hundred / first hundred', ratio(growth, GOAL_GROWTH));
}

function benchSynth(layout, label) {
  console.log(`\nConstructing and rendering, ${label}: median of ${SYNTH_RUNS} runs`);
  line('', ' construct', '    render', '   per NIM');
  for (const count of [1, 10, 100, 1000]) {
    const runs = times(SYNTH_RUNS, () => many(count, layout));
    const construct = median(runs.map((run) => run.construct));
    const synth = median(runs.map((run) => run.synth));
    const perNim = (construct + synth) / count;
    line(`${count} NIM${count > 1 ? 's' : ''}`, milliseconds(construct), milliseconds(synth), milliseconds(perNim));
  }
}

/** By processor time, which other programs on the machine disturb least. */
function benchGuardrails(layout, label) {
  console.log(`\nGuardrails over ${label}: median of ${GUARDRAIL_RUNS} runs`);
  line('construct and render, and what guardrails add', '    others', 'guardrails', '   per NIM');
  for (const count of [250, 500, 1000]) {
    const runs = times(GUARDRAIL_RUNS, () =>
      JSON.parse(runNode('scripts/bench/many.cjs', String(count), layout, 'guardrails')),
    );
    for (const kind of ['elapsed', 'processor']) {
      const others = median(runs.map((run) => run[kind].others));
      const guardrails = median(runs.map((run) => run[kind].guardrails));
      const goal = count === 1000 ? [ratio((others + guardrails) / others, GOAL_GUARDRAILS)] : [];
      const columns = [milliseconds(others), milliseconds(guardrails), milliseconds(guardrails / count), ...goal];
      line(`${count} NIMs, ${kind} time`, ...columns);
    }
  }
}

try {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: projectDirectory, stdio: 'inherit', shell: true });
  console.log(`Node ${process.version}`);
  benchProcess();
  benchConstruction('charts', 'each in its own chart');
  benchConstruction('one-chart', 'all in one chart');
  benchSynth('charts', 'each in its own chart');
  benchSynth('one-chart', 'all in one chart');
  benchGuardrails('charts', 'NIMs each in its own chart');
  benchGuardrails('one-chart', 'NIMs all in one chart');
} catch (error) {
  console.error(`error: ${error.message}`);
} finally {
  rmSync(outputDirectory, { recursive: true, force: true });
}
