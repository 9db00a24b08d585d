import type { Duration } from 'cdk8s';
import { invalid } from '../common/invalid';
import { alternatives } from '../common/kinds';
import { requireSeconds } from '../common/quantities';
import type { MetricsPort } from '../network/api-pods';
import type { PodPart } from './pod-part';
import { DEFAULT_API_PORT, type RuntimeFacts } from './runtime-facts';

/** Refuses an API port that the generation uses inside the pod. */
export function requireApiPort(port: number, facts: RuntimeFacts): number {
  if (facts.innerPorts.some((inner) => inner.port === port)) {
    const uses = facts.innerPorts.map((inner) => `${inner.use} (${inner.port})`);
    throw invalid({
      what: 'NimDeployment port',
      value: port,
      because: `images ${facts.versions} use it inside the pod, for ${alternatives(uses)}`,
      instead: `write for example ${DEFAULT_API_PORT}, the default of the NIM`,
    });
  }
  return port;
}

/** Triton's own metrics, where they are asked for. */
export function tritonMetrics(
  { metrics, versions }: RuntimeFacts,
  asked = false,
): { readonly port?: MetricsPort; readonly part: PodPart } {
  const from = 'NimDeployment tritonMetrics';
  if (!asked) {
    return { part: { from } };
  }
  if (metrics === undefined) {
    throw invalid({
      what: from,
      value: asked,
      because: `images ${versions} have no Triton, and serve all their metrics on the API port`,
      instead: 'leave it out: monitoring reaches the API port, and with it /v1/metrics',
    });
  }
  const { documented } = metrics;
  const port = { name: 'triton-metrics', port: metrics.port, path: metrics.path, metrics: [...documented] };
  return {
    port,
    part: {
      from,
      env: { [metrics.variable]: `${port.port}` },
      ports: [{ name: port.name, containerPort: port.port, protocol: 'TCP' }],
    },
  };
}

/** How long the NIM itself may take for one request. */
export interface RequestTimeout {
  /** `undefined` for a generation that has no such limit. */
  readonly seconds: number | undefined;
  /** What the pod is told; empty where the default of the NIM counts. */
  readonly part: PodPart;
}

export function requestTimeout(facts: RuntimeFacts, given: Duration | undefined): RequestTimeout {
  const from = 'NimDeployment requestTimeout';
  const setting = facts.requestTimeout;
  if (given === undefined) {
    return { seconds: setting?.defaultSeconds, part: { from } };
  }
  const seconds = requireSeconds(from, given);
  if (setting === undefined) {
    throw invalid({
      what: from,
      value: `${seconds} s`,
      because: `images ${facts.versions} document no request timeout; it is a setting of 2.x`,
      instead: 'leave it out, and set the timeout of the ingress',
    });
  }
  return { seconds, part: { from, env: { [setting.variable]: `${seconds}` } } };
}
