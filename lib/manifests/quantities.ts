import { scalarText } from './fields';

/** Decimal suffixes as exponents. */
const DECIMAL: Readonly<Record<string, string>> = {
  n: 'e-9',
  u: 'e-6',
  m: 'e-3',
  k: 'e3',
  M: 'e6',
  G: 'e9',
  T: 'e12',
  P: 'e15',
  E: 'e18',
};

/** Binary suffixes as factors. */
const BINARY: Readonly<Record<string, number>> = {
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** The amount that a Kubernetes quantity stands for; `undefined` when it is none, or below zero. */
export function quantity(value: unknown): number | undefined {
  const match = /^\+?(\d+\.?\d*|\.\d+)(?:([KMGTPE]i)|([eE][+-]?\d+|[numkMGTPE]?))$/.exec(scalarText(value) ?? '');
  if (match === null) {
    return undefined;
  }
  const [, amount = '', binary = '', decimal = ''] = match;
  // Read as one number, because 9 * 1e-3 is more than 0.009.
  return Number(amount + (DECIMAL[decimal] ?? decimal)) * (BINARY[binary] ?? 1);
}
