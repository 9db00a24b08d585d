import type { Duration } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { invalid } from '../../../common/invalid';
import { stableHash } from '../../../common/stable-hash';
import type { IngressSpec } from '../../spec';

/** HAProxy: "timer overflow" above 2^31-1 ms. */
const LONGEST_WINDOW_MILLIS = 2_147_483_647;
/** A window may grow by a tenth: the rate of an ingress is never above what was asked for, and at most a tenth below. */
const SPREAD = 0.1;

/** The windows of each app, by ingress class: an app renders what runs in one cluster. */
const windowsOfApp = new WeakMap<IConstruct, Map<string, string>>();

/**
 * The time in milliseconds in which a client may make `burst` requests, so that it gets its rate in the long run.
 *
 * The controller names the table of its counters after the length of the window only (`RateLimit-<ms>`), so two ingresses
 * with one length would share one allowance. Each gets its own: a small addition that depends on namespace and name.
 */
export function rateWindowMillis(
  scope: Construct,
  spec: IngressSpec,
  ingressClassName: string,
  chosenOffset: Duration | undefined,
): number {
  const { requests, periodSeconds, burst } = spec.rateLimit;
  const base = Math.ceil((burst / requests) * periodSeconds * 1000);
  const offset =
    chosenOffset === undefined
      ? stableHash(`${spec.namespace}/${spec.name}`) % (Math.floor(base * SPREAD) + 1)
      : requireOffset(chosenOffset);
  const millis = base + offset;
  if (millis > LONGEST_WINDOW_MILLIS) {
    throw invalid({
      what: 'RateLimit.perClient burst',
      value: burst,
      because: `HAProxy would have to count over ${Math.ceil(millis / 86_400_000)} days, and it can over 24`,
      instead: 'lower the burst, or raise the rate',
    });
  }
  refuseSharedWindow(scope, ingressClassName, millis);
  return millis;
}

function refuseSharedWindow(scope: Construct, ingressClassName: string, millis: number): void {
  const root = scope.node.root;
  const windows = windowsOfApp.get(root) ?? new Map<string, string>();
  windowsOfApp.set(root, windows);
  const key = `${ingressClassName} ${millis}`;
  const other = windows.get(key);
  if (other !== undefined) {
    throw invalid({
      what: `rate limit window of ${scope.node.path}`,
      value: `${millis} ms`,
      because: `${other} has the same one, and the controller would count the requests to both together`,
      instead: 'write IngressController.haProxy({ rateWindowOffset: Duration.millis(…) }) for one of them',
    });
  }
  windows.set(key, scope.node.path);
}

function requireOffset(offset: Duration): number {
  const millis = offset.toMilliseconds({ integral: false });
  if (!Number.isSafeInteger(millis) || millis < 0) {
    throw invalid({
      what: 'IngressController.haProxy rateWindowOffset',
      value: offset.toHumanString(),
      because: 'it is a whole number of milliseconds, zero or more',
      instead: 'write for example Duration.millis(7)',
    });
  }
  return millis;
}
