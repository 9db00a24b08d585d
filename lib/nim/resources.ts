import { Size } from 'cdk8s';
import { type ContainerResources, Cpu, k8s } from 'cdk8s-plus-28';
import { invalid } from '../common/invalid';
import { cpuMillis, cpuQuantity, requireBytes, sizeQuantity } from '../common/quantities';
import { type Gpu, GPU_CLAIM } from './gpu';

/** Every amount of a container, none left to the cluster. */
export interface CompleteResources {
  readonly cpu: { readonly request: Cpu; readonly limit: Cpu };
  readonly memory: { readonly request: Size; readonly limit: Size };
  readonly ephemeralStorage: { readonly request: Size; readonly limit: Size };
}

/** Enough for a container beside the NIM that copies or checks files, or hands on what it is given. */
export const COMPANION_RESOURCES: CompleteResources = {
  cpu: { request: Cpu.millis(100), limit: Cpu.units(1) },
  memory: { request: Size.mebibytes(128), limit: Size.mebibytes(512) },
  ephemeralStorage: { request: Size.mebibytes(256), limit: Size.gibibytes(1) },
};

/**
 * Fills the amounts that were left out, and refuses a request above its limit.
 *
 * @param requestsEqualLimits whether requests have to equal limits; then one of the two is enough, and the default is the limit.
 */
export function completeResources(
  what: string,
  given: ContainerResources,
  defaults: CompleteResources,
  requestsEqualLimits: boolean,
): CompleteResources {
  const complete = {
    cpu: amounts(given.cpu, defaults.cpu, requestsEqualLimits),
    memory: amounts(given.memory, defaults.memory, requestsEqualLimits),
    ephemeralStorage: amounts(given.ephemeralStorage, defaults.ephemeralStorage, requestsEqualLimits),
  };
  const pairs: [string, number, number, string, string][] = [
    [
      'cpu',
      cpuMillis(complete.cpu.request),
      cpuMillis(complete.cpu.limit),
      cpuQuantity(`${what} cpu request`, complete.cpu.request),
      cpuQuantity(`${what} cpu limit`, complete.cpu.limit),
    ],
    ...(['memory', 'ephemeralStorage'] as const).map((name): [string, number, number, string, string] => [
      name,
      requireBytes(`${what} ${name} request`, complete[name].request),
      requireBytes(`${what} ${name} limit`, complete[name].limit),
      sizeQuantity(`${what} ${name} request`, complete[name].request),
      sizeQuantity(`${what} ${name} limit`, complete[name].limit),
    ]),
  ];
  for (const [name, request, limit, shownRequest, shownLimit] of pairs) {
    if (request > limit) {
      throw invalid({
        what: `${what} ${name} request`,
        value: shownRequest,
        because: `it is above the limit ${shownLimit}`,
        instead: 'raise the limit or lower the request; what you leave out keeps its default',
      });
    }
    if (requestsEqualLimits && request !== limit) {
      throw invalid({
        what: `${what} ${name} request`,
        value: shownRequest,
        because: `the limit is ${shownLimit}, and the security profile asks for requests equal to limits`,
        instead: 'write the limit only, or choose SecurityProfile.RESTRICTED',
      });
    }
  }
  return complete;
}

function amounts<T>(
  given: { readonly request?: T; readonly limit?: T } | undefined,
  defaults: { readonly request: T; readonly limit: T },
  requestsEqualLimits: boolean,
): { readonly request: T; readonly limit: T } {
  if (!requestsEqualLimits) {
    return { ...defaults, ...given };
  }
  const limit = given?.limit ?? given?.request ?? defaults.limit;
  return { request: given?.request ?? limit, limit };
}

/** The resources of a container as Kubernetes wants them, with canonical quantities. */
export function resourceRequirements(what: string, resources: CompleteResources, gpu?: Gpu): k8s.ResourceRequirements {
  const amounts = (of: 'request' | 'limit'): Record<string, k8s.Quantity> => ({
    cpu: k8s.Quantity.fromString(cpuQuantity(`${what} cpu ${of}`, resources.cpu[of])),
    memory: k8s.Quantity.fromString(sizeQuantity(`${what} memory ${of}`, resources.memory[of])),
    'ephemeral-storage': k8s.Quantity.fromString(
      sizeQuantity(`${what} ephemeralStorage ${of}`, resources.ephemeralStorage[of]),
    ),
    ...(gpu?.resourceName === undefined ? {} : { [gpu.resourceName]: k8s.Quantity.fromString(`${gpu.count}`) }),
  });
  return {
    ...(gpu?.resourceClaimTemplateName === undefined ? {} : { claims: [{ name: GPU_CLAIM }] }),
    requests: amounts('request'),
    limits: amounts('limit'),
  };
}
