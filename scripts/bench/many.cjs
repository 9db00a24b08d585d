// Constructs and renders many NIMs, and prints the milliseconds as JSON: of each hundred constructed, of all, and of the render.
// Usage: node [--expose-gc] scripts/bench/many.cjs <count> <charts|one-chart|file-per-chart> [guardrails]
// With "guardrails", the app has them. With --expose-gc, garbage is collected between the hundreds, outside of their times.
const { performance } = require('node:perf_hooks');
const { App, YamlOutputType } = require('cdk8s');
const { Guardrails } = require('cdk8s-nim');
const { addChart, addNim } = require('./environment.cjs');

const HUNDRED = 100;
const WARM_UP = 300;
const count = Number(process.argv[2]);
const oneChart = process.argv[3] === 'one-chart';
const withGuardrails = process.argv[4] === 'guardrails';

function construct(app, total) {
  const shared = oneChart ? addChart(app, 'production') : undefined;
  const hundreds = [];
  globalThis.gc?.();
  let start = performance.now();
  for (let index = 1; index <= total; index++) {
    addNim(shared ?? addChart(app, `environment-${index}`), `text-embedding-${index}`);
    if (index % HUNDRED === 0) {
      hundreds.push(performance.now() - start);
      globalThis.gc?.();
      start = performance.now();
    }
  }
  return hundreds;
}

construct(new App(), WARM_UP);
const { FILE_PER_CHART, FOLDER_PER_CHART_FILE_PER_RESOURCE } = YamlOutputType;
const app = new App({
  yamlOutputType: process.argv[3] === 'file-per-chart' ? FILE_PER_CHART : FOLDER_PER_CHART_FILE_PER_RESOURCE,
});
if (withGuardrails) Guardrails.of(app);
const start = performance.now();
const hundreds = construct(app, count);
const constructed = performance.now();
app.synth();
console.log(JSON.stringify({ hundreds, construct: constructed - start, synth: performance.now() - constructed }));
