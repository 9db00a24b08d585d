import type { Duration } from 'cdk8s';
import { duration } from '../common/cdk8s-kinds';
import { invalid } from '../common/invalid';
import { flag, text } from '../common/kinds';
import { optional, type PropTable, required, requireProps } from '../common/props';
import { durationInOneUnit } from '../common/quantities';

/** Options of a sync window. */
export interface ArgoCdSyncWindowOptions {
  /**
   * When it begins: the five fields of cron, `minute hour day-of-month month day-of-week`. Refused: any other number of fields, seconds,
   * and words such as `@daily`, which Argo CD does not take.
   */
  readonly schedule: string;
  /** How long it lasts; whole minutes. */
  readonly duration: Duration;
  /**
   * Time zone of the schedule, a name such as `Europe/Berlin`. Refused: one that does not exist, which Argo CD would take for UTC
   * without an error.
   * @default 'UTC' - also Argo CD's
   */
  readonly timeZone?: string;
  /**
   * Whether a person may sync while automated syncs are held back: outside a window that allows, and in one that denies.
   * @default false - also Argo CD's
   */
  readonly manualSync?: boolean;
}

export const ARGO_CD_SYNC_WINDOW_OPTIONS: PropTable<ArgoCdSyncWindowOptions> = {
  schedule: required(text),
  duration: required(duration),
  timeZone: optional(text),
  manualSync: optional(flag),
};

/**
 * When Argo CD syncs. Drift is healed by syncs too, so nothing is healed while they are held back.
 *
 * @example
 * nim.ArgoCdSyncWindow.allow({
 *   schedule: '0 8 * * mon-fri',
 *   duration: Duration.hours(8),
 *   timeZone: 'Europe/Berlin',
 * });
 */
export class ArgoCdSyncWindow {
  /** Argo CD syncs only in this time, and in the time of every other window that allows. */
  public static allow(options: ArgoCdSyncWindowOptions): ArgoCdSyncWindow {
    return new ArgoCdSyncWindow('allow', options);
  }

  /** Argo CD does not sync in this time, also where another window allows it. */
  public static deny(options: ArgoCdSyncWindowOptions): ArgoCdSyncWindow {
    return new ArgoCdSyncWindow('deny', options);
  }

  /** @internal */
  public readonly _window: { readonly kind: string; readonly schedule: string; readonly duration: string };

  private constructor(kind: 'allow' | 'deny', options: ArgoCdSyncWindowOptions) {
    const what = `ArgoCdSyncWindow.${kind}`;
    const { schedule, duration, timeZone, manualSync } = requireProps(what, options, ARGO_CD_SYNC_WINDOW_OPTIONS);
    this._window = {
      kind,
      schedule: requireSchedule(`${what} schedule`, schedule),
      duration: minutes(`${what} duration`, duration),
      ...(timeZone === undefined ? {} : { timeZone: requireTimeZone(`${what} timeZone`, timeZone) }),
      ...(manualSync === true ? { manualSync } : {}),
    };
  }
}

/** The smallest and the largest number of each field, and the names that it knows. */
const FIELDS: readonly (readonly [minimum: number, maximum: number, names: string])[] = [
  [0, 59, ''],
  [0, 23, ''],
  [1, 31, ''],
  [1, 12, 'jan feb mar apr may jun jul aug sep oct nov dec'],
  [0, 6, 'sun mon tue wed thu fri sat'],
];

function requireSchedule(what: string, schedule: string): string {
  const fields = schedule.trim().split(/\s+/);
  if (fields.length !== FIELDS.length || !fields.every(isField)) {
    throw invalid({
      what,
      value: schedule,
      because:
        'a schedule is the five fields of cron: minute, hour, day of the month, month and day of the week (0 is Sunday)',
      instead: 'write for example "0 22 * * mon-fri"',
    });
  }
  return fields.join(' ');
}

/** Lists of values, ranges and steps, as the parser of Argo CD (robfig/cron) reads them. */
function isField(field: string, index: number): boolean {
  const [minimum, maximum, names] = FIELDS[index]!;
  const words = names.split(' ');
  const numberOf = (value: string): number =>
    words.includes(value.toLowerCase()) ? words.indexOf(value.toLowerCase()) + minimum : Number(value);
  const isValue = (value: string): boolean =>
    (/^\d+$/.test(value) || (names !== '' && words.includes(value.toLowerCase()))) &&
    numberOf(value) >= minimum &&
    numberOf(value) <= maximum;
  return field.split(',').every((part) => {
    const [range = '', step, ...more] = part.split('/');
    const ends = range.split('-');
    const isRange =
      range === '*' ||
      range === '?' ||
      (ends.length <= 2 && ends.every(isValue) && numberOf(ends[0]!) <= numberOf(ends.at(-1)!));
    return more.length === 0 && isRange && (step === undefined || /^[1-9]\d*$/.test(step));
  });
}

function minutes(what: string, duration: Duration): string {
  const seconds = duration.toSeconds({ integral: false });
  if (seconds < 60 || seconds % 60 !== 0) {
    throw invalid({
      what,
      value: duration.toHumanString(),
      because: 'a window lasts whole minutes, and at least one',
      instead: 'write for example Duration.hours(8)',
    });
  }
  return durationInOneUnit(seconds);
}

function requireTimeZone(what: string, timeZone: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    throw invalid({
      what,
      value: timeZone,
      because: 'there is no such time zone, and Argo CD would take it for UTC without an error',
      instead: 'write a name of the time zone database, for example "Europe/Berlin"',
    });
  }
  return timeZone;
}
