import type { ContainerResources, ISecret, k8s, SecretValue } from 'cdk8s-plus-28';
import { secret } from '../common/cdk8s-kinds';
import { instanceOf } from '../common/class-kinds';
import { defined, inOrder, unlessEmpty } from '../common/defined';
import { listOf, recordOf, text } from '../common/kinds';
import { optional, type PropTable, required } from '../common/props';
import { containerSecurityContext } from '../security/security-context';
import type { SecurityProfile } from '../security/security-profile';
import { ContainerImage } from './container-image';
import { envVars, requireLiteralEnv, requireNoCredentials, requireSecretEnv } from './environment';
import { containerResources, secretValue } from './pod-kinds';
import { mergeParts, type PodPart } from './pod-part';
import { COMPANION_RESOURCES, completeResources, resourceRequirements } from './resources';

/** A container in the pod of a NIM, as locked down as the NIM. It gets nothing of the NIM's environment unless asked. */
export interface NimCompanionContainer {
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
}

export const NIM_COMPANION_CONTAINER: PropTable<NimCompanionContainer> = {
  name: required(text),
  image: required(instanceOf(ContainerImage)),
  command: optional(listOf(text)),
  args: optional(listOf(text)),
  env: optional(recordOf(text)),
  secretEnv: optional(recordOf(secretValue)),
  resources: optional(containerResources),
  pullSecrets: optional(listOf(secret)),
};

/**
 * Writes a container down.
 *
 * @param what how errors call it.
 * @param taken what it takes from the pod.
 */
export function companionContainer(
  what: string,
  given: NimCompanionContainer,
  taken: readonly PodPart[],
  profile: SecurityProfile,
): k8s.Container {
  const { command = [], args = [], env = {}, secretEnv = {}, resources = {} } = given;
  requireLiteralEnv(`${what} env`, env);
  requireSecretEnv(`${what} env`, secretEnv);
  requireNoCredentials(`${what} command and args`, [...command, ...args]);
  const parts = mergeParts([
    ...taken,
    { from: `${what} env`, env: inOrder(env) },
    { from: `${what} secretEnv`, secretEnv },
  ]);
  return defined({
    name: given.name,
    image: given.image.reference,
    imagePullPolicy: profile.imagePullPolicy,
    command: unlessEmpty(command),
    args: unlessEmpty(args),
    env: unlessEmpty(envVars({ env: parts.env, secretEnv: inOrder(parts.secretEnv) })),
    resources: resourceRequirements(
      what,
      completeResources(what, resources, COMPANION_RESOURCES, profile.requestsEqualLimits),
    ),
    securityContext: containerSecurityContext(profile),
    volumeMounts: [...parts.mounts],
  });
}
