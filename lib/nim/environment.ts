import type { k8s, SecretValue } from 'cdk8s-plus-28';
import { invalid } from '../common/invalid';
import { isSecretName, literalSecretIn } from '../common/literal-secrets';
import { requireEnvName, requireSecretKey } from '../common/names';
import type { MergedParts } from './pod-part';
import { type Environment, type RuntimeFacts, NGC_API_KEY, TLS_SETTING, VISIBLE_DEVICES } from './runtime-facts';

/** Refuses credentials in texts that go into the pod as they are. */
export function requireNoCredentials(what: string, texts: readonly string[]): void {
  for (const text of texts) {
    const secret = literalSecretIn(text);
    if (secret !== undefined) {
      throw invalid({
        what,
        value: '(hidden)',
        because: `it holds ${secret}, and manifests are stored in Git`,
        instead: 'put it into a Secret, and give it to the container with secretEnv',
      });
    }
  }
}

/** Refuses a literal value that looks like a credential, whoever sets it. */
export function requireLiteralEnv(what: string, env: Environment): void {
  for (const [name, value] of Object.entries(env)) {
    requireEnvName(`${what} name`, name);
    const secret = literalSecretIn(value) ?? (isSecretName(name) ? 'a credential, by its name' : undefined);
    if (secret !== undefined) {
      throw invalid({
        what: `${what} ${name}`,
        value: '(hidden)',
        because: `it holds ${secret}, and manifests are stored in Git`,
        instead:
          name === NGC_API_KEY
            ? 'leave it out: credentials give the key to the NIM, and withNgcApiKey to an init container'
            : `put it into a Secret and write secretEnv: { ${name}: { secret, key } }`,
      });
    }
  }
}

/** Refuses settings that the NIM of this generation does not know, or that the construct sets from a prop. */
export function requireKnownSettings(
  what: string,
  names: readonly string[],
  facts: RuntimeFacts,
  managed: Environment,
): void {
  const { foreign, runtime, versions } = facts;
  for (const name of names) {
    if (name in managed || name === NGC_API_KEY) {
      throw invalid({
        what: `${what} name`,
        value: name,
        because: 'the construct sets it from its own props',
        instead: insteadOf(name),
      });
    }
    if (name === VISIBLE_DEVICES) {
      throw invalid({
        what: `${what} name`,
        value: name,
        because: 'it shows the container GPUs that the device plugin has given to others',
        instead: 'use the prop gpu instead',
      });
    }
    const setting = foreign.find(({ pattern }) => pattern.test(name));
    if (setting !== undefined) {
      throw invalid({
        what: `${what} name`,
        value: name,
        because: `${setting.because}, and this image is of the generation ${runtime.name} (${versions})`,
        instead:
          setting.namesApiPort === true
            ? 'use the prop port instead'
            : 'leave it out, or write the name that this generation documents',
      });
    }
    if (TLS_SETTING.test(name)) {
      throw invalid({
        what: `${what} name`,
        value: name,
        because: 'the API would speak TLS, and neither the probes nor the front door would know',
        instead:
          facts.tls === undefined
            ? 'leave it out, and let a service mesh encrypt (mesh)'
            : 'write internalTls: InternalTls.fromSecretName(…) or InternalTls.fromCertManager(…)',
      });
    }
  }
}

/** What to write in place of a variable that the construct sets. */
function insteadOf(name: string): string {
  return /_PROXY$/i.test(name)
    ? 'write egress: Egress.viaProxy(url, peers, { noProxy }), or httpsProxy and noProxy of a NimDeployment'
    : 'use the prop (credentials, caBundle, internalTls, port, listenOnIpv6, logLevel, jsonLogs, maxQueueSize, requestTimeout) instead';
}

/** Refuses names and keys that Kubernetes would not take. */
export function requireSecretEnv(what: string, secretEnv: Readonly<Record<string, SecretValue>>): void {
  for (const [name, { key }] of Object.entries(secretEnv)) {
    requireEnvName(`${what} name`, name);
    requireSecretKey(`${what} ${name} key`, key);
  }
}

/** The variables of a container: literals first, then values from Secrets. */
export function envVars({ env, secretEnv }: Pick<MergedParts, 'env' | 'secretEnv'>): k8s.EnvVar[] {
  return [
    ...Object.entries(env).map(([name, value]) => ({ name, value })),
    ...Object.entries(secretEnv).map(([name, { secret, key }]) => ({
      name,
      valueFrom: { secretKeyRef: { name: secret.name, key } },
    })),
  ];
}
