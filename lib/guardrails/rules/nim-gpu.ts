import { VISIBLE_DEVICES } from '../../nim/runtime-facts';
import { type Rule, RuleLevel } from '../rule';
import { at, listAt, textAt } from '../../manifests/fields';
import { hasGpuLimit, servingNims } from '../../manifests/nim';
import { type Container, envOf, type Pod, POD_KINDS } from '../../manifests/pods';

export const nimGpu: Rule = {
  id: 'nim-gpu',
  level: RuleLevel.ERROR,
  kinds: POD_KINDS,
  what: 'The container of a NIM has a limit for a GPU, and no variable that names GPUs beside it.',
  why: 'Without it the pod is put on any node and finds no GPU, or all of them; NVIDIA_VISIBLE_DEVICES shows it the GPUs of others.',
  fix: 'set resources.limits with nvidia.com/gpu or a MIG resource, or a resource claim that the pod lists in resourceClaims; remove NVIDIA_VISIBLE_DEVICES, which the device plugin sets',
  check: (object, manifests) => {
    const pod = manifests.podOf(object);
    if (pod === undefined) {
      return [];
    }
    const nims = servingNims(pod);
    return [
      ...nims
        .filter((container) => !hasGpuLimit(container) && !hasClaim(container, pod))
        .map(({ path }) => ({ path: [...path, 'resources', 'limits'], message: 'there is no GPU among the limits' })),
      ...(nims.length === 0 ? [] : pod.containers)
        .flatMap(envOf)
        .flatMap(({ name, fields, path }) =>
          name === VISIBLE_DEVICES && !SHOWS_NONE.includes(textAt(fields, 'value') ?? '')
            ? [{ path: [...path, 'name'], message: `${name} gets around the device plugin` }]
            : [],
        ),
    ];
  },
};

/** The values of the variable for which the container toolkit shows no GPU. */
const SHOWS_NONE = ['void', 'none'];

/** A container can claim only what the pod lists. */
function hasClaim({ fields }: Container, pod: Pod): boolean {
  const made = listAt(pod.spec, 'resourceClaims').map((claim) => at(claim, 'name'));
  return listAt(fields, 'resources', 'claims').some((claim) => made.includes(at(claim, 'name') ?? ''));
}
