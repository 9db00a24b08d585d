import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { describe, expect, it } from 'vitest';
import {
  cpuQuantity,
  durationInOneUnit,
  goDuration,
  requireBytes,
  requireSeconds,
  sizeQuantity,
} from '../../lib/common/quantities';
import { expectRefusal } from '../support/refusals';

describe('a size', () => {
  it.each([
    ['1Ki', Size.kibibytes(1), 1024],
    ['1Mi', Size.kibibytes(1024), 1024 ** 2],
    ['1Gi', Size.mebibytes(1024), 1024 ** 3],
    ['1536Mi', Size.mebibytes(1536), 1536 * 1024 ** 2],
    ['50Gi', Size.gibibytes(50), 50 * 1024 ** 3],
    ['2Ti', Size.gibibytes(2048), 2 * 1024 ** 4],
    ['512Mi', Size.gibibytes(0.5), 512 * 1024 ** 2],
    ['1536Gi', Size.tebibytes(1.5), 1536 * 1024 ** 3],
  ])('is written in the largest unit that keeps it whole: %s', (quantity, size, bytes) => {
    expect(sizeQuantity('size', size)).toBe(quantity);
    expect(requireBytes('size', size)).toBe(bytes);
  });

  it.each([
    ['0Ki', Size.kibibytes(0)],
    ['0Gi', Size.gibibytes(0)],
    ['0.5Ki', Size.kibibytes(0.5)],
    ['NaNGi', Size.gibibytes(Number.NaN)],
    ['InfinityGi', Size.gibibytes(Number.POSITIVE_INFINITY)],
  ])('is refused when it is zero, a fraction or no number: %s', (value, size) => {
    expectRefusal(() => sizeQuantity('the size', size), {
      what: 'the size',
      value: `"${value}"`,
      because: 'more than zero and a whole number of kibibytes',
      instead: 'Size.gibibytes(50)',
    });
  });

  it('cannot be negative', () => {
    expect(() => Size.gibibytes(-1)).toThrow('negative');
  });
});

describe('an amount of CPU', () => {
  it.each([
    [Cpu.units(4), '4'],
    [Cpu.millis(4000), '4'],
    [Cpu.millis(500), '500m'],
    [Cpu.units(0.5), '500m'],
    [Cpu.units(1.001), '1001m'],
    [Cpu.units(2.3), '2300m'],
  ])('is canonical: %o is %s', (cpu, quantity) => {
    expect(cpuQuantity('cpu', cpu)).toBe(quantity);
  });

  it.each([
    [Cpu.units(0), '"0"'],
    [Cpu.millis(0), '"0m"'],
    [Cpu.units(-1), '"-1"'],
    [Cpu.millis(-100), '"-100m"'],
    [Cpu.millis(0.5), '"0.5m"'],
    [Cpu.units(0.0001), '"0.0001"'],
    [Cpu.units(Number.NaN), '"NaN"'],
  ])('is refused when it is zero, negative or finer than a thousandth: %o', (cpu, value) => {
    expectRefusal(() => cpuQuantity('the cpu', cpu), {
      what: 'the cpu',
      value,
      because: 'more than zero and a whole number of thousandths',
      instead: 'Cpu.units(4)',
    });
  });
});

describe('a duration', () => {
  it.each([
    [Duration.seconds(30), '30s', 30],
    [Duration.seconds(90), '1m30s', 90],
    [Duration.minutes(15), '15m0s', 900],
    [Duration.hours(1), '1h0m0s', 3600],
    [Duration.seconds(3661), '1h1m1s', 3661],
    [Duration.days(1), '24h0m0s', 86400],
    [Duration.millis(2000), '2s', 2],
  ])('is written as the API server stores it: %s', (duration, text, seconds) => {
    expect(goDuration('duration', duration)).toBe(text);
    expect(requireSeconds('duration', duration)).toBe(seconds);
  });

  it.each([
    [1, '1s'],
    [90, '90s'],
    [900, '15m'],
    [5400, '90m'],
    [86400, '24h'],
  ])('of %d seconds is one number with one unit: %s', (seconds, text) => {
    expect(durationInOneUnit(seconds)).toBe(text);
  });

  it.each([Duration.seconds(0), Duration.millis(1500), Duration.millis(1)])(
    'is refused when it is zero or no whole number of seconds: %s',
    (duration) => {
      expectRefusal(() => goDuration('the duration', duration), {
        what: 'the duration',
        value: JSON.stringify(duration.toHumanString()),
        because: 'one second or more, in whole seconds',
        instead: 'Duration.seconds(130)',
      });
    },
  );

  it('cannot be negative', () => {
    expect(() => Duration.seconds(-1)).toThrow('negative');
  });
});
