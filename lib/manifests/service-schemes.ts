import { SERVICE } from '../ingress/door-kinds';
import { at, fieldsAt, textAt } from './fields';
import type { Backend } from './front-doors';
import type { Manifests } from './manifests';
import { apiPortOf, isNim, servesTls } from './nim';
import { type Container, type Pod, portNumber } from './pods';
import { portOf } from './ports';
import { podsOfService } from './selecting';

/** How a port of a Service is answered. */
export interface Answer {
  readonly tls: boolean;
  /** Where that is known from, for people. */
  readonly because: string;
}

const PROBES = ['readinessProbe', 'livenessProbe', 'startupProbe'];

/** How what a front door calls answers: by its pods and, where they do not say it, by the Service; `undefined` where nothing does. */
export function answerOf(backend: Backend, manifests: Manifests): Answer | undefined {
  const service = manifests.find(SERVICE, backend.namespace, backend.name);
  const port = service === undefined ? undefined : portOf(service, backend.port);
  if (service === undefined || port === undefined) {
    return undefined;
  }
  const target = at(port, 'targetPort') ?? at(port, 'port');
  const [answer, ...others] = podsOfService(service, manifests)
    .filter(({ serving }) => serving)
    .flatMap((pod) => answersOf(pod, target));
  if (answer === undefined) {
    return declared(port);
  }
  return others.every(({ tls }) => tls === answer.tls) ? answer : undefined;
}

/** A NIM says it by its variables; everything else by the probes that ask it. */
function answersOf(pod: Pod, target: unknown): Answer[] {
  const number = portNumber(pod.containers, target);
  return number === undefined
    ? []
    : pod.containers.flatMap((container) => answerOfNim(container, number) ?? answersToProbes(container, number));
}

function answerOfNim(container: Container, port: number): Answer | undefined {
  const tls = isNim(container) && apiPortOf(container) === port ? servesTls(container) : undefined;
  return tls === undefined
    ? undefined
    : {
        tls,
        because: `the NIM in the container ${container.name} has ${tls ? 'a' : 'no'} certificate in its variables`,
      };
}

function answersToProbes(container: Container, port: number): Answer[] {
  return PROBES.flatMap((probe) => {
    const httpGet = fieldsAt(container.fields, probe, 'httpGet');
    const scheme = textAt(httpGet, 'scheme') ?? 'HTTP';
    return portNumber([container], at(httpGet, 'port')) === port
      ? [{ tls: scheme === 'HTTPS', because: `the ${probe} of the container ${container.name} asks by ${scheme}` }]
      : [];
  });
}

function declared(port: unknown): Answer | undefined {
  const protocol = textAt(port, 'appProtocol');
  if (protocol !== undefined) {
    const scheme = protocol.toLowerCase();
    return scheme === 'http' || scheme === 'https'
      ? { tls: scheme === 'https', because: `the appProtocol of its port is ${protocol}` }
      : undefined;
  }
  const name = textAt(port, 'name');
  return name !== undefined && /^https(-|$)/.test(name)
    ? { tls: true, because: `its port is named ${name}` }
    : undefined;
}
