import { type Rule, RuleLevel, type Violation } from './rule';
import { at, listAt, type Path, textAt } from './support/fields';
import {
  backendsOf,
  HTTP_ROUTE,
  INGRESS,
  isFrontDoor,
  OPENSHIFT_ROUTE,
  traefikMiddlewares,
} from './support/front-doors';
import { annotationsOf, groupKindOf, type Manifest, namespaceOf } from './support/manifest';
import type { Manifests } from './support/manifests';
import { requestTimeoutOf, servingNims } from './support/nim';

/** What a controller with these annotations is told; without, its own default is too small for batches of texts. */
const ANNOTATIONS: readonly {
  readonly prefix: string;
  readonly timeout: string;
  readonly bodySize?: string;
}[] = [
  { prefix: 'nginx.org/', timeout: 'proxy-read-timeout', bodySize: 'client-max-body-size' },
  { prefix: 'nginx.ingress.kubernetes.io/', timeout: 'proxy-read-timeout', bodySize: 'proxy-body-size' },
  { prefix: 'haproxy.org/', timeout: 'timeout-server' },
  { prefix: 'haproxy.router.openshift.io/', timeout: 'timeout' },
  { prefix: 'alb.ingress.kubernetes.io/', timeout: 'load-balancer-attributes' },
];

export const ingressTimeoutAndBodySize: Rule = {
  id: 'ingress-timeout-and-body-size',
  level: RuleLevel.WARNING,
  what: 'The front door of a NIM waits longer than the NIM may take, and says how large a request may be.',
  why: 'The defaults of controllers (15 to 60 s, 1 MB or no limit) cut off long batches, or let one request fill the memory.',
  fix: 'set the timeout and the body size of the ingress controller, the timeout above the request timeout of the NIM',
  check: (object, manifests) => {
    const nims = isFrontDoor(object, manifests) ? nimsBehind(object, manifests) : [];
    const slowest = Math.max(0, ...nims.map((container) => requestTimeoutOf(container) ?? 0));
    return nims.length === 0
      ? []
      : [...annotationViolations(object, slowest), ...objectViolations(object, slowest, manifests)];
  },
};

function nimsBehind(door: Manifest, manifests: Manifests): ReturnType<typeof servingNims> {
  const services = backendsOf(door).map(({ namespace, name }) => manifests.find('/Service', namespace, name));
  return [...new Set(services)]
    .filter((service) => service !== undefined)
    .flatMap((service) =>
      manifests.podsSelectedBy(namespaceOf(service), { matchLabels: at(service, 'spec', 'selector') }),
    )
    .flatMap(servingNims);
}

function annotationViolations(door: Manifest, slowest: number): Violation[] {
  const annotations = annotationsOf(door);
  const table = [INGRESS, OPENSHIFT_ROUTE].includes(groupKindOf(door)) ? ANNOTATIONS : [];
  return table
    .filter(({ prefix }) => Object.keys(annotations).some((name) => name.startsWith(prefix)))
    .flatMap(({ prefix, timeout, bodySize }) => [
      ...timeoutViolations(annotations[prefix + timeout], ['metadata', 'annotations', prefix + timeout], slowest),
      ...(bodySize === undefined || (annotations[prefix + bodySize] ?? '0').replace(/^0+[a-z]?$/i, '') !== ''
        ? []
        : [
            {
              path: ['metadata', 'annotations', prefix + bodySize],
              message: 'nothing says how large a request may be',
            },
          ]),
    ]);
}

function objectViolations(door: Manifest, slowest: number, manifests: Manifests): Violation[] {
  if (groupKindOf(door) === HTTP_ROUTE) {
    const bounded = manifests
      .attachedTo(door, 'gateway.envoyproxy.io/BackendTrafficPolicy')
      .some((policy) => at(policy, 'spec', 'requestBuffer', 'limit') !== undefined);
    return [
      ...listAt(door, 'spec', 'rules').flatMap((rule, index) =>
        timeoutViolations(
          textAt(rule, 'timeouts', 'request'),
          ['spec', 'rules', index, 'timeouts', 'request'],
          slowest,
        ),
      ),
      ...(bounded ? [] : [{ path: ['spec'], message: 'no BackendTrafficPolicy says how large a request may be' }]),
    ];
  }
  const middlewares = traefikMiddlewares(door, manifests);
  return middlewares.length === 0 ||
    middlewares.some((middleware) => at(middleware, 'spec', 'buffering', 'maxRequestBodyBytes') !== undefined)
    ? []
    : [{ path: ['metadata', 'annotations'], message: 'no Middleware says how large a request may be' }];
}

function timeoutViolations(value: string | undefined, path: Path, needed: number): Violation[] {
  const seconds = value === undefined ? undefined : secondsIn(value);
  if (seconds === undefined) {
    return [{ path, message: 'no timeout is set' }];
  }
  return seconds > needed
    ? []
    : [{ path, message: `the timeout is ${seconds} s, and the NIM itself may take ${needed} s` }];
}

const SECONDS_PER_UNIT: Readonly<Record<string, number>> = { ms: 0.001, '': 1, s: 1, m: 60, h: 3600 };

/** `130s`, `130`, `2m`, `2m10s`, or the last number of `idle_timeout.timeout_seconds=130`. */
function secondsIn(value: string): number | undefined {
  const text = /idle_timeout\.timeout_seconds=(\d+)/.exec(value)?.[1] ?? value;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|[smh]?)/g)];
  return parts.length === 0
    ? undefined
    : parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (SECONDS_PER_UNIT[unit ?? ''] ?? 1), 0);
}
