import { type Duration, type Size, SizeRoundingBehavior } from 'cdk8s';
import type { Cpu } from 'cdk8s-plus-28';
import { invalid } from './invalid';

const KIBIBYTES_PER_UNIT: readonly (readonly [string, number])[] = [
  ['Ti', 1024 ** 3],
  ['Gi', 1024 ** 2],
  ['Mi', 1024],
  ['Ki', 1],
];

const SECONDS_PER_UNIT: readonly (readonly [string, number])[] = [
  ['h', 3600],
  ['m', 60],
  ['s', 1],
];

/** The size in bytes; refuses zero, fractions of a kibibyte and values that are no number. */
export function requireBytes(what: string, size: Size): number {
  return requireKibibytes(what, size) * 1024;
}

/** The canonical Kubernetes quantity of a size: the largest unit that keeps it whole (`1Gi`, not `1024Mi`). */
export function sizeQuantity(what: string, size: Size): string {
  const kibibytes = requireKibibytes(what, size);
  const [unit, factor] = KIBIBYTES_PER_UNIT.find(([, perUnit]) => kibibytes % perUnit === 0) ?? ['Ki', 1];
  return `${kibibytes / factor}${unit}`;
}

/** The canonical Kubernetes quantity of an amount of CPU: `1`, not `1000m`. */
export function cpuQuantity(what: string, cpu: Cpu): string {
  const millis = cpuMillis(cpu);
  if (!Number.isInteger(millis) || millis <= 0) {
    throw invalid({
      what,
      value: cpu.amount,
      because: 'an amount of CPU is more than zero and a whole number of thousandths',
      instead: 'write for example Cpu.units(4) or Cpu.millis(500)',
    });
  }
  return millis % 1000 === 0 ? `${millis / 1000}` : `${millis}m`;
}

/** The amount in thousandths of a CPU. */
export function cpuMillis(cpu: Cpu): number {
  const amount = Number(cpu.amount.replace(/m$/, ''));
  // 1.001 * 1000 is 1000.9999999999999: nine digits after the point are more than enough for what Kubernetes can count.
  return cpu.amount.endsWith('m') ? amount : Number((amount * 1000).toFixed(9));
}

/** A duration as Go prints it, which is how the API server stores it: `1h0m0s`, `15m0s`, `30s`. */
export function goDuration(what: string, duration: Duration): string {
  const total = requireSeconds(what, duration);
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const seconds = `${total % 60}s`;
  if (hours > 0) {
    return `${hours}h${minutes}m${seconds}`;
  }
  return minutes > 0 ? `${minutes}m${seconds}` : seconds;
}

/** Whole seconds as one number with the largest unit that keeps it whole: `90m`, and not `1h30m`. */
export function durationInOneUnit(seconds: number): string {
  const [unit, factor] = SECONDS_PER_UNIT.find(([, perUnit]) => seconds % perUnit === 0) ?? ['s', 1];
  return `${seconds / factor}${unit}`;
}

/** A duration in whole seconds; refuses zero, negative values and fractions of a second. */
export function requireSeconds(what: string, duration: Duration): number {
  const seconds = duration.toSeconds({ integral: false });
  if (!Number.isInteger(seconds) || seconds <= 0) {
    throw invalid({
      what,
      value: duration.toHumanString(),
      because: 'a duration is one second or more, in whole seconds',
      instead: 'write for example Duration.seconds(130)',
    });
  }
  return seconds;
}

function requireKibibytes(what: string, size: Size): number {
  const kibibytes = size.toKibibytes({ rounding: SizeRoundingBehavior.NONE });
  if (!Number.isSafeInteger(kibibytes) || kibibytes <= 0) {
    throw invalid({
      what,
      value: size.asString(),
      because: 'a size is more than zero and a whole number of kibibytes',
      instead: 'write for example Size.gibibytes(50)',
    });
  }
  return kibibytes;
}
