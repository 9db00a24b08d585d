import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { invalid } from '../common/invalid';
import { requireBytes, sizeQuantity } from '../common/quantities';
import type { PodSpec } from './pod-spec';
import type { PodVolumes } from './pod-volumes';
import { type CompleteResources, completeResources } from './resources';

/** CPU and memory of the embedding NIM in NVIDIA's KServe runtime; the NIM's support matrix asks for 8 cores on the node. */
const NIM_COMPUTE = {
  cpu: { request: Cpu.units(4), limit: Cpu.units(16) },
  memory: { request: Size.gibibytes(16), limit: Size.gibibytes(32) },
};

/** Logs and the writable layer of the container. */
const WRITABLE_LAYER = Size.gibibytes(4);

/** The defaults, completed; the ephemeral-storage limit has to hold what the pod's own emptyDirs may take. */
export function nimResources(pod: PodSpec, volumes: PodVolumes): CompleteResources {
  const what = 'NimDeployment resources';
  const ephemeral = Size.kibibytes(volumes.emptyDirBytes / 1024 + WRITABLE_LAYER.toKibibytes());
  const resources = completeResources(
    what,
    pod.props.resources ?? {},
    { ...NIM_COMPUTE, ephemeralStorage: { request: ephemeral, limit: ephemeral } },
    pod.profile.guaranteed,
  );
  const limit = resources.ephemeralStorage.limit;
  if (requireBytes(what, limit) <= volumes.emptyDirBytes) {
    throw invalid({
      what: `${what} ephemeralStorage limit`,
      value: sizeQuantity(what, limit),
      because: `the emptyDirs of the pod alone may take ${sizeQuantity(what, Size.kibibytes(volumes.emptyDirBytes / 1024))}, and the kubelet would evict it`,
      instead: `leave it out (${sizeQuantity(what, ephemeral)}), or lower tmpSize or the cache's sizeLimit`,
    });
  }
  const memory = resources.memory.limit;
  const { sharedMemory } = volumes;
  if (requireBytes(what, memory) <= requireBytes('NimDeployment sharedMemorySize', sharedMemory)) {
    throw invalid({
      what: 'NimDeployment sharedMemorySize',
      value: sizeQuantity(what, sharedMemory),
      because: `shared memory counts as memory of the container, whose limit is ${sizeQuantity(what, memory)}`,
      instead: 'lower sharedMemorySize or raise the memory limit',
    });
  }
  return resources;
}
