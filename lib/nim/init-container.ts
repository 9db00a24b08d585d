import { invalid } from '../common/invalid';
import { flag } from '../common/kinds';
import { requireServiceName } from '../common/names';
import { optional, type PropTable } from '../common/props';
import type { SecurityProfile } from '../security/security-profile';
import { companionContainer, NIM_COMPANION_CONTAINER, type NimCompanionContainer } from './companion-container';
import type { PodPart } from './pod-part';

/**
 * A container that runs to its end before the NIM starts. It gets nothing of the NIM's environment unless asked.
 *
 * @example
 * new nim.NimDeployment(chart, 'with-init-container', {
 *   model,
 *   credentials,
 *   initContainers: [
 *     {
 *       name: 'wait',
 *       image: nim.ContainerImage.fromReference('registry.example.com/wait:1.0.0'),
 *       args: ['--for', 'licence-server'],
 *     },
 *   ],
 * });
 */
export interface NimInitContainer extends NimCompanionContainer {
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
  ...NIM_COMPANION_CONTAINER,
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
  const what = `init container ${requireServiceName('init container name', init.name)}`;
  if (init.withNgcApiKey === true && Object.keys(pod.credentials.secretEnv ?? {}).length === 0) {
    throw invalid({
      what: `${what} withNgcApiKey`,
      value: true,
      because: 'the pods have no NGC API key: the credentials are air-gapped, or a Job fills the cache',
      instead: 'leave it out, or use credentials with an API key and ModelCache.claim(…)',
    });
  }
  const taken = [
    ...(init.withModelCache === true ? [pod.modelCache] : []),
    pod.tmp,
    ...(init.withNgcApiKey === true ? [pod.credentials] : []),
  ];
  const container = companionContainer(what, init, taken, pod.profile);
  return { from: what, initContainers: [container], pullSecrets: init.pullSecrets ?? [] };
}
