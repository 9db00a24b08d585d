/** What a scanner has against an object of a render. */
export interface Finding {
  readonly tool: string;
  /** The scanner's own id of the check. */
  readonly check: string;
  /** Kind and name: `Deployment/text-embedding`. */
  readonly object: string;
  readonly render: string;
  /** The scanner's own words. */
  readonly detail: string;
}

/** A finding, before its scanner and its render are known. */
export type RawFinding = Omit<Finding, 'tool' | 'render'>;

/** The findings of one scanner in one render, in a stable order and without duplicates. */
export function normalise(tool: string, render: string, raw: readonly RawFinding[]): Finding[] {
  const byCheckAndObject = new Map(raw.map((finding) => [`${finding.check} ${finding.object}`, finding]));
  return [...byCheckAndObject.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, finding]) => ({ tool, render, ...finding }));
}
