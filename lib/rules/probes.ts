import { type Rule, RuleLevel, type Violation } from './rule';
import { at, listAt, numberAt } from './support/fields';
import { isNim, probeWindow } from './support/nim';
import type { Container } from './support/pods';

const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'];
const HANDLERS = ['httpGet', 'tcpSocket', 'grpc'];

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
  const liveness = JSON.stringify(handlerOf(at(fields, 'livenessProbe')));
  return [
    ...needed
      .filter((probe) => handlerOf(at(fields, probe)) === undefined)
      .map((probe) => ({ path: [...path, probe], message: `there is no ${probe}` })),
    ...(liveness !== undefined && liveness === JSON.stringify(handlerOf(at(fields, 'readinessProbe')))
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

function handlerOf(probe: unknown): unknown {
  const handler = HANDLERS.find((name) => at(probe, name) !== undefined);
  return handler === undefined ? at(probe, 'exec') : at(probe, handler);
}

function undeclaredPort({ fields, path }: Container, probe: string): Violation[] {
  const handler = HANDLERS.find((name) => at(fields, probe, name) !== undefined);
  const port = handler === undefined ? undefined : at(fields, probe, handler, 'port');
  const declared = listAt(fields, 'ports').flatMap((entry) => [at(entry, 'name'), at(entry, 'containerPort')]);
  return handler === undefined || declared.includes(port)
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
