import type { CheckResult } from '../result';
import { formatHuman } from './human';
import { formatJson } from './json';
import { formatSarif } from './sarif';

/** How the result of a check is printed. */
export const FORMATS = { human: formatHuman, json: formatJson, sarif: formatSarif } satisfies Record<
  string,
  (result: CheckResult) => string
>;

/** The name of a format. */
export type Format = keyof typeof FORMATS;

/** Whether there is a format of that name. */
export function isFormat(name: string): name is Format {
  return Object.hasOwn(FORMATS, name);
}
