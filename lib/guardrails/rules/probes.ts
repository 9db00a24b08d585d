import { type Rule, RuleLevel, type Violation } from '../rule';
import { LIVENESS_PATH, READINESS_PATH } from '../../nim/api-paths';
import { at, fieldsAt, listAt, numberAt, textAt } from '../../manifests/fields';
import { apiPortOf, failureWindow, isNim, probeWindow, servesTls } from '../../manifests/nim';
import { type Container, POD_KINDS, portNumber } from '../../manifests/pods';

const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'];
const PORT_HANDLERS = ['httpGet', 'tcpSocket', 'grpc'];
const HANDLERS = [...PORT_HANDLERS, 'exec'];

/** Enough for a warm cache only: NVIDIA's chart allows 30 minutes, and starts of 15 minutes were seen. */
const SHORTEST_STARTUP_SECONDS = 300;
/** The kubelet's default of 1 s ends in restarts when a model server is busy. */
const SHORTEST_TIMEOUT_SECONDS = 2;
/** Half of what NVIDIA's chart allows: three failures, ten seconds apart. */
const SHORTEST_LIVENESS_SECONDS = 15;

/** What a NIM is to be asked. Either answer will do for its start: readiness comes last. */
const HEALTH_PATHS: Readonly<Record<string, readonly string[]>> = {
  startupProbe: [READINESS_PATH, LIVENESS_PATH],
  readinessProbe: [READINESS_PATH],
  livenessProbe: [LIVENESS_PATH],
};

export const probes: Rule = {
  id: 'probes',
  level: RuleLevel.ERROR,
  kinds: POD_KINDS,
  what: 'Every serving container has a readiness and a liveness probe that differ and ask declared ports; a NIM also has a startup probe with time to load the model, and is asked for its health where it serves it.',
  why: 'Without readiness, clients get errors while a pod starts; without a startup probe, liveness kills a NIM that still loads; with the wrong question, it kills one that works.',
  fix: `set readinessProbe and livenessProbe, for a NIM to ${READINESS_PATH} and ${LIVENESS_PATH} of the API port, each with timeoutSeconds: 5, and a startupProbe whose failureThreshold × periodSeconds is several minutes`,
  check: (object, manifests) => {
    const pod = manifests.podOf(object);
    return pod?.serving === true
      ? pod.containers.filter(({ list }) => list === 'containers').flatMap(containerViolations)
      : [];
  },
};

function containerViolations(container: Container): Violation[] {
  const { path } = container;
  const needed = isNim(container) ? PROBES : PROBES.slice(1);
  return [
    ...needed
      .filter((probe) => handlerOf(container, probe) === undefined)
      .map((probe) => ({ path: [...path, probe], message: `there is no ${probe}` })),
    ...(asksTheSame(container, 'livenessProbe', 'readinessProbe')
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

function handlerOf({ fields }: Container, probe: string): string | undefined {
  return HANDLERS.find((name) => at(fields, probe, name) !== undefined);
}

function asksTheSame(container: Container, probe: string, other: string): boolean {
  const handler = handlerOf(container, probe);
  return (
    handler !== undefined &&
    handler === handlerOf(container, other) &&
    questionOf(container, probe, handler) === questionOf(container, other, handler)
  );
}

/** What a probe asks, as a text that does not depend on the order of the fields or on defaults that are left out. */
function questionOf(container: Container, probe: string, handler: string): string {
  const asked = fieldsAt(container.fields, probe, handler);
  const port = portNumber([container], asked['port']) ?? asked['port'];
  const question = { ...(handler === 'httpGet' ? { path: '/', scheme: 'HTTP' } : {}), ...asked, port };
  return JSON.stringify(Object.entries(question).sort(([a], [b]) => (a < b ? -1 : 1)));
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

function nimViolations(container: Container): Violation[] {
  const { fields, path } = container;
  const startup = at(fields, 'startupProbe');
  const liveness = at(fields, 'livenessProbe');
  return [
    ...(startup !== undefined && probeWindow(startup) < SHORTEST_STARTUP_SECONDS
      ? [
          {
            path: [...path, 'startupProbe', 'failureThreshold'],
            message: `the NIM is killed when it loads for more than ${probeWindow(startup)} s`,
          },
        ]
      : []),
    ...(liveness !== undefined && failureWindow(liveness) < SHORTEST_LIVENESS_SECONDS
      ? [
          {
            path: [...path, 'livenessProbe', 'failureThreshold'],
            message: `the NIM is killed when it is busy for ${failureWindow(liveness)} s`,
          },
        ]
      : []),
    ...PROBES.filter(
      (probe) =>
        at(fields, probe) !== undefined && (numberAt(fields, probe, 'timeoutSeconds') ?? 1) < SHORTEST_TIMEOUT_SECONDS,
    ).map((probe) => ({
      path: [...path, probe, 'timeoutSeconds'],
      message: 'timeoutSeconds is 1, the default; a busy NIM needs more: set 5',
    })),
    ...PROBES.flatMap((probe) => otherQuestion(container, probe)),
  ];
}

/** A NIM answers for its health on its API port, under two paths. */
function otherQuestion(container: Container, probe: string): Violation[] {
  if (probe === 'readinessProbe' && at(container.fields, probe, 'tcpSocket') !== undefined) {
    const message = `a NIM listens long before it can answer: ask for ${READINESS_PATH} by httpGet`;
    return [{ path: [...container.path, probe, 'tcpSocket'], message }];
  }
  const httpGet = at(container.fields, probe, 'httpGet');
  if (httpGet === undefined) {
    return [];
  }
  const healthPath = textAt(httpGet, 'path') ?? '/';
  const expected = HEALTH_PATHS[probe] ?? [];
  const port = portNumber([container], at(httpGet, 'port'));
  const api = apiPortOf(container);
  const tls = servesTls(container);
  return [
    ...(tls === undefined || tls === (textAt(httpGet, 'scheme') === 'HTTPS')
      ? []
      : [
          {
            path: [...container.path, probe, 'httpGet', 'scheme'],
            message: tls
              ? 'it asks in plain HTTP a NIM that serves its API over TLS: set scheme: HTTPS'
              : 'it asks over TLS a NIM that serves its API in plain HTTP',
          },
        ]),
    ...(expected.includes(healthPath)
      ? []
      : [
          {
            path: [...container.path, probe, 'httpGet', 'path'],
            message: `it asks the NIM for ${healthPath} instead of ${expected.join(' or ')}`,
          },
        ]),
    ...(api === undefined || port === api || undeclaredPort(container, probe).length > 0
      ? []
      : [
          {
            path: [...container.path, probe, 'httpGet', 'port'],
            message: `it asks the port ${port} of a NIM that serves its API on ${api}`,
          },
        ]),
  ];
}
