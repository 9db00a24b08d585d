import { type Rule, RuleLevel, type Violation } from './rule';
import { at, fieldsAt, listAt, numberAt } from './support/fields';
import { isNim, probeWindow } from './support/nim';
import type { Container } from './support/pods';

const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'];
const PORT_HANDLERS = ['httpGet', 'tcpSocket', 'grpc'];
const HANDLERS = [...PORT_HANDLERS, 'exec'];

/** A warm cache, and nothing else: NVIDIA's chart allows 30 minutes, and starts of 15 minutes were seen. */
const SHORTEST_STARTUP_SECONDS = 300;
/** The kubelet's default of 1 s ends in restarts when a model server is busy. */
const SHORTEST_TIMEOUT_SECONDS = 2;

export const probes: Rule = {
  id: 'probes',
  level: RuleLevel.ERROR,
  what: 'Every serving container has a readiness and a liveness probe that differ and ask declared ports; a NIM also has a startup probe with time to load the model.',
  why: 'Without readiness, clients get errors while a pod starts; without a startup probe, liveness kills a NIM that still loads.',
  fix: 'set readinessProbe, livenessProbe and, for a NIM, startupProbe with failureThreshold × periodSeconds of several minutes',
  check: (object, manifests) => {
    const pod = manifests.podOf(object);
    return pod?.serving === true
      ? pod.containers.filter(({ list }) => list === 'containers').flatMap(containerViolations)
      : [];
  },
};

function containerViolations(container: Container): Violation[] {
  const { fields, path } = container;
  const needed = isNim(container) ? PROBES : PROBES.slice(1);
  const liveness = questionOf(at(fields, 'livenessProbe'));
  return [
    ...needed
      .filter((probe) => questionOf(at(fields, probe)) === undefined)
      .map((probe) => ({ path: [...path, probe], message: `there is no ${probe}` })),
    ...(liveness !== undefined && liveness === questionOf(at(fields, 'readinessProbe'))
      ? [
          {
            path: [...path, 'livenessProbe'],
            message: 'liveness asks what readiness asks, so a pod that is only busy is killed',
          },
        ]
      : []),
    ...PROBES.flatMap((probe) => undeclaredPort(container, probe)),
    ...(isNim(container) ? nimViolations(container) : []),
  ];
}

/** What a probe asks, as a text that is the same in whatever order the fields are written. */
function questionOf(probe: unknown): string | undefined {
  const handler = HANDLERS.find((name) => at(probe, name) !== undefined);
  return handler === undefined
    ? undefined
    : JSON.stringify([handler, ...Object.entries(fieldsAt(probe, handler)).sort(([a], [b]) => a.localeCompare(b))]);
}

function undeclaredPort({ fields, path }: Container, probe: string): Violation[] {
  const handler = PORT_HANDLERS.find((name) => at(fields, probe, name) !== undefined);
  if (handler === undefined) {
    return [];
  }
  const port = at(fields, probe, handler, 'port');
  const declared = listAt(fields, 'ports').flatMap((entry) => [at(entry, 'name'), at(entry, 'containerPort')]);
  return declared.includes(port)
    ? []
    : [{ path: [...path, probe, handler, 'port'], message: `the container declares no port ${JSON.stringify(port)}` }];
}

function nimViolations({ fields, path }: Container): Violation[] {
  const startup = at(fields, 'startupProbe');
  return [
    ...(startup !== undefined && probeWindow(startup) < SHORTEST_STARTUP_SECONDS
      ? [
          {
            path: [...path, 'startupProbe', 'failureThreshold'],
            message: `the NIM is killed when it loads for more than ${probeWindow(startup)} s`,
          },
        ]
      : []),
    ...PROBES.filter(
      (probe) =>
        at(fields, probe) !== undefined && (numberAt(fields, probe, 'timeoutSeconds') ?? 1) < SHORTEST_TIMEOUT_SECONDS,
    ).map((probe) => ({
      path: [...path, probe, 'timeoutSeconds'],
      message: 'a busy NIM does not answer within one second',
    })),
  ];
}
