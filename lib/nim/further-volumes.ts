import { inOrder } from '../common/defined';
import { invalid } from '../common/invalid';
import { requireServiceName } from '../common/names';
import { noteOfClaims } from '../common/told-claims';
import type { NimVolume } from './nim-volume';
import type { NimPodOptions } from './pod-options';
import type { PodPart } from './pod-part';
import type { Replicas } from './replicas';

/**
 * Makes the parts of the containers of one pod: what each mounts beyond its own. A volume that several containers have, as one
 * object under one name, is in the part of the first of them.
 */
export function furtherVolumes(
  replicas: Replicas,
): (from: string, volumes: Readonly<Record<string, NimVolume>>, own: readonly PodPart[]) => PodPart {
  const known = new Map<string, NimVolume>();
  return (from, volumes, own) => {
    const entries = Object.entries(inOrder(volumes));
    entries.forEach(([name, volume]) => {
      requireServiceName(`${from} name`, name);
      requireFreePath(`${from} ${name} mountPath`, volume, own);
      replicas.requireMountable(`${from} ${name}`, volume.accessMode);
    });
    const added = entries.filter(([name, volume]) => known.get(name) !== volume);
    added.forEach(([name, volume]) => known.set(name, volume));
    return {
      from,
      volumes: added.map(([name, volume]) => volume._volume(name)),
      mounts: entries.map(([name, volume]) => volume._mount(name)),
      diskBytes: added.reduce((bytes, [, volume]) => bytes + volume._diskBytes, 0),
    };
  };
}

/** Says which claims somebody else makes. */
export function claimsNote({ volumes = {}, sidecars = [] }: NimPodOptions): Record<string, string> {
  const mounted = [volumes, ...sidecars.map((sidecar) => sidecar.volumes ?? {})].flatMap((named) =>
    Object.values(named),
  );
  return noteOfClaims(mounted.flatMap(({ claimName }) => claimName ?? []));
}

/** Refuses a path in, or around, one that the container needs itself. */
function requireFreePath(what: string, { mountPath }: NimVolume, own: readonly PodPart[]): void {
  const taken = own
    .flatMap(({ mounts = [] }) => mounts)
    .find(
      (mount) => `${mountPath}/`.startsWith(`${mount.mountPath}/`) || `${mount.mountPath}/`.startsWith(`${mountPath}/`),
    );
  if (taken !== undefined) {
    throw invalid({
      what,
      value: mountPath,
      because: `the container has a volume of its own at ${taken.mountPath}`,
      instead: 'write another path, for example "/etc/nim-settings"',
    });
  }
}
