import type { ContainerResources, ISecret, SecretValue } from 'cdk8s-plus-28';
import { defined, unlessEmpty, inOrder } from '../common/defined';
import { invalid } from '../common/invalid';
import { requireServiceName } from '../common/names';
import { secret } from '../common/cdk8s-kinds';
import { instanceOf } from '../common/class-kinds';
import { flag, listOf, recordOf, text } from '../common/kinds';
import { optional, type PropTable, required } from '../common/props';
import { containerSecurityContext } from '../security/security-context';
import type { SecurityProfile } from '../security/security-profile';
import { ContainerImage } from './container-image';
import { envVars, requireLiteralEnv, requireNoCredentials, requireSecretEnv } from './environment';
import { mergeParts, type PodPart } from './pod-part';
import { completeResources, INIT_CONTAINER_RESOURCES, resourceRequirements } from './resources';
import { containerResources, secretValue } from './pod-kinds';

/** A container that runs to its end before the NIM starts. It gets nothing of the NIM's environment unless asked. */
export interface NimInitContainer {
  /** Name of the container. */
  readonly name: string;
  /** Image, pinned. */
  readonly image: ContainerImage;
  /**
   * Command, instead of the image's entrypoint.
   * @default - the image's entrypoint
   */
  readonly command?: string[];
  /**
   * Arguments of the command.
   * @default - the image's arguments
   */
  readonly args?: string[];
  /**
   * Literal environment. Values that look like credentials are refused.
   * @default - none
   */
  readonly env?: Record<string, string>;
  /**
   * Environment from keys of Secrets.
   * @default - none
   */
  readonly secretEnv?: Record<string, SecretValue>;
  /**
   * CPU, memory and ephemeral storage.
   * @default - requests 100m, 128Mi, 256Mi; limits 1, 512Mi, 1Gi
   */
  readonly resources?: ContainerResources;
  /**
   * Secrets of type `kubernetes.io/dockerconfigjson` that the image needs. Pull secrets belong to the pod: they are merged
   * with the NIM's own, without duplicates.
   * @default - none beyond those of the pod
   */
  readonly pullSecrets?: ISecret[];
  /**
   * Whether the container gets `NGC_API_KEY`, for example to download a model.
   * @default false
   */
  readonly withNgcApiKey?: boolean;
  /**
   * Whether the container gets the NIM's cache, at the NIM's own path.
   * @default false
   */
  readonly withModelCache?: boolean;
}

export const NIM_INIT_CONTAINER: PropTable<NimInitContainer> = {
  name: required(text),
  image: required(instanceOf(ContainerImage)),
  command: optional(listOf(text)),
  args: optional(listOf(text)),
  env: optional(recordOf(text)),
  secretEnv: optional(recordOf(secretValue)),
  resources: optional(containerResources),
  pullSecrets: optional(listOf(secret)),
  withNgcApiKey: optional(flag),
  withModelCache: optional(flag),
};

/** What an init container may take from its pod. */
export interface InitContainerSurroundings {
  readonly credentials: PodPart;
  readonly modelCache: PodPart;
  readonly tmp: PodPart;
  readonly profile: SecurityProfile;
}

/** One init container, and the pull secrets of its image. */
export function initContainerPart(init: NimInitContainer, pod: InitContainerSurroundings): PodPart {
  const name = requireServiceName('init container name', init.name);
  const what = `init container ${name}`;
  const env = init.env ?? {};
  requireLiteralEnv(`${what} env`, env);
  requireSecretEnv(`${what} env`, init.secretEnv ?? {});
  requireNoCredentials(`${what} command and args`, [...(init.command ?? []), ...(init.args ?? [])]);
  if (init.withNgcApiKey === true && Object.keys(pod.credentials.secretEnv ?? {}).length === 0) {
    throw invalid({
      what: `${what} withNgcApiKey`,
      value: true,
      because: 'the pods have no NGC API key: the credentials are air-gapped, or a Job fills the cache',
      instead: 'leave it out, or use credentials with an API key and ModelCache.claim(…)',
    });
  }
  const taken = mergeParts([
    ...(init.withModelCache === true ? [pod.modelCache] : []),
    pod.tmp,
    { from: `${what} env`, env: inOrder(env) },
    { from: `${what} secretEnv`, secretEnv: init.secretEnv ?? {} },
    ...(init.withNgcApiKey === true ? [pod.credentials] : []),
  ]);
  const container = defined({
    name,
    image: init.image.reference,
    imagePullPolicy: pod.profile.imagePullPolicy,
    command: unlessEmpty(init.command ?? []),
    args: unlessEmpty(init.args ?? []),
    env: unlessEmpty(envVars({ env: taken.env, secretEnv: inOrder(taken.secretEnv) })),
    resources: resourceRequirements(
      what,
      completeResources(what, init.resources ?? {}, INIT_CONTAINER_RESOURCES, pod.profile.requestsEqualLimits),
    ),
    securityContext: containerSecurityContext(pod.profile),
    volumeMounts: [...taken.mounts],
  });
  return { from: what, initContainers: [container], pullSecrets: init.pullSecrets ?? [] };
}
