import { type Rule, RuleLevel, type Violation } from '../rule';
import { AWS, COMMUNITY, F5, HAPROXYTECH, HTTP_ROUTE, OPENSHIFT_ROUTER, readersOf } from '../../manifests/controllers';
import { everyRuleHas } from '../../manifests/envoy-policies';
import { at, listAt, type Path, textAt } from '../../manifests/fields';
import { backendsOf, isFrontDoor, podsBehind, traefikMiddlewares } from '../../manifests/front-doors';
import { annotationsOf, groupKindOf, type Manifest } from '../../manifests/manifest';
import type { Manifests } from '../../manifests/manifests';
import { requestTimeoutOf, servingNims } from '../../manifests/nim';

/** How a timeout is read; NaN for a text that is none. */
type SecondsIn = (text: string) => number;

/** What a controller with these annotations is told; without, its own default is too small for batches of texts. */
const ANNOTATIONS: readonly {
  readonly controller: string;
  readonly prefix: string;
  readonly timeout: string;
  readonly secondsIn: SecondsIn;
  readonly bodySize?: string;
}[] = [
  {
    controller: F5,
    prefix: 'nginx.org/',
    timeout: 'proxy-read-timeout',
    secondsIn: duration('s'),
    bodySize: 'client-max-body-size',
  },
  {
    controller: COMMUNITY,
    prefix: 'nginx.ingress.kubernetes.io/',
    timeout: 'proxy-read-timeout',
    // "All timeout values are unitless": any other text is ignored.
    secondsIn: (text) => Number(/^\d+$/.exec(text)?.[0]),
    bodySize: 'proxy-body-size',
  },
  { controller: HAPROXYTECH, prefix: 'haproxy.org/', timeout: 'timeout-server', secondsIn: duration('ms') },
  {
    controller: OPENSHIFT_ROUTER,
    prefix: 'haproxy.router.openshift.io/',
    timeout: 'timeout',
    secondsIn: duration('ms'),
  },
  {
    controller: AWS,
    prefix: 'alb.ingress.kubernetes.io/',
    timeout: 'load-balancer-attributes',
    secondsIn: (text) => Number(/idle_timeout\.timeout_seconds=(\d+)/.exec(text)?.[1]),
  },
];

export const ingressTimeoutAndBodySize: Rule = {
  id: 'ingress-timeout-and-body-size',
  level: RuleLevel.WARNING,
  what: 'The front door of a NIM waits longer than the NIM may take, and says how large a request may be.',
  why: 'The defaults of controllers (15 to 60 s, 1 MB or no limit) cut off long batches, or let one request fill the memory.',
  fix: 'set the timeout and the body size of the ingress controller, the timeout above the request timeout of the NIM',
  check: (object, manifests) => {
    const nims = isFrontDoor(object, manifests) ? nimsBehind(object, manifests) : [];
    const known = nims.map((container) => requestTimeoutOf(container) ?? 0).filter((seconds) => !Number.isNaN(seconds));
    const slowest = Math.max(0, ...known);
    if (nims.length === 0) {
      return [];
    }
    return groupKindOf(object) === HTTP_ROUTE
      ? httpRouteViolations(object, slowest, manifests)
      : [...annotationViolations(object, slowest), ...middlewareViolations(object, manifests)];
  },
};

function nimsBehind(door: Manifest, manifests: Manifests): ReturnType<typeof servingNims> {
  return backendsOf(door)
    .flatMap((backend) => podsBehind(backend, manifests))
    .flatMap(servingNims);
}

function annotationViolations(door: Manifest, slowest: number): Violation[] {
  const annotations = annotationsOf(door);
  const told = ANNOTATIONS.filter(({ prefix }) => Object.keys(annotations).some((name) => name.startsWith(prefix)));
  const isUntold =
    told.length === 0 && ANNOTATIONS.some(({ controller }) => readersOf(door)?.includes(controller) === true);
  if (isUntold) {
    return [{ path: ['metadata', 'annotations'], message: 'nothing tells the controller how long to wait' }];
  }
  return told.flatMap(({ prefix, timeout, secondsIn, bodySize }) => [
    ...timeoutViolations(
      annotations[prefix + timeout],
      secondsIn,
      ['metadata', 'annotations', prefix + timeout],
      slowest,
    ),
    // 0 is no limit.
    ...(bodySize !== undefined && /^0*[a-z]?$/i.test(annotations[prefix + bodySize] ?? '')
      ? [
          {
            path: ['metadata', 'annotations', prefix + bodySize],
            message: 'nothing says how large a request may be',
          },
        ]
      : []),
  ]);
}

function httpRouteViolations(route: Manifest, slowest: number, manifests: Manifests): Violation[] {
  const bounded = everyRuleHas(
    route,
    manifests,
    'BackendTrafficPolicy',
    (policy) => at(policy, 'spec', 'requestBuffer', 'limit') !== undefined,
  );
  return [
    ...listAt(route, 'spec', 'rules').flatMap((rule, index) =>
      timeoutViolations(
        textAt(rule, 'timeouts', 'request'),
        gatewayDuration,
        ['spec', 'rules', index, 'timeouts', 'request'],
        slowest,
      ),
    ),
    ...(bounded ? [] : [{ path: ['spec'], message: 'no BackendTrafficPolicy says how large a request may be' }]),
  ];
}

function middlewareViolations(door: Manifest, manifests: Manifests): Violation[] {
  const middlewares = traefikMiddlewares(door, manifests);
  return middlewares.length === 0 ||
    middlewares.some((middleware) => at(middleware, 'spec', 'buffering', 'maxRequestBodyBytes') !== undefined)
    ? []
    : [{ path: ['metadata', 'annotations'], message: 'no Middleware says how large a request may be' }];
}

function timeoutViolations(text: string | undefined, secondsIn: SecondsIn, path: Path, needed: number): Violation[] {
  const seconds = text === undefined ? NaN : secondsIn(text);
  if (Number.isNaN(seconds)) {
    return [{ path, message: 'no timeout is set' }];
  }
  return seconds > needed
    ? []
    : [{ path, message: `the timeout is ${seconds} s, and the NIM itself may take ${needed} s` }];
}

const SECONDS_PER_UNIT: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };

/** `130s`, `2m`, `2m10s`, or a number alone, which is in the given unit. */
function duration(unitOfNumbers: string): SecondsIn {
  return (text) =>
    text
      .split(/(?<=[a-z])\s*(?=\d)/)
      .map((part) => {
        const unit = part.replace(/\d+/, '');
        return Number.parseInt(part, 10) * (SECONDS_PER_UNIT[unit === '' ? unitOfNumbers : unit] ?? NaN);
      })
      .reduce((sum, seconds) => sum + seconds);
}

/** Gateway API: zero is no timeout. */
function gatewayDuration(text: string): number {
  const seconds = duration('s')(text);
  return seconds === 0 ? Infinity : seconds;
}
