import { callsOf } from '../../manifests/backend-schemes';
import { type Backend, backendsOf, DOOR_KINDS, isFrontDoor } from '../../manifests/front-doors';
import type { Manifest } from '../../manifests/manifest';
import type { Manifests } from '../../manifests/manifests';
import { answerOf } from '../../manifests/service-schemes';
import { type Rule, RuleLevel, type Violation } from '../rule';

export const ingressBackendScheme: Rule = {
  id: 'ingress-backend-scheme',
  level: RuleLevel.ERROR,
  kinds: DOOR_KINDS,
  what: 'An Ingress, HTTPRoute or Route calls a Service over TLS when its pods serve TLS, and in plain HTTP when they do not.',
  why: 'A server of TLS refuses plain HTTP, and the other way round: every request ends with an error.',
  fix: 'set the scheme where the controller of the front door reads it, or give the pods a certificate (internalTls)',
  check: (object, manifests) =>
    isFrontDoor(object, manifests)
      ? backendsOnce(object, manifests).flatMap((backend) => schemeViolations(object, backend, manifests))
      : [],
};

/** Each Service and port once, however many paths lead to it. */
function backendsOnce(door: Manifest, manifests: Manifests): Backend[] {
  const byTarget = new Map<string, Backend>();
  for (const backend of backendsOf(door, manifests)) {
    const key = `${backend.namespace}/${backend.name} ${JSON.stringify(backend.port)}`;
    byTarget.set(key, byTarget.get(key) ?? backend);
  }
  return [...byTarget.values()];
}

/** A door may be for several controllers; it fits when one of them calls the Service as it answers. */
function schemeViolations(door: Manifest, backend: Backend, manifests: Manifests): Violation[] {
  const answer = answerOf(backend, manifests);
  const calls = callsOf(door, backend, manifests);
  if (answer === undefined || calls.length === 0 || calls.some(({ tls }) => tls === answer.tls)) {
    return [];
  }
  const service = `the Service ${backend.name} serves ${answer.tls ? 'TLS' : 'plain HTTP'} (${answer.because})`;
  const callers = [...new Set(calls.map(({ controller }) => controller))].join(' or ');
  const fields = [...new Set(calls.flatMap((call) => call.fields))].join(', or ');
  return [
    {
      path: backend.path,
      message: answer.tls
        ? `${service}, and ${callers} calls it in plain HTTP${fields === '' ? ', and in no other way' : `: nothing says TLS in ${fields}`}`
        : `${service}, and ${callers} calls it over TLS, because of ${fields}`,
    },
  ];
}
