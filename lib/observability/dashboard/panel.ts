/** One line, or several, of a panel. */
export interface Query {
  readonly expr: string;
  /** How a line is called, with the labels of its series: `{{pod}}`. */
  readonly legend: string;
}

/** A panel, before it has a place. */
export interface Panel {
  readonly title: string;
  /** Who counts it. */
  readonly description: string;
  /** In the words of Grafana. */
  readonly unit: string;
  readonly queries: readonly Query[];
}
