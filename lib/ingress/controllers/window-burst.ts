import { invalid } from '../../common/invalid';
import type { RateLimit } from '../rate-limit';

/**
 * Refuses a burst that differs from what a controller admits at once because it counts over a window: such a controller has
 * no setting for it, and the number in the program should be the one that clients meet.
 */
export function requireWindowBurst(
  controller: string,
  rateLimit: RateLimit,
  window: { readonly requests: number; readonly description: string },
): void {
  if (rateLimit.burst !== window.requests) {
    throw invalid({
      what: 'RateLimit.perClient burst',
      value: rateLimit.burst,
      because: `${controller} counts over ${window.description} and admits all ${window.requests} requests of it at once`,
      instead: `write burst: ${window.requests}, or choose another controller`,
    });
  }
}
