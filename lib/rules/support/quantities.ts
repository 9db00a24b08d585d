const FACTORS: Readonly<Record<string, number>> = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** The amount that a Kubernetes quantity stands for; `undefined` when it is none. */
export function quantity(value: unknown): number | undefined {
  if (typeof value === 'number') {
    return value;
  }
  const [, amount, suffix] =
    typeof value === 'string' ? (/^([0-9.]+(?:[eE][+-]?[0-9]+)?)([A-Za-z]*)$/.exec(value) ?? []) : [];
  const factor = suffix === undefined || !Object.hasOwn(FACTORS, suffix) ? undefined : FACTORS[suffix];
  return amount === undefined || factor === undefined ? undefined : Number(amount) * factor;
}
