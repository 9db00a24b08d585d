import { type Rule, RuleLevel } from '../rule';
import { at, listAt } from '../../manifests/fields';
import { hasGpuLimit, servingNims } from '../../manifests/nim';
import type { Container, Pod } from '../../manifests/pods';

export const nimGpu: Rule = {
  id: 'nim-gpu',
  level: RuleLevel.ERROR,
  what: 'The container of a NIM has a limit for a GPU.',
  why: 'Without it the pod is put on any node and finds no GPU, or all of them.',
  fix: 'set resources.limits with nvidia.com/gpu or a MIG resource, or a resource claim that the pod lists in resourceClaims',
  check: (object, manifests) => {
    const pod = manifests.podOf(object);
    return pod === undefined
      ? []
      : servingNims(pod)
          .filter((container) => !hasGpuLimit(container) && !hasClaim(container, pod))
          .map(({ path }) => ({ path: [...path, 'resources', 'limits'], message: 'there is no GPU among the limits' }));
  },
};

/** A claim of a container is one that the pod makes. */
function hasClaim({ fields }: Container, pod: Pod): boolean {
  const made = listAt(pod.spec, 'resourceClaims').map((claim) => at(claim, 'name'));
  return listAt(fields, 'resources', 'claims').some((claim) => made.includes(at(claim, 'name') ?? ''));
}
