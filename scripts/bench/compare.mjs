// Processor time of whole processes, side by side: what else runs on the machine disturbs it least.
import { spawnSync } from 'node:child_process';

const REPEAT = 'n=$1; shift; while [ $n -gt 0 ]; do "$@" >/dev/null 2>&1; n=$((n - 1)); done; times';

/** Seconds of the processor that a command and all that it waited for took. POSIX shells print them, in hundredths. */
function secondsOf(command, repeats, options) {
  const { stdout, error, stderr } = spawnSync('sh', ['-c', REPEAT, 'sh', String(repeats), ...command], {
    ...options,
    encoding: 'utf8',
  });
  if (error) throw error;
  const [, ofChildren = ''] = stdout.trim().split('\n');
  const times = [...ofChildren.matchAll(/(\d+)m([\d.]+)s/g)];
  if (times.length !== 2) throw new Error(`sh printed no times: ${stdout}${stderr}`);
  return times.reduce((total, [, minutes, seconds]) => total + 60 * Number(minutes) + Number(seconds), 0) / repeats;
}

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/**
 * Runs two commands in turn, after one turn that fills caches; medians, and the median of the ratios pair by pair.
 *
 * @param repeats how often each runs in its turn: a short one more often, because a shell counts in hundredths of a second.
 */
export function compare(command, other, { runs, repeats }, options) {
  const pair = () => [secondsOf(command, repeats, options), secondsOf(other, repeats, options)];
  pair();
  const pairs = Array.from({ length: runs }, pair);
  return {
    command: median(pairs.map(([seconds]) => seconds)),
    other: median(pairs.map(([, seconds]) => seconds)),
    ratio: median(pairs.map(([seconds, others]) => seconds / others)),
  };
}
