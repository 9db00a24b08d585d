import type { ControllerLanguage, TimeoutAnnotation } from '../../ingress/controller-language';
import { HTTP_ROUTE } from '../../ingress/door-kinds';
import { readersOf, speaks } from '../../manifests/controllers';
import { listAt, type Path, textAt } from '../../manifests/fields';
import { backendsOf, DOOR_KINDS, isFrontDoor, podsBehind } from '../../manifests/front-doors';
import { isTold, objectsOfKind } from '../../manifests/instructions';
import { annotationsOf, groupKindOf, type Manifest } from '../../manifests/manifest';
import type { Manifests } from '../../manifests/manifests';
import { requestTimeoutOf, servingNims } from '../../manifests/nim';
import { placeOf } from '../ingress-decisions';
import { type Rule, RuleLevel, type Violation } from '../rule';

/** How a timeout is read; NaN for a text that is none. */
type SecondsIn = (text: string) => number;

export const ingressTimeoutAndBodySize: Rule = {
  id: 'ingress-timeout-and-body-size',
  level: RuleLevel.WARNING,
  kinds: DOOR_KINDS,
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
    return [
      ...(groupKindOf(object) === HTTP_ROUTE
        ? routeTimeoutViolations(object, slowest)
        : annotationViolations(object, slowest, manifests)),
      ...bodySizeViolations(object, manifests),
    ];
  },
};

function nimsBehind(door: Manifest, manifests: Manifests): ReturnType<typeof servingNims> {
  return backendsOf(door, manifests)
    .flatMap((backend) => podsBehind(backend, manifests))
    .flatMap(servingNims);
}

function annotationViolations(door: Manifest, slowest: number, manifests: Manifests): Violation[] {
  // Without their annotations, the defaults of these controllers are too small for batches of texts.
  const toldInAnnotations = manifests.languages.filter(({ timeout }) => timeout !== undefined);
  const told = toldInAnnotations.filter((language) => speaks(door, language));
  const isUntold =
    told.length === 0 && toldInAnnotations.some((language) => readersOf(door, manifests)?.includes(language));
  return isUntold
    ? [{ path: ['metadata', 'annotations'], message: 'nothing tells the controller how long to wait' }]
    : told.flatMap((language) => languageViolations(language, door, slowest));
}

function languageViolations(
  { timeout, bodySizeAnnotation }: ControllerLanguage,
  door: Manifest,
  slowest: number,
): Violation[] {
  const annotations = annotationsOf(door);
  const path = (name: string): Path => ['metadata', 'annotations', name];
  return [
    ...(timeout === undefined
      ? []
      : timeoutViolations(annotations[timeout.annotation], secondsIn(timeout), path(timeout.annotation), slowest)),
    // 0 is no limit.
    ...(bodySizeAnnotation !== undefined && /^0*[a-z]?$/i.test(annotations[bodySizeAnnotation] ?? '')
      ? [{ path: path(bodySizeAnnotation), message: 'nothing says how large a request may be' }]
      : []),
  ];
}

function routeTimeoutViolations(route: Manifest, slowest: number): Violation[] {
  return listAt(route, 'spec', 'rules').flatMap((rule, index) =>
    timeoutViolations(
      textAt(rule, 'timeouts', 'request'),
      gatewayDuration,
      ['spec', 'rules', index, 'timeouts', 'request'],
      slowest,
    ),
  );
}

/** For controllers whose limit is in an object: of an attached kind always, of a kind that the front door names only when it names one. */
function bodySizeViolations(door: Manifest, manifests: Manifests): Violation[] {
  const asked = manifests.languages.filter((language) => isAsked(language, door, manifests));
  const isLimited = asked.some(
    (language) => language.bodySize !== undefined && isTold(language.bodySize, language, door, manifests),
  );
  const kinds = asked.map(({ bodySize }) => bodySize?.kind?.replace(/^.*\//, ''));
  return asked.length === 0 || isLimited
    ? []
    : [{ path: placeOf(door), message: `no ${kinds.join(' or ')} says how large a request may be` }];
}

function isAsked(language: ControllerLanguage, door: Manifest, manifests: Manifests): boolean {
  const { bodySize, policies } = language;
  const kind = bodySize?.kind;
  return (
    kind !== undefined &&
    language.door === groupKindOf(door) &&
    (policies?.some((policy) => policy.kind === kind) === true ||
      objectsOfKind(kind, language, door, manifests).length > 0)
  );
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

/** How a controller reads its annotation. */
function secondsIn({ unit, pattern }: TimeoutAnnotation): SecondsIn {
  return pattern === undefined
    ? duration(unit)
    : (text) => Number(new RegExp(pattern).exec(text)?.[1]) * (SECONDS_PER_UNIT[unit] ?? NaN);
}

const SECONDS_PER_UNIT: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };

/** `130s`, `2m`, `2m10s`, or a bare number, which is in the given unit. */
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
