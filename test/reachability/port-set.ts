/** The highest port. Port 0 cannot be connected to. */
export const LAST_PORT = 65_535;

type Interval = readonly [first: number, last: number];

/** A set of ports from 1 to 65,535, exact and small: sorted intervals that neither touch nor overlap. */
export class PortSet {
  public static readonly NONE = new PortSet([]);
  public static readonly ALL = new PortSet([[1, LAST_PORT]]);

  /** The ports from `first` to `last`; ports that do not exist are left out. */
  public static range(first: number, last = first): PortSet {
    return PortSet.of([[Math.max(first, 1), Math.min(last, LAST_PORT)]]);
  }

  private static of(intervals: readonly Interval[]): PortSet {
    const joined: [number, number][] = [];
    const sorted = intervals.filter(([first, last]) => first <= last).sort(([a], [b]) => a - b);
    for (const [first, last] of sorted) {
      const previous = joined.at(-1);
      if (previous !== undefined && first <= previous[1] + 1) {
        previous[1] = Math.max(previous[1], last);
      } else {
        joined.push([first, last]);
      }
    }
    return new PortSet(joined);
  }

  private constructor(private readonly intervals: readonly Interval[]) {}

  public get isEmpty(): boolean {
    return this.intervals.length === 0;
  }

  public has(port: number): boolean {
    return this.intervals.some(([first, last]) => first <= port && port <= last);
  }

  public union(...others: readonly PortSet[]): PortSet {
    return PortSet.of([this, ...others].flatMap(({ intervals }) => intervals));
  }

  public intersect(other: PortSet): PortSet {
    if (this === PortSet.ALL || other.isEmpty) {
      return other;
    }
    return PortSet.of(
      this.intervals.flatMap(([first, last]) =>
        other.intervals.map(([from, to]): Interval => [Math.max(first, from), Math.min(last, to)]),
      ),
    );
  }

  /** For example `53,8000-8002`; `all` and `none` for what they say. */
  public toString(): string {
    const text = this.intervals.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
    return text === `1-${LAST_PORT}` ? 'all' : text || 'none';
  }
}
