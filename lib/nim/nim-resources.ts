import { Size } from 'cdk8s';
import { type ContainerResources, Cpu } from 'cdk8s-plus-28';
import { invalid } from '../common/invalid';
import { requireBytes, sizeQuantity } from '../common/quantities';
import type { SecurityProfile } from '../security/security-profile';
import type { MergedParts } from './pod-part';
import { type CompleteResources, completeResources } from './resources';

/** CPU and memory of the embedding NIM in NVIDIA's KServe runtime; the NIM's support matrix asks for 8 cores on the node. */
const NIM_COMPUTE = {
  cpu: { request: Cpu.units(4), limit: Cpu.units(16) },
  memory: { request: Size.gibibytes(16), limit: Size.gibibytes(32) },
};

/** Logs and the writable layer of the container. */
const WRITABLE_LAYER = Size.gibibytes(4);

/** A download: NVIDIA names no figures. */
const FILL_COMPUTE = {
  cpu: { request: Cpu.units(1), limit: Cpu.units(4) },
  memory: { request: Size.gibibytes(4), limit: Size.gibibytes(8) },
};

/** What the server asks for and may take. */
export function nimResources(
  given: ContainerResources,
  parts: MergedParts,
  profile: SecurityProfile,
): CompleteResources {
  return podResources('NimDeployment resources', given, NIM_COMPUTE, parts, profile);
}

/** What a download asks for and may take. */
export function fillResources(
  given: ContainerResources,
  parts: MergedParts,
  profile: SecurityProfile,
): CompleteResources {
  return podResources('ModelCache.prefetched resources', given, FILL_COMPUTE, parts, profile);
}

/** The defaults, completed; the limits have to hold what the pod's own emptyDirs may take of disk and memory. */
function podResources(
  what: string,
  given: ContainerResources,
  compute: Pick<CompleteResources, 'cpu' | 'memory'>,
  parts: MergedParts,
  profile: SecurityProfile,
): CompleteResources {
  const show = (bytes: number): string => sizeQuantity(what, Size.kibibytes(bytes / 1024));
  const ephemeral = Size.kibibytes(parts.diskBytes / 1024 + WRITABLE_LAYER.toKibibytes());
  const resources = completeResources(
    what,
    given,
    { ...compute, ephemeralStorage: { request: ephemeral, limit: ephemeral } },
    profile.requestsEqualLimits,
  );
  const disk = requireBytes(what, resources.ephemeralStorage.limit);
  if (disk <= parts.diskBytes) {
    throw invalid({
      what: `${what} ephemeralStorage limit`,
      value: show(disk),
      because: `the emptyDirs of the pod alone may take ${show(parts.diskBytes)}, and the kubelet would evict it`,
      instead: `leave it out (${sizeQuantity(what, ephemeral)}), or lower tmpSize or the cache's sizeLimit`,
    });
  }
  const memory = requireBytes(what, resources.memory.limit);
  if (memory <= parts.memoryBytes) {
    throw invalid({
      what: 'NimDeployment sharedMemorySize',
      value: show(parts.memoryBytes),
      because: `shared memory counts as memory of the container, whose limit is ${show(memory)}`,
      instead: 'lower sharedMemorySize or raise the memory limit',
    });
  }
  return resources;
}
