import { inOrder } from '../common/defined';
import { invalid } from '../common/invalid';
import type { NgcCredentials } from '../secrets/ngc-credentials';
import { requireKnownSettings, requireLiteralEnv, requireSecretEnv } from './environment';
import { LogLevel } from './log-level';
import type { NimDeploymentProps } from './nim-deployment-props';
import type { OpenTelemetry } from './open-telemetry';
import type { PodPart } from './pod-part';
import { type Environment, NGC_API_KEY, type RuntimeFacts } from './runtime-facts';

/** The one port of the pod that anything outside it may use. */
export const API_PORT_NAME = 'http-api';
/** Where containers mount what keeps the Secret with the API key there. The NIM reads nothing of it. */
const API_KEY_PATH = '/mnt/ngc-api-key';

/** What every container of the image has to be told. */
export function fixedPart({ fixed }: RuntimeFacts): PodPart {
  return { from: 'the NIM runtime', env: fixed };
}

/** The HTTP API. Refused: IPv6 for a generation that has no setting for it. */
export function listenerPart({ listen, listenOnIpv6, versions }: RuntimeFacts, port: number, ipv6 = false): PodPart {
  if (ipv6 && listenOnIpv6 === undefined) {
    throw invalid({
      what: 'NimDeployment listenOnIpv6',
      value: ipv6,
      because: `images ${versions} document a port, and no address to listen on`,
      instead: 'leave it out, or use an image 2.x; no source says whether these images answer on IPv6',
    });
  }
  return {
    from: 'NimDeployment port',
    env: ipv6 && listenOnIpv6 !== undefined ? listenOnIpv6(port) : listen(port),
    ports: [{ name: API_PORT_NAME, containerPort: port, protocol: 'TCP' }],
  };
}

export function loggingPart({ logging }: RuntimeFacts, level: LogLevel = LogLevel.INFO, json = true): PodPart {
  return { from: 'NimDeployment logLevel and jsonLogs', env: logging(level, json) };
}

/** Traces and metrics for a collector. Refused: for a generation that sends none. */
export function telemetryPart(facts: RuntimeFacts, nim: string, telemetry: OpenTelemetry | undefined): PodPart {
  const from = 'NimDeployment openTelemetry';
  if (telemetry === undefined) {
    return { from };
  }
  if (facts.openTelemetry === undefined) {
    throw invalid({
      what: from,
      value: telemetry.endpoint,
      because: `images ${facts.versions} export no OpenTelemetry: the variables have no effect`,
      instead: 'leave it out, and let Prometheus read the metrics (observability)',
    });
  }
  return { from, env: facts.openTelemetry(telemetry.endpoint, nim) };
}

/** Where the model comes from: from NGC, or from the cache only. */
export function downloadPart(facts: RuntimeFacts, downloads: boolean): PodPart {
  return { from: 'the credentials', env: downloads ? facts.downloadFromNgc : facts.offline };
}

export function queuePart({ maxQueueSizeVariable }: RuntimeFacts, size: number | undefined): PodPart {
  const from = 'NimDeployment maxQueueSize';
  return size === undefined ? { from } : { from, env: { [maxQueueSizeVariable]: `${size}` } };
}

/**
 * The two NGC secrets: the pull secret for the pod, the key for the containers that take the part.
 *
 * @param downloads whether the pod downloads the model; others have no use for the key.
 */
export function credentialsPart({ pullSecret, apiKey, apiKeyVolume }: NgcCredentials, downloads: boolean): PodPart {
  const from = 'the credentials';
  const pullSecrets = pullSecret === undefined ? [] : [pullSecret];
  if (apiKey === undefined || !downloads) {
    return { from, pullSecrets };
  }
  const secretEnv = { [NGC_API_KEY]: apiKey };
  return apiKeyVolume === undefined
    ? { from, pullSecrets, secretEnv }
    : {
        from,
        pullSecrets,
        secretEnv,
        volumes: [apiKeyVolume],
        mounts: [{ name: apiKeyVolume.name, mountPath: API_KEY_PATH, readOnly: true }],
      };
}

/** Which of the profiles in the cache the NIM loads. */
export function profilePart({ download }: RuntimeFacts, profile: string | undefined): PodPart {
  const from = 'ModelCache.prefetched profile';
  return download?.profileVariable === undefined || profile === undefined
    ? { from }
    : { from, env: { [download.profileVariable]: profile } };
}

/**
 * What the caller adds to the environment, as two parts, because a name in both is a mistake.
 *
 * @param managed what the props decide already.
 */
export function callersParts(
  props: Pick<NimDeploymentProps, 'env' | 'secretEnv'>,
  facts: RuntimeFacts,
  port: number,
  managed: Environment,
): PodPart[] {
  const { env = {}, secretEnv = {} } = props;
  requireLiteralEnv('NimDeployment env', env);
  requireSecretEnv('NimDeployment env', secretEnv);
  requireOwnPort(env, port);
  requireKnownSettings('NimDeployment env', [...Object.keys(env), ...Object.keys(secretEnv)], facts, managed);
  return [
    { from: 'NimDeployment env', env: inOrder(env) },
    { from: 'NimDeployment secretEnv', secretEnv: inOrder(secretEnv) },
  ];
}

/** Refuses to move another listener of the NIM onto the API port. */
function requireOwnPort(env: Environment, port: number): void {
  for (const [name, value] of Object.entries(env)) {
    if (/(_PORT|_BIND_ADDR)$/.test(name) && value.split(':').at(-1) === `${port}`) {
      throw invalid({
        what: `NimDeployment env ${name}`,
        value,
        because: `port ${port} is that of the HTTP API`,
        instead: 'choose another port; it stays inside the pod',
      });
    }
  }
}
