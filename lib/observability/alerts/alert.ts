/** How soon somebody has to look. */
export enum Severity {
  /** Callers get no answers, or will not soon. */
  CRITICAL = 'critical',
  /** Something is wrong that callers may not feel yet. */
  WARNING = 'warning',
}

/** One alert, before it becomes a rule. */
export interface Alert {
  /** The heading of its section in docs/alerts.md. */
  readonly name: string;
  readonly severity: Severity;
  readonly expr: string;
  /** How long it has to hold. */
  readonly forSeconds: number;
  /** What has happened, in a line. */
  readonly summary: string;
  /** What it means, with the labels of the series. */
  readonly description: string;
}

export const MINUTE = 60;
