import { invalid } from '../../../common/invalid';
import { type RateLimit, requestsWithin } from '../../rate-limit';
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

function requestsInWindow(controller: string, rateLimit: RateLimit): number {
  const inWindow = requestsWithin(rateLimit, WINDOW_SECONDS);
  if (!Number.isInteger(inWindow)) {
    const { requests } = rateLimit;
    const windows = rateLimit.periodSeconds / WINDOW_SECONDS;
    const below = Math.floor(requests / windows) * windows;
    throw invalid({
      what: 'RateLimit.perClient requestsPerMinute',
      value: requests,
      because: `${controller} counts over ${WINDOW_SECONDS} seconds, so a rate a minute is a multiple of ${windows}`,
      instead: `write ${below === 0 ? '' : `${below} or `}${below + windows}, or choose another controller`,
    });
  }
  return inWindow;
}
