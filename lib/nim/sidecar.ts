import { instanceOf } from '../common/class-kinds';
import { recordOf } from '../common/kinds';
import { requireServiceName } from '../common/names';
import { optional, type PropTable } from '../common/props';
import type { SecurityProfile } from '../security/security-profile';
import { companionContainer, NIM_COMPANION_CONTAINER, type NimCompanionContainer } from './companion-container';
import type { furtherVolumes } from './further-volumes';
import { NimVolume } from './nim-volume';
import type { PodPart } from './pod-part';

/**
 * A container that runs beside the NIM for as long as it does (an init container with `restartPolicy: Always`): it starts before
 * init containers and the NIM, and stops after them. Nothing outside the pod reaches a port of it.
 *
 * Needs Kubernetes 1.29: an older one waits for ever until the sidecar ends, and the NIM never starts.
 */
export interface NimSidecar extends NimCompanionContainer {
  /**
   * Further volumes by name. One that the NIM or another sidecar has too, as the same object under the same name, is shared.
   * @default - none but /tmp of the pod
   */
  readonly volumes?: Record<string, NimVolume>;
}

export const NIM_SIDECAR: PropTable<NimSidecar> = {
  ...NIM_COMPANION_CONTAINER,
  volumes: optional(recordOf(instanceOf(NimVolume))),
};

/** What a sidecar has from its pod. */
export interface SidecarSurroundings {
  readonly tmp: PodPart;
  readonly volumesOf: ReturnType<typeof furtherVolumes>;
  readonly profile: SecurityProfile;
}

/** One sidecar, its volumes, and the pull secrets of its image. */
export function sidecarPart(sidecar: NimSidecar, { tmp, volumesOf, profile }: SidecarSurroundings): PodPart {
  const from = `sidecar ${requireServiceName('sidecar name', sidecar.name)}`;
  const { mounts, ...volumes } = volumesOf(`${from} volumes`, sidecar.volumes ?? {}, [tmp]);
  const taken = [tmp, { from, ...(mounts === undefined ? {} : { mounts }) }];
  const container = { ...companionContainer(from, sidecar, taken, profile), restartPolicy: 'Always' };
  return { ...volumes, initContainers: [container], pullSecrets: sidecar.pullSecrets ?? [] };
}
