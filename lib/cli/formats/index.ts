import { coloured } from '../colours';
import type { CheckResult } from '../result';
import { formatHuman } from './human';
import { formatJson } from './json';
import { formatSarif } from './sarif';

/** How the result of a check is printed. */
export const FORMATS = {
  human: (result, hasColours) => (hasColours ? coloured(formatHuman(result)) : formatHuman(result)),
  json: formatJson,
  sarif: formatSarif,
} satisfies Record<string, (result: CheckResult, hasColours: boolean) => string>;

/** Prints the result of a check. */
export type Format = (result: CheckResult, hasColours: boolean) => string;
