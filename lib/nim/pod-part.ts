import type { ISecret, k8s, SecretValue } from 'cdk8s-plus-28';
import { invalid } from '../common/invalid';
import type { Environment } from './runtime-facts';

/** What one concern contributes to a pod: the cache, a scratch path, the credentials, the settings of a listener. */
export interface PodPart {
  /** Who contributes it, in the words of the API: errors name it. */
  readonly from: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly pullSecrets?: readonly ISecret[];
  readonly volumes?: readonly k8s.Volume[];
  readonly initContainers?: readonly k8s.Container[];
  /** Literal environment of the container that takes the part. */
  readonly env?: Environment;
  /** Environment from Secrets. */
  readonly secretEnv?: Readonly<Record<string, SecretValue>>;
  readonly mounts?: readonly k8s.VolumeMount[];
  readonly ports?: readonly k8s.ContainerPort[];
  /** Upper bound of what its emptyDirs take of the node's disk. */
  readonly diskBytes?: number;
  /** Upper bound of what its emptyDirs take of the container's memory. */
  readonly memoryBytes?: number;
}

/** Parts that were put together. */
export type MergedParts = Required<Omit<PodPart, 'from'>>;

/** Puts parts together, in their order. Refused: two that name, mount or set the same thing. */
export function mergeParts(parts: readonly PodPart[]): MergedParts {
  refuseClashes('label', parts, ({ labels = {} }) => Object.keys(labels));
  refuseClashes('annotation', parts, ({ annotations = {} }) => Object.keys(annotations));
  refuseClashes('environment variable', parts, ({ env = {}, secretEnv = {} }) => [
    ...Object.keys(env),
    ...Object.keys(secretEnv),
  ]);
  const pullSecrets = parts.flatMap((part) => part.pullSecrets ?? []);
  return {
    labels: Object.assign({}, ...parts.map(({ labels }) => labels)) as Record<string, string>,
    annotations: Object.assign({}, ...parts.map(({ annotations }) => annotations)) as Record<string, string>,
    // Several containers may pull with one Secret.
    pullSecrets: [...new Map(pullSecrets.map((secret) => [secret.name, secret])).values()],
    volumes: distinct('volume', parts, ({ volumes = [] }) => volumes, 'name'),
    initContainers: distinct('container', parts, ({ initContainers = [] }) => initContainers, 'name'),
    env: Object.assign({}, ...parts.map(({ env }) => env)) as Environment,
    secretEnv: Object.assign({}, ...parts.map(({ secretEnv }) => secretEnv)) as Record<string, SecretValue>,
    mounts: distinct('mount path', parts, ({ mounts = [] }) => mounts, 'mountPath'),
    ports: distinct('port', parts, ({ ports = [] }) => ports, 'containerPort'),
    diskBytes: sum(parts.map(({ diskBytes }) => diskBytes)),
    memoryBytes: sum(parts.map(({ memoryBytes }) => memoryBytes)),
  };
}

function distinct<Entry>(
  what: string,
  parts: readonly PodPart[],
  entriesOf: (part: PodPart) => readonly Entry[],
  key: keyof Entry,
): Entry[] {
  refuseClashes(what, parts, (part) => entriesOf(part).map((entry) => entry[key]));
  return parts.flatMap(entriesOf);
}

function refuseClashes(what: string, parts: readonly PodPart[], keysOf: (part: PodPart) => readonly unknown[]): void {
  const owners = new Map<unknown, string>();
  for (const part of parts) {
    for (const key of keysOf(part)) {
      const owner = owners.get(key);
      if (owner !== undefined) {
        throw invalid({
          what: `${what} of a pod`,
          value: key,
          because: owner === part.from ? `${owner} gives it twice` : `${owner} and ${part.from} both give it`,
          instead: 'keep one of the two',
        });
      }
      owners.set(key, part.from);
    }
  }
}

function sum(amounts: readonly (number | undefined)[]): number {
  return amounts.reduce((total: number, amount) => total + (amount ?? 0), 0);
}
