/**
 * Runs every property test from new seeds, round after round, until the time is up or one fails. A round tries each property
 * more often than `npm test` does.
 *
 *   npm run explore              one round
 *   npm run explore -- 10        rounds for ten minutes; the last one runs to its end
 *   npm run explore -- --seed=1  the round of a seed again
 */
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const SEEDS = 2 ** 31;
/** On a busy machine a property may take long; only one that hangs is ended. */
const LONGEST_TEST_MILLIS = 600_000;
const VITEST = join('node_modules', 'vitest', 'vitest.mjs');

function propertyTests() {
  return readdirSync('test', { recursive: true })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => join('test', file))
    .filter((file) => readFileSync(file, 'utf8').includes('fc.assert('));
}

/** Whether every property holds from a seed. */
function round(seed, files) {
  const { status } = spawnSync(
    process.execPath,
    [VITEST, 'run', '--reporter=dot', `--testTimeout=${LONGEST_TEST_MILLIS}`, ...files],
    {
      stdio: 'inherit',
      env: { ...process.env, PROPERTY_SEED: String(seed) },
    },
  );
  return status === 0;
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { seed: { type: 'string' } } });
const minutes = Number(positionals[0] ?? 0);
if (!(minutes >= 0) || (values.seed !== undefined && !Number.isInteger(Number(values.seed)))) {
  console.error('error: write npm run explore -- MINUTES, or npm run explore -- --seed=NUMBER');
  process.exit(2);
}

const files = propertyTests();
const end = Date.now() + minutes * 60_000;
let rounds = 0;
do {
  const seed = values.seed === undefined ? randomInt(SEEDS) : Number(values.seed);
  rounds += 1;
  if (!round(seed, files)) {
    console.error(`error: a property failed in round ${rounds}; again: npm run explore -- --seed=${seed}`);
    console.error('Mend the fault, and write the counterexample into the `examples` of the property.');
    process.exit(1);
  }
} while (values.seed === undefined && Date.now() < end);
console.log(`${files.length} files of properties held in ${rounds} rounds`);
