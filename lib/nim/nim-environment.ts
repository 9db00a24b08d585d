import type { k8s, SecretValue } from 'cdk8s-plus-28';
import { inOrder } from '../common/defined';
import { invalid } from '../common/invalid';
import { requireCount } from '../common/quantities';
import { envVars, requireKnownSettings, requireLiteralEnv } from './environment';
import { LogLevel } from './log-level';
import type { PodSpec } from './pod-spec';
import { type Environment, factsOf } from './runtime-facts';

/** The environment of the NIM: what the props decide in the words of its generation, then what the caller adds. */
export function nimEnvironment(pod: PodSpec): k8s.EnvVar[] {
  const { props, runtime, credentials } = pod;
  const facts = factsOf(runtime);
  const managed: Environment = {
    ...facts.fixed,
    ...facts.listen(pod.port),
    ...facts.logging(props.logLevel ?? LogLevel.INFO, props.jsonLogs ?? true),
    ...(credentials.apiKey === undefined ? facts.offline : facts.downloadFromNgc),
    ...(props.maxQueueSize === undefined
      ? {}
      : { [facts.maxQueueSizeVariable]: `${requireCount('NimDeployment maxQueueSize', props.maxQueueSize)}` }),
    ...(props.requestTimeout === undefined || facts.requestTimeout === undefined
      ? {}
      : { [facts.requestTimeout.variable]: `${pod.requestTimeoutSeconds}` }),
    ...(props.httpsProxy === undefined ? {} : { ...proxyEnvironment(props.httpsProxy), ...facts.behindProxy }),
  };
  const env = props.env ?? {};
  const secretEnv = props.secretEnv ?? {};
  requireLiteralEnv('NimDeployment env', env);
  requireOwnPort(env, pod.port);
  requireKnownSettings('NimDeployment env', [...Object.keys(env), ...Object.keys(secretEnv)], runtime, managed);
  const apiKey: Record<string, SecretValue> =
    credentials.apiKey === undefined ? {} : { NGC_API_KEY: credentials.apiKey };
  return envVars('NimDeployment env', { ...managed, ...inOrder(env) }, { ...apiKey, ...inOrder(secretEnv) });
}

/** Refuses to move another listener of the NIM onto the API port. */
function requireOwnPort(env: Environment, port: number): void {
  for (const [name, value] of Object.entries(env)) {
    if (/(_PORT|_BIND_ADDR)$/.test(name) && value.split(':').at(-1) === `${port}`) {
      throw invalid({
        what: `NimDeployment env ${name}`,
        value,
        because: `port ${port} is the one of the HTTP API`,
        instead: 'choose another port; it stays inside the pod',
      });
    }
  }
}

function proxyEnvironment(url: string): Environment {
  const what = 'NimDeployment httpsProxy';
  requireLiteralEnv(what, { HTTPS_PROXY: url });
  if (!/^https?:\/\/[^\s/@]+$/.test(url)) {
    throw invalid({
      what,
      value: url,
      because: 'a proxy URL is scheme, host and port, nothing else',
      instead: 'write for example "http://proxy.egress.svc.cluster.local:3128"',
    });
  }
  return { HTTPS_PROXY: url, NO_PROXY: 'localhost,127.0.0.1,.svc,.cluster.local' };
}
