import { invalid } from '../../../common/invalid';
import type { RateLimit } from '../../rate-limit';
import { requireWindowBurst } from '../window-burst';

/** The router's stick table counts HTTP requests over this time: `http_req_rate(10s)`. */
const WINDOW_SECONDS = 10;
const PREFIX = 'rate-limit-connections';

/** The annotations of a rate limit, for a router that counts over ten seconds. */
export function routeRateAnnotations(controller: string, rateLimit: RateLimit): Record<string, string> {
  const { concurrentConnections } = rateLimit;
  const requests = requestsInWindow(controller, rateLimit);
  requireWindowBurst(controller, rateLimit, { requests, description: `${WINDOW_SECONDS} seconds` });
  return {
    [PREFIX]: 'true',
    [`${PREFIX}.rate-http`]: `${requests}`,
    ...(concurrentConnections === undefined
      ? {}
      : // The connection that reaches the number is closed itself, unlike the request that reaches rate-http.
        { [`${PREFIX}.concurrent-tcp`]: `${concurrentConnections + 1}` }),
  };
}

function requestsInWindow(controller: string, { requests, periodSeconds }: RateLimit): number {
  if (periodSeconds === 1) {
    return requests * WINDOW_SECONDS;
  }
  const windows = periodSeconds / WINDOW_SECONDS;
  if (requests % windows !== 0) {
    const below = Math.floor(requests / windows) * windows;
    throw invalid({
      what: 'RateLimit.perClient requestsPerMinute',
      value: requests,
      because: `${controller} counts over ${WINDOW_SECONDS} seconds, so a rate a minute is a multiple of ${windows}`,
      instead: `write ${below === 0 ? '' : `${below} or `}${below + windows}, or choose another controller`,
    });
  }
  return requests / windows;
}
