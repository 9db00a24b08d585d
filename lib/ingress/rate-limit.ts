import { invalid } from '../common/invalid';
import { requireHeaderName } from '../common/names';
import { enumOf, text, wholeNumber } from '../common/kinds';
import { optional, type PropTable, required, requireProps } from '../common/props';

/**
 * Where requests are counted.
 *
 * @example
 * nim.RateLimit.perClient({ requestsPerMinute: 300, burst: 30, scope: nim.RateLimitScope.CLUSTER });
 */
export enum RateLimitScope {
  /** In each replica of the controller: with three replicas a client can get three times the rate. */
  REPLICA = 'replica',
  /** Over all replicas of the controller. */
  CLUSTER = 'cluster',
}

/** Options of `RateLimit.perClient`. */
export interface ClientRateLimitOptions {
  /**
   * Requests a second that a client may make for as long as it likes.
   * @default - `requestsPerMinute`; one of the two is required
   */
  readonly requestsPerSecond?: number;
  /**
   * Requests a minute that a client may make for as long as it likes.
   * @default - `requestsPerSecond`; one of the two is required
   */
  readonly requestsPerMinute?: number;
  /**
   * Requests that a client may make at once before the rate holds it back. Required, because the defaults of the controllers
   * reach from none to five times the rate.
   */
  readonly burst: number;
  /**
   * Requests of one client that may be under way at the same time.
   * @default - no limit
   */
  readonly concurrentConnections?: number;
  /**
   * A request header that tells clients apart, instead of their address. Only together with an authentication that requires
   * the header: most controllers do not limit a request without it.
   * @default - the address of the client
   */
  readonly header?: string;
  /**
   * Where requests are counted.
   * @default RateLimitScope.REPLICA
   */
  readonly scope?: RateLimitScope;
}

export const CLIENT_RATE_LIMIT_OPTIONS: PropTable<ClientRateLimitOptions> = {
  requestsPerSecond: optional(wholeNumber()),
  requestsPerMinute: optional(wholeNumber()),
  burst: required(wholeNumber()),
  concurrentConnections: optional(wholeNumber()),
  header: optional(text),
  scope: optional(enumOf({ RateLimitScope })),
};

/** The unit of a rate. Each controller has its own word for it. */
export type RateUnit = 'second' | 'minute';

/** The unit in which a limit is written: its `requests` are a second or a minute. */
export function rateUnit({ periodSeconds }: RateLimit): RateUnit {
  return periodSeconds === 1 ? 'second' : 'minute';
}

/** The requests of a rate in a window of a controller; a fraction where the window has no whole number of them. */
export function requestsWithin({ requests, periodSeconds }: RateLimit, windowSeconds: number): number {
  return (requests * windowSeconds) / periodSeconds;
}

/**
 * How often a client may call. Whoever calls more often gets status 429. The NIM itself imposes no limit.
 *
 * @example
 * nim.RateLimit.perClient({ requestsPerSecond: 20, burst: 60, concurrentConnections: 10 });
 */
export class RateLimit {
  /** A limit for each client. */
  public static perClient(options: ClientRateLimitOptions): RateLimit {
    return new RateLimit(requireProps('RateLimit.perClient', options, CLIENT_RATE_LIMIT_OPTIONS));
  }

  /** Requests in each period. */
  public readonly requests: number;
  /** The period in seconds: 1 or 60. */
  public readonly periodSeconds: number;
  /** Requests at once. */
  public readonly burst: number;
  /** Requests under way at the same time. */
  public readonly concurrentConnections: number | undefined;
  /** The header that tells clients apart. */
  public readonly header: string | undefined;
  /** Where requests are counted. */
  public readonly scope: RateLimitScope;

  private constructor(options: ClientRateLimitOptions) {
    const { requestsPerSecond, requestsPerMinute } = options;
    if ((requestsPerSecond === undefined) === (requestsPerMinute === undefined)) {
      throw invalid({
        what: 'RateLimit.perClient rate',
        value: { requestsPerSecond, requestsPerMinute },
        because: 'a limit has one rate',
        instead: 'write either requestsPerSecond or requestsPerMinute',
      });
    }
    this.requests = requestsPerSecond ?? requestsPerMinute ?? 0;
    this.periodSeconds = requestsPerSecond === undefined ? 60 : 1;
    this.burst = options.burst;
    this.concurrentConnections = options.concurrentConnections;
    this.header =
      options.header === undefined ? undefined : requireHeaderName('RateLimit.perClient header', options.header);
    this.scope = options.scope ?? RateLimitScope.REPLICA;
  }
}
