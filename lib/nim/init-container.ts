import type { ContainerResources, ISecret, k8s, SecretValue } from 'cdk8s-plus-28';
import { defined, unlessEmpty, inOrder } from '../common/defined';
import { invalid } from '../common/invalid';
import { requireServiceName } from '../common/names';
import { type PropTable, requireProps } from '../common/props';
import { imagePullPolicy } from '../security/security-context';
import type { SecurityProfile } from '../security/security-profile';
import type { ContainerImage } from './container-image';
import { envVars, requireLiteralEnv, requireNoCredentials } from './environment';
import { completeResources, INIT_CONTAINER_RESOURCES, resourceRequirements } from './resources';

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
  name: 'required',
  image: 'required',
  command: 'optional',
  args: 'optional',
  env: 'optional',
  secretEnv: 'optional',
  resources: 'optional',
  pullSecrets: 'optional',
  withNgcApiKey: 'optional',
  withModelCache: 'optional',
};

/** What the pod lends to an init container. */
export interface InitContainerSurroundings {
  readonly apiKey: SecretValue | undefined;
  readonly modelCacheMounts: k8s.VolumeMount[];
  readonly tmpMount: k8s.VolumeMount;
  readonly securityContext: k8s.SecurityContext;
  readonly profile: SecurityProfile;
}

/** Renders one init container. */
export function renderInitContainer(init: NimInitContainer, pod: InitContainerSurroundings): k8s.Container {
  requireProps('init container', init, NIM_INIT_CONTAINER);
  const name = requireServiceName('init container name', init.name);
  const what = `init container ${name}`;
  const env = init.env ?? {};
  requireLiteralEnv(`${what} env`, env);
  requireNoCredentials(`${what} command and args`, [...(init.command ?? []), ...(init.args ?? [])]);
  const secretEnv = { ...init.secretEnv };
  if (init.withNgcApiKey === true) {
    if ('NGC_API_KEY' in secretEnv) {
      throw invalid({
        what: `${what} secretEnv name`,
        value: 'NGC_API_KEY',
        because: 'withNgcApiKey sets it from the credentials of the NIM',
        instead: 'keep one of the two',
      });
    }
    if (pod.apiKey === undefined) {
      throw invalid({
        what: `${what} withNgcApiKey`,
        value: true,
        because: 'the credentials are air-gapped and hold no NGC API key',
        instead: 'leave it out, or use credentials with an API key',
      });
    }
    secretEnv['NGC_API_KEY'] = pod.apiKey;
  }
  return defined({
    name,
    image: init.image.reference,
    imagePullPolicy: imagePullPolicy(pod.profile),
    command: unlessEmpty(init.command ?? []),
    args: unlessEmpty(init.args ?? []),
    env: unlessEmpty(envVars(`${what} env`, inOrder(env), inOrder(secretEnv))),
    resources: resourceRequirements(
      what,
      completeResources(what, init.resources ?? {}, INIT_CONTAINER_RESOURCES, pod.profile.guaranteed),
    ),
    securityContext: pod.securityContext,
    volumeMounts: [...(init.withModelCache === true ? pod.modelCacheMounts : []), pod.tmpMount],
  });
}
